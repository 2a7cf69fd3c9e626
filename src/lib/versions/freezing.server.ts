import type { InferOutput } from 'valibot';
import { nameActor } from '../accounts/name-actor.server.ts';
import type { ListedDocument } from '../documents/library/documents.ts';
import { getDocument } from '../documents/library/documents.server.ts';
import { fileIdOf, onlyOne } from '../documents/library/files.server.ts';
import type { GapCounts } from '../documents/gaps/gaps.ts';
import { countGapsOf } from '../documents/library/document-gaps.server.ts';
import type { App } from '../server/app.ts';
import { Refusal } from '../server/edge/refusal.ts';
import { meaning } from '../server/edge/sqlstate.ts';
import type { Remember } from '../server/idempotency.ts';
import type { Sql } from '../server/sql.ts';
import { inThread } from '../server/threads/in-thread.ts';
import type { ComposedVersion, composeVersion, Picture, VersionOrder, VersionQuestion } from './compose-version.ts';
import type { NewVersion } from './input.ts';

type Door = Pick<App, 'sql' | 'files'>;
type Subject = Pick<ListedDocument, 'id' | 'workspaceId' | 'title' | 'kind' | 'profile'>;

/** A version that was just kept. */
export interface Kept {
	id: string;
	number: number;
	sha256: string;
}

/**
 * Freezes the text of a document as it is stored at this moment, with all that anybody was told is saved, and makes its
 * Word file. @throws Refusal 404; 403 for who does not manage it; 409 field `label` when another version is called so
 */
export async function freezeDocument(
	door: Door & Pick<App, 'sync'>,
	supabase: Parameters<typeof getDocument>[0],
	personId: string,
	documentId: string,
	named: InferOutput<typeof NewVersion>,
	remember: Remember<Kept> = async () => {}
): Promise<Kept> {
	const document = await getDocument(supabase, documentId);
	if (!document.canShare) throw new Refusal(document.trashedAt ? 409 : 403);
	const updates = await door.sync.readStored(document.id);
	return freezeUpdates(door, document, updates, { ...named, personId }, remember);
}

/** Freezes a text that is given as its updates. System door: what a text was is the server's word; the database asks again who may. */
export async function freezeUpdates(
	door: Door,
	document: Subject,
	updates: readonly Uint8Array[],
	{ label, note, personId }: { label: string; note: string; personId: string },
	remember: Remember<Kept> = async () => {}
): Promise<Kept> {
	const composed = await compose(door, document, updates, true);
	const name = `${document.title.slice(0, 150)} - ${label.slice(0, 80)}.docx`;
	const docx = await door.files.put(onlyOne(composed.docx!), { workspaceId: document.workspaceId, name, personId: null });
	try {
		const keeping = door.sql.transaction(async (tx) => {
			await nameActor(tx, personId);
			const kept = await keep(tx, document.id, composed, { kind: 'frozen', label, note, personId, docxFileId: docx.id });
			await remember(tx, kept);
			return kept;
		});
		return await meaning(keeping, { 23505: { field: 'label', key: 'versions_error_taken' } });
	} catch (error) {
		await door.files.discard(docx.id);
		throw error;
	}
}

/** Keeps a restore point of a document, unless its last version says the same. System door: nobody asks for it. */
export async function keepRestorePoint(door: Door & Pick<App, 'sync'>, document: Subject): Promise<Kept | null> {
	const composed = await compose(door, document, await door.sync.readStored(document.id), false);
	const [last] = await door.sql.query<{ content: string }>(
		'select content from public.document_versions where document_id = $1 order by created_at desc limit 1',
		[document.id]
	);
	if (last?.content === composed.canonical) return null;
	return door.sql.transaction((tx) =>
		keep(tx, document.id, composed, { kind: 'restore-point', label: '', note: '', personId: null, docxFileId: null })
	);
}

/** How much is unfinished in the stored text of a document. */
export async function unfinished({ sync }: Pick<App, 'sync'>, { id, profile }: Subject): Promise<GapCounts> {
	const updates = await sync.readStored(id);
	return countGapsOf(updates, profile);
}

function compose(
	door: Door,
	{ id, title, kind, profile }: Subject,
	updates: readonly Uint8Array[],
	withDocx: boolean
): Promise<ComposedVersion> {
	const order: VersionOrder = { updates, title, kind, profile, withDocx };
	const answer = (question: VersionQuestion) =>
		'pictures' in question ? findPictures(door.sql, id, question.pictures) : loadPicture(door, id, question.image);
	return inThread<typeof composeVersion>('versions/compose-version.ts', 'composeVersion', order, { answer, isLong: true });
}

async function keep(
	tx: Sql,
	documentId: string,
	composed: ComposedVersion,
	by: { kind: string; label: string; note: string; personId: string | null; docxFileId: string | null }
): Promise<Kept> {
	const [kept] = await tx.query<Kept>(
		'select id, number, sha256 from private.keep_version($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb)',
		[
			documentId,
			by.kind,
			by.label,
			by.note,
			by.personId,
			composed.canonical,
			composed.provisionCount,
			composed.wordCount,
			composed.state,
			composed.schemaVersion,
			by.docxFileId,
			JSON.stringify(composed.fileIds)
		]
	);
	return kept;
}

/** The files behind the addresses of pictures; of the document alone, since a version shows what everybody may see who reads it. */
export async function findPictures(
	sql: Sql,
	documentId: string,
	addresses: readonly string[]
): Promise<Record<string, Picture | null>> {
	const ids = addresses.map((address) => fileIdOf(address) ?? '');
	const rows = await sql.query<Picture & { id: string }>(
		`select d.id, f.id as "fileId", encode(f.sha256, 'hex') as sha256 from public.document_files d join public.files f on f.id = d.file_id
		where d.document_id = $1 and d.id::text in (select jsonb_array_elements_text($2::text::jsonb))`,
		[documentId, JSON.stringify(ids)]
	);
	const found = new Map(rows.map(({ id, fileId, sha256 }) => [id, { fileId, sha256 }]));
	return Object.fromEntries(addresses.map((address, nth) => [address, found.get(ids[nth]) ?? null]));
}

async function loadPicture({ sql, files }: Door, documentId: string, address: string) {
	const [file] = await sql.query<{ id: string; contentType: string }>(
		'select d.file_id as id, d.content_type as "contentType" from public.document_files d where d.document_id = $1 and d.id::text = $2 and d.file_id is not null',
		[documentId, fileIdOf(address) ?? '']
	);
	return file ? { contentType: file.contentType, bytes: await files.bytes(file.id) } : null;
}
