import * as v from 'valibot';
import type { InferOutput } from 'valibot';
import { nameActor } from '../../accounts/name-actor.server.ts';
import { actAs } from '../../server/act-as.ts';
import type { App } from '../../server/app.ts';
import type { Client, Row } from '../../server/client.ts';
import { readInput } from '../../server/edge/input.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import { meaning, refusalOf } from '../../server/edge/sqlstate.ts';
import type { Remember } from '../../server/idempotency.ts';
import type { Sql } from '../../server/sql.ts';
import type { Kind } from '../schema/kinds.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { SCHEMA_VERSION } from '../schema/schema.ts';
import type { ListedDocument } from './documents.ts';
import { insertImage, onlyOne } from './files.server.ts';
import { profilesFor } from './fitting.ts';
import type { FirstText } from './first-text.server.ts';
import { title, type DocumentChange } from './input.ts';
import { saveCounts, saveEntry } from './text-index.server.ts';

const Titled = v.object({ title });

export interface NewDocument {
	workspaceId: string;
	title: string;
	profile: ProfileId;
	kind: Kind;
	leadAgencyId: string;
	first: FirstText;
	/** Images that the text names as `/api/files/{id}`. */
	files?: readonly NewFile[];
}

export interface NewFile {
	id: string;
	contentType: string;
	bytes: Uint8Array;
}

/**
 * Creates a document and writes its first text, on the server and once, in one transaction: no client ever seeds a body.
 * The rows that people own are written as the person, so row level security decides; only the log needs the system door.
 * @throws Refusal 403 when the person may not create it, 422 field `title`, 422 for an agency that is not there or closed
 */
export async function createDocument(
	app: Pick<App, 'sql' | 'files'>,
	person: { id: string },
	input: NewDocument,
	remember: Remember<{ id: string }> = async () => {}
): Promise<{ id: string }> {
	const { title } = readInput(Titled, { title: input.title });
	const { update, entry } = input.first;
	const images: { id: string; contentType: string; fileId: string }[] = [];
	try {
		for (const { id, contentType, bytes } of input.files ?? []) {
			const { id: fileId } = await app.files.put(onlyOne(bytes), {
				workspaceId: input.workspaceId,
				name: '',
				personId: person.id
			});
			images.push({ id, contentType, fileId });
		}
		const { id, asOf } = await app.sql.transaction(async (tx) => {
			const { id, epoch, asOf } = await actAs(tx, person.id, async (asPerson) => {
				const [made] = await asPerson.query<{ id: string; epoch: number; asOf: string }>(
					'insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values ($1, $2, $3, $4, $5) returning id, epoch, edited_at::text as "asOf"',
					[input.workspaceId, title, input.profile, input.kind, input.leadAgencyId]
				);
				for (const image of images) await insertImage(asPerson, made.id, image);
				return made;
			});
			await tx.query('update public.documents set schema_version = $2 where id = $1', [id, SCHEMA_VERSION]);
			await tx.query('insert into public.document_updates (document_id, epoch, bytes, person_id) values ($1, $2, $3, $4)', [
				id,
				epoch,
				update,
				person.id
			]);
			await saveCounts(tx, id, entry);
			await remember(tx, { id });
			return { id, asOf };
		});
		// The document is there now. Should this fail, the next start of the server catches up with it.
		await saveEntry(app.sql, id, entry, asOf).catch(() => {});
		return { id };
	} catch (error) {
		for (const { fileId } of images) await app.files.discard(fileId);
		throw error;
	}
}

/** The document as the person of this client sees it, in the trash or not; null when they do not. */
export async function findDocument(supabase: Client, id: string): Promise<ListedDocument | null> {
	const { data } = await supabase.from('document_list').select(LIST_COLUMNS).eq('id', id).maybeSingle().throwOnError();
	return data ? listedDocument(data) : null;
}

/**
 * What the editor opens: a document of this workspace outside the trash, what the person may do with it, and the epoch of its
 * text; null when they do not see it there.
 */
export async function findOpenDocument(
	supabase: Client,
	workspaceId: string,
	id: string
): Promise<{ document: ListedDocument; epoch: number } | null> {
	const { data } = await supabase
		.from('document_list')
		.select(`${LIST_COLUMNS}, epoch`)
		.eq('id', id)
		.eq('workspace_id', workspaceId)
		.eq('is_trashed', false)
		.maybeSingle()
		.throwOnError();
	return data && { document: listedDocument(data), epoch: data.epoch };
}

/** The same as findDocument, or a Refusal 404. */
export async function getDocument(supabase: Client, id: string): Promise<ListedDocument> {
	const found = await findDocument(supabase, id);
	if (!found) throw new Refusal(404);
	return found;
}

/**
 * Changes title, state, lead agency and profile of a document together, for who has seen this `revision` of it. After
 * another profile its text follows by `app.layOut`.
 * @throws Refusal 404; 409 with the present row when it was changed since; 403 for who may not; 409 in the trash and for a read-only one that would go back to a consultation; 422 field `reason` when it goes back without one; 422 field `leadAgencyId` for a foreign or closed one; 422 field `profile` for one that does not fit the kind; 409 for the profile of a read-only text
 */
export async function changeDocument(
	supabase: Client,
	id: string,
	revision: number,
	{ title, state, reason, leadAgencyId, profile }: InferOutput<typeof DocumentChange>
): Promise<void> {
	if (profile && !profilesFor((await getDocument(supabase, id)).kind).includes(profile))
		throw new Refusal(422, { field: 'profile', key: 'library_error_profile' });
	const changing = supabase
		.rpc('change_document', {
			document: id,
			revision,
			title: title ?? null,
			state: state ?? null,
			reason: reason ?? null,
			lead_agency: leadAgencyId ?? null,
			profile: profile ?? null
		})
		.throwOnError();
	try {
		await meaning(changing, {
			23503: { field: 'leadAgencyId', key: 'library_error_agency' },
			PL003: { field: 'leadAgencyId' }
		});
	} catch (error) {
		const refusal = refusalOf(error);
		if (!(refusal instanceof Refusal) || refusal.code !== 'PL301') throw error;
		throw new Refusal(409, { key: 'errors_refused_stale', present: await getDocument(supabase, id), cause: error });
	}
}

/** Puts a document into the trash; live editors are disconnected. Doing it twice changes nothing. */
export async function trashDocument(supabase: Client, id: string): Promise<void> {
	const found = await getDocument(supabase, id);
	if (found.trashedAt) return;
	const { error } = await supabase.from('document_trashings').insert({ document_id: id });
	if (error && error.code !== '23505') throw error;
}

/** Takes a document out of the trash. */
export async function restoreDocument(supabase: Client, id: string): Promise<void> {
	const found = await getDocument(supabase, id);
	if (!found.canTrash) throw new Refusal(403);
	if (!found.trashedAt) return;
	await supabase.from('document_trashings').delete().eq('document_id', id).throwOnError();
}

/**
 * Deletes a trashed document with its text, images and history; what stays is a tombstone that says who did it and why.
 * @throws Refusal 404, 403 for all but owners and the head of the lead agency, 409 outside the trash or while it is kept
 */
export async function deleteForGood(supabase: Client, id: string, reason: string): Promise<void> {
	await supabase.rpc('delete_document', { document: id, reason }).throwOnError();
}

/**
 * Notes that the person has the document open, or leaves it. Answers when they were there before this visit, null at the first.
 * @throws Refusal 403 when they may not open it
 */
export async function recordVisit(supabase: Client, id: string, { leaving = false } = {}): Promise<string | null> {
	const { data } = await supabase.rpc('visit_document', { document: id, leaving }).throwOnError();
	return data;
}

/**
 * Notes in the audit trail that the person exports the document. System door, because the note is the server's word about
 * what it hands over. @throws Refusal 404 when they do not see it
 */
export async function recordExport(sql: Sql, personId: string, id: string, format: string): Promise<void> {
	await sql.transaction(async (tx) => {
		await nameActor(tx, personId);
		await tx.query('select public.record_export($1, $2)', [id, format]);
	});
}

export const LIST_COLUMNS =
	'id, workspace_id, title, profile, kind, state, lead_agency_id, lead_agency_name, lead_agency_short_name, lead_agency_colour, role, can_edit, can_write, can_share, can_trash, is_mine, is_shared, created_at, edited_at, visited_at, trashed_at, trashed_by, provision_count, word_count, revision, edited_by_name';

type ListRow = Omit<
	Row<'document_list'>,
	'created_by' | 'edited_by' | 'epoch' | 'schema_version' | 'is_trashed' | 'title_key' | 'folded_title'
>;

export function listedDocument(row: ListRow): ListedDocument {
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		title: row.title,
		profile: row.profile,
		kind: row.kind,
		state: row.state,
		leadAgency: {
			id: row.lead_agency_id,
			name: row.lead_agency_name,
			shortName: row.lead_agency_short_name,
			colour: row.lead_agency_colour
		},
		role: row.role,
		canEdit: row.can_edit,
		canWrite: row.can_write,
		canShare: row.can_share,
		canTrash: row.can_trash,
		isMine: row.is_mine,
		isShared: row.is_shared,
		createdAt: row.created_at,
		editedAt: row.edited_at,
		editedBy: row.edited_by_name || null,
		visitedAt: row.visited_at,
		trashedAt: row.trashed_at,
		trashedBy: row.trashed_by,
		provisionCount: row.provision_count,
		wordCount: row.word_count,
		revision: row.revision
	};
}
