import { getDocument } from '../documents/library/documents.server.ts';
import { isTextOpen } from '../documents/library/documents.ts';
import type { App } from '../server/app.ts';
import type { Client } from '../server/client.ts';
import { Refusal } from '../server/edge/refusal.ts';
import type { Remember } from '../server/idempotency.ts';
import type { LateWork } from '../text/late-work.ts';
import { keepRestorePoint } from './freezing.server.ts';
import { m } from '../i18n/paraglide/messages.js';
import { formatDateTime } from '../i18n/formats.ts';
import { citationsOf, contentToRestore, getVersion } from './versions.server.ts';
import type { Restoration, Restored } from './restorations.ts';

type Door = Pick<App, 'sql' | 'files' | 'sync' | 'restoring'>;

/** So many of the last are listed. */
const LISTED = 100;

/** What was restored in a document, the last first. @throws Refusal 404 */
export async function listRestorations(supabase: Client, documentId: string): Promise<{ items: Restoration[]; next: null }> {
	await getDocument(supabase, documentId);
	const { data } = await supabase
		.from('document_restorations')
		.select(
			'id, version_id, uid, citation, restored_by, restored_by_name, restored_by_title, restored_by_agency, restored_at, taken_back_by_name, taken_back_at, document_versions(label, created_at)'
		)
		.eq('document_id', documentId)
		.order('restored_at', { ascending: false })
		.limit(LISTED)
		.throwOnError();
	const items = data.map((row): Restoration => ({
		id: row.id,
		version: { id: row.version_id, label: row.document_versions.label, createdAt: row.document_versions.created_at },
		uid: row.uid,
		citation: row.citation,
		restoredBy: {
			id: row.restored_by,
			name: row.restored_by_name,
			title: row.restored_by_title,
			agency: row.restored_by_agency
		},
		restoredAt: row.restored_at,
		takenBack: row.taken_back_at === null ? null : { by: row.taken_back_by_name, at: row.taken_back_at }
	}));
	return { items, next: null };
}

/**
 * The live text, or one provision of it, becomes again what a version holds, as an edit of the person; how it was is kept as a
 * restore point first. Answers `id: null` when it said the same already.
 * @throws Refusal 404; 403 for who is no editor, or for the whole text no manager; 409 while the text is read-only; 422
 * field `uid` for what no provision of the version is
 */
export async function restoreVersion(
	door: Door,
	supabase: Client,
	personId: string,
	versionId: string,
	uid: string | null,
	remember: Remember<Restored> = async () => {}
): Promise<Restored> {
	const version = await getVersion(supabase, versionId);
	const document = await mayRestore(supabase, version.documentId, uid);
	const citation = uid === null ? '' : (await citationsOf(door.sql, versionId)).get(uid);
	const blocks = await contentToRestore(door, version, document, personId);
	if (citation === undefined || (uid !== null && !blocks.some(({ attrs }) => attrs?.uid === uid)))
		throw new Refusal(422, { field: 'uid', key: 'versions_error_provision' });
	await keepRestorePoint(door, document);
	const inverse = await door.restoring.restore(document.id, blocks, uid, personId);
	return door.sql.transaction(async (tx) => {
		const restored: Restored = { id: null };
		if (inverse) {
			const [row] = await tx.query<{ id: string }>('select private.keep_restoration($1, $2, $3, $4, $5) as id', [
				versionId,
				uid,
				citation,
				personId,
				JSON.stringify(inverse)
			]);
			restored.id = row.id;
		}
		await remember(tx, restored);
		return restored;
	});
}

/**
 * Takes a restoration back, once: what it changed is as it was before, and what others did since stays. `beside`: so many
 * wordings of before stand beside what others wrote since.
 * @throws Refusal 404; 403 for who could not restore it; 409 when it was taken back already or the text is read-only
 */
export async function takeBackRestoration(
	door: Door,
	supabase: Client,
	personId: string,
	id: string
): Promise<{ beside: number }> {
	const { data: row } = await supabase
		.from('document_restorations')
		.select('document_id, uid, restored_at, taken_back_at')
		.eq('id', id)
		.maybeSingle()
		.throwOnError();
	if (!row) throw new Refusal(404);
	await mayRestore(supabase, row.document_id, row.uid);
	const [{ inverse }] = await door.sql.query<{ inverse: string | null }>('select private.claim_take_back($1, $2) as inverse', [
		id,
		personId
	]);
	if (inverse === null) throw new Refusal(409, { key: 'versions_error_taken_back' });
	const said = m.versions_before_restoring({ time: formatDateTime(row.restored_at) }, { locale: 'vi' });
	const { beside } = await door.restoring.takeBack(row.document_id, JSON.parse(inverse) as LateWork, said, personId);
	return { beside };
}

async function mayRestore(supabase: Client, documentId: string, uid: string | null) {
	const document = await getDocument(supabase, documentId);
	const isEditor = document.role === 'editor' || document.role === 'manager';
	if (uid === null ? document.role !== 'manager' : !isEditor) throw new Refusal(403);
	if (document.trashedAt || !isTextOpen(document.state)) throw new Refusal(409, { key: 'versions_error_read_only' });
	return document;
}
