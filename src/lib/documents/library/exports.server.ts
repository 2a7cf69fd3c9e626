import { nameActor } from '../../accounts/name-actor.server.ts';
import type { ExportFormat } from '../../exports/formats.ts';
import type { App } from '../../server/app.ts';
import type { Client, Row } from '../../server/client.ts';
import type { StoredFile } from '../../server/files/files.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import { meaning } from '../../server/edge/sqlstate.ts';
import type { Sql } from '../../server/sql.ts';
import { getDocument } from './documents.server.ts';
import { documentIdOf, type Export, type NewExport } from './exports.ts';

const COLUMNS = 'id, document_id, format, state, progress, asked_at, expires_at';
const MOST_LISTED = 100;

/**
 * Asks for a document as a file, which a job makes.
 * @throws Refusal 404 when the person does not see the document, 429 with five open at a time
 */
export async function requestExport(supabase: Client, { of, format }: NewExport): Promise<{ id: string }> {
	const document = await getDocument(supabase, documentIdOf(of));
	const asking = supabase.rpc('request_export', { document: document.id, format }).throwOnError();
	const { data } = await meaning(asking, { '54000': { status: 429, key: 'exports_error_at_once' } });
	return { id: data };
}

/** The person's exports, of one document when it is named, the newest first. */
export async function listExports(supabase: Client, of?: string): Promise<Export[]> {
	let query = supabase.from('export_list').select(COLUMNS).order('asked_at', { ascending: false }).limit(MOST_LISTED);
	if (of) query = query.eq('document_id', documentIdOf(of));
	const { data } = await query.throwOnError();
	return data.map(listedExport);
}

/** One of the person's exports. @throws Refusal 404 when it is somebody else's, its day is over, or they may not read the document any more */
export async function getExport(supabase: Client, id: string): Promise<Export> {
	const { data } = await supabase.from('export_list').select(COLUMNS).eq('id', id).maybeSingle().throwOnError();
	if (!data) throw new Refusal(404);
	return listedExport(data);
}

/** Gives an export up: its job stops, its file goes. @throws Refusal as getExport */
export async function cancelExport({ sql, files }: Pick<App, 'sql' | 'files'>, supabase: Client, id: string): Promise<void> {
	await getExport(supabase, id);
	const fileId = await fileOf(sql, id);
	await supabase.from('exports').delete().eq('id', id).throwOnError();
	if (fileId) await files.discard(fileId);
}

/**
 * The file of one of the person's exports; the audit trail notes when it is first fetched. System door after the question
 * whether they may, because the note is the server's word about what it hands over.
 * @throws Refusal as getExport, 409 while it is not made
 */
export async function fetchExport(
	{ sql, files }: Pick<App, 'sql' | 'files'>,
	supabase: Client,
	personId: string,
	id: string
): Promise<{ file: StoredFile; format: ExportFormat }> {
	const { state, format, of } = await getExport(supabase, id);
	const fileId = await fileOf(sql, id);
	const file = state === 'done' && fileId ? await files.find(fileId) : null;
	if (!file) throw new Refusal(409, { key: 'exports_error_not_made' });
	await sql.transaction(async (tx) => {
		const first = await tx.query(
			'update public.exports set fetched_at = now() where id = $1 and fetched_at is null returning 1',
			[id]
		);
		if (first.length === 0) return;
		await nameActor(tx, personId);
		await tx.query('select public.record_export($1, $2)', [documentIdOf(of), format]);
	});
	return { file, format };
}

/** Deletes exports whose day is over. Their files have no owner then and go with the next sweep. */
export async function forgetExports(sql: Sql): Promise<void> {
	await sql.query('delete from public.exports where expires_at < now()');
}

async function fileOf(sql: Sql, id: string): Promise<string | null> {
	const [row] = await sql.query<{ fileId: string | null }>('select file_id as "fileId" from public.exports where id = $1', [id]);
	return row?.fileId ?? null;
}

function listedExport(row: Row<'export_list'>): Export {
	return {
		id: row.id,
		of: `document:${row.document_id}`,
		format: row.format,
		state: row.state,
		progress: row.progress,
		askedAt: row.asked_at,
		expiresAt: row.expires_at
	};
}
