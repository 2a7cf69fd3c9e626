import type { InferOutput } from 'valibot';
import type { PageOf } from '../base/page-of.ts';
import { getDocument } from '../documents/library/documents.server.ts';
import type { ListedDocument } from '../documents/library/documents.ts';
import { fileUrl } from '../documents/library/files.server.ts';
import type { JsonNode } from '../documents/schema/json.ts';
import type { ExportedFile } from '../exports/export-document.ts';
import { CONTENT_TYPES, type ExportFormat } from '../exports/formats.ts';
import { contentDisposition } from '../exports/file-name.ts';
import type { HtmlPart } from '../exports/html.ts';
import type { App } from '../server/app.ts';
import type { Client, Row } from '../server/client.ts';
import { countedPiece, placeAfter } from '../server/edge/paging.ts';
import { Refusal } from '../server/edge/refusal.ts';
import type { StoredFile } from '../server/files/files.ts';
import type { Sql } from '../server/sql.ts';
import { inThread } from '../server/threads/in-thread.ts';
import type { citationsIn, NamedProvision, provisionsIn } from './citations.ts';
import type { VersionSearch } from './input.ts';
import type { RenderQuestion, renderVersion, renderVersionPart } from './render-version.ts';
import { sourcesIn } from './compose-version.ts';
import { pictureHash, pictureName, type Version, type VersionContent } from './versions.ts';

const COLUMNS =
	'id, document_id, kind, number, label, note, created_by, created_by_name, created_by_title, created_by_agency, created_at, sha256, docx_sha256, provision_count, word_count, schema_version';

/** The versions of a document, the newest first. @throws Refusal 404 */
export async function listVersions(
	supabase: Client,
	documentId: string,
	{ kind, after, limit }: InferOutput<typeof VersionSearch>
): Promise<PageOf<Version>> {
	await getDocument(supabase, documentId);
	const from = placeAfter(after ?? null);
	let query = supabase
		.from('document_versions')
		.select(COLUMNS, { count: 'exact' })
		.eq('document_id', documentId)
		.order('created_at', { ascending: false })
		.order('id')
		.range(from, from + limit - 1);
	if (kind) query = query.eq('kind', kind);
	const { data, count } = await query.throwOnError();
	return countedPiece(data.map(versionOf), from, count ?? 0);
}

/** The labels of all that was frozen of a document. */
export async function frozenLabels(supabase: Client, documentId: string): Promise<string[]> {
	const { data } = await supabase
		.from('document_versions')
		.select('label')
		.eq('document_id', documentId)
		.eq('kind', 'frozen')
		.order('number', { ascending: false })
		.limit(200)
		.throwOnError();
	return data.map(({ label }) => label);
}

/** One version. @throws Refusal 404 when it is not visible */
export async function getVersion(supabase: Client, id: string): Promise<Version> {
	const { data } = await supabase.from('document_versions').select(COLUMNS).eq('id', id).maybeSingle().throwOnError();
	if (!data) throw new Refusal(404);
	return versionOf(data);
}

/** The Word file that was made when a version was frozen; null for a restore point. */
export async function frozenDocx({ sql, files }: Pick<App, 'sql' | 'files'>, { id }: Version): Promise<StoredFile | null> {
	const [row] = await sql.query<{ fileId: string | null }>(
		'select docx_file_id as "fileId" from public.document_versions where id = $1',
		[id]
	);
	return row?.fileId ? files.find(row.fileId) : null;
}

/** A version as a file. As JSON it is what its hash is of, byte for byte. */
export async function writeVersion(
	door: Pick<App, 'sql' | 'files'>,
	version: Version,
	title: string,
	format: ExportFormat,
	signal: AbortSignal
): Promise<ExportedFile> {
	const canonical = await contentOf(door.sql, version);
	if (format !== 'json') {
		const order = { canonical, format, title };
		const answer = pictures(door, version);
		return inThread<typeof renderVersion>('versions/render-version.ts', 'renderVersion', order, { answer, signal });
	}
	return {
		bytes: new TextEncoder().encode(canonical),
		contentType: CONTENT_TYPES.json,
		filename: '',
		disposition: contentDisposition(title, 'json')
	};
}

/** A version as part of a page. */
export async function versionPart(door: Pick<App, 'sql' | 'files'>, version: Version, signal: AbortSignal): Promise<HtmlPart> {
	const answer = pictures(door, version);
	const canonical = await contentOf(door.sql, version);
	return inThread<typeof renderVersionPart>('versions/render-version.ts', 'renderVersionPart', canonical, { answer, signal });
}

const citations = new Map<string, Promise<ReadonlyMap<string, string>>>();
/** A version never changes, so what was found out of the last few is kept. */
const CITATIONS_KEPT = 30;

/** How the blocks of a version are cited in it, by uid. System door as `contentOf`. */
export function citationsOf(sql: Sql, id: string): Promise<ReadonlyMap<string, string>> {
	const known = citations.get(id);
	citations.delete(id);
	const asked =
		known ??
		contentOf(sql, { id })
			.then((canonical) => inThread<typeof citationsIn>('versions/citations.ts', 'citationsIn', canonical))
			.then((found) => new Map(found));
	if (!known) asked.catch(() => citations.delete(id));
	citations.set(id, asked);
	if (citations.size > CITATIONS_KEPT) citations.delete(citations.keys().next().value!);
	return asked;
}

/**
 * The blocks of a version as the document may hold them: pictures at addresses of the document, which has those again that it
 * has lost. System door as `contentOf`.
 */
export async function contentToRestore(
	{ sql }: Pick<App, 'sql'>,
	version: Version,
	document: Pick<ListedDocument, 'id'>,
	personId: string
): Promise<JsonNode[]> {
	const { content } = JSON.parse(await contentOf(sql, version)) as VersionContent;
	const hashes = [...new Set([...sourcesIn(content as JsonNode)].flatMap((name) => pictureHash(name) ?? []))];
	const rows = await sql.query<{ sha256: string; id: string }>(
		'select sha256, id from private.restore_pictures($1, $2, $3, $4::text::jsonb)',
		[version.id, document.id, personId, JSON.stringify(hashes)]
	);
	const addresses = new Map(rows.map(({ sha256, id }) => [pictureName(sha256), fileUrl(id)]));
	return withAddresses(content as JsonNode, addresses).content ?? [];
}

function withAddresses(node: JsonNode, addresses: ReadonlyMap<string, string>): JsonNode {
	const address = node.type === 'image' ? addresses.get(String(node.attrs?.src)) : undefined;
	if (address) return { ...node, attrs: { ...node.attrs, src: address } };
	return node.content ? { ...node, content: node.content.map((child) => withAddresses(child, addresses)) } : node;
}

/** What of a version can be restored by itself. System door as `contentOf`. */
export async function provisionsOf(sql: Sql, id: string): Promise<NamedProvision[]> {
	return inThread<typeof provisionsIn>('versions/citations.ts', 'provisionsIn', await contentOf(sql, { id }));
}

/** What a version is called outside of its document. */
export function fileTitle({ label, createdAt }: Version, title: string): string {
	return `${title.slice(0, 150)} - ${label || createdAt.slice(0, 10)}`;
}

/**
 * System door, for who has seen the version's row under row level security: a text is too large to be one column of many
 * that a session may ask for.
 */
export async function contentOf(sql: Sql, { id }: Pick<Version, 'id'>): Promise<string> {
	const [row] = await sql.query<{ content: string }>('select content from public.document_versions where id = $1', [id]);
	if (!row) throw new Refusal(404);
	return row.content;
}

/** Answers a thread that asks for a picture of a version. System door for the same reason. */
function pictures({ sql, files }: Pick<App, 'sql' | 'files'>, { id }: Version) {
	return async ({ image }: RenderQuestion) => {
		const [file] = await sql.query<{ id: string; contentType: string }>(
			'select f.id, f.content_type as "contentType" from public.version_files v join public.files f on f.id = v.file_id where v.version_id = $1 and v.sha256 = $2',
			[id, pictureHash(image) ?? '']
		);
		return file ? { contentType: file.contentType, bytes: await files.bytes(file.id) } : null;
	};
}

type VersionRow = Pick<
	Row<'document_versions'>,
	| 'id'
	| 'document_id'
	| 'kind'
	| 'number'
	| 'label'
	| 'note'
	| 'created_by'
	| 'created_by_name'
	| 'created_by_title'
	| 'created_by_agency'
	| 'created_at'
	| 'sha256'
	| 'docx_sha256'
	| 'provision_count'
	| 'word_count'
	| 'schema_version'
>;

function versionOf(row: VersionRow): Version {
	const { created_by: id, created_by_name: name, created_by_title: title, created_by_agency: agency } = row;
	return {
		id: row.id,
		documentId: row.document_id,
		kind: row.kind,
		number: row.number,
		label: row.label,
		note: row.note,
		createdBy: row.kind === 'frozen' ? { id, name, title, agency } : null,
		createdAt: row.created_at,
		sha256: row.sha256,
		docxSha256: row.docx_sha256,
		provisionCount: row.provision_count,
		wordCount: row.word_count,
		schemaVersion: row.schema_version
	};
}
