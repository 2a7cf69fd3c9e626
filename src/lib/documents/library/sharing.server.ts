import { fold } from '../../base/fold.ts';
import type { Client } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import { meaning } from '../../server/edge/sqlstate.ts';
import { NO_AGENCY_COLOUR } from '../../ui/data/agency-colours.ts';
import { getDocument } from './documents.server.ts';
import type { AccessRole, ListedDocument } from './documents.ts';
import type { GuestInvitation, Sharing, Subject, SubjectKey } from './sharing.ts';

const MOST_CANDIDATES = 30;

const COLUMNS = { agencyId: 'agency_id', personId: 'person_id', guestId: 'guest_id' } as const;

/** Who has access to a document: agencies first, then people, then guests, in the order in which it was given. */
export async function findSharing(supabase: Client, documentId: string): Promise<Sharing> {
	const document = await getDocument(supabase, documentId);
	const { data } = await supabase
		.from('document_access')
		.select('agency_id, person_id, guest_id, role')
		.eq('document_id', documentId)
		.order('granted_at')
		.throwOnError();
	const subjects = new Map((await listSubjects(supabase, document.workspaceId)).map((subject) => [subject.id, subject]));
	const entries = data.flatMap((row) => {
		const subject = subjects.get(row.agency_id ?? row.person_id ?? row.guest_id ?? '');
		return subject ? [{ subject, role: row.role }] : [];
	});
	const order = ['agency', 'person', 'guest'];
	entries.sort((a, b) => order.indexOf(a.subject.type) - order.indexOf(b.subject.type));
	return {
		leadAgency: document.leadAgency,
		canShare: document.canShare,
		entries,
		invitations: await listOpenInvitations(supabase, documentId)
	};
}

async function listOpenInvitations(supabase: Client, documentId: string): Promise<GuestInvitation[]> {
	const { data } = await supabase
		.from('invitations')
		.select('id, organisation, email, document_role, expires_at')
		.eq('document_id', documentId)
		.is('accepted_at', null)
		.is('revoked_at', null)
		.gt('expires_at', new Date().toISOString())
		.order('created_at')
		.throwOnError();
	// What a guest is invited to has both.
	return data.map((row) => ({
		id: row.id,
		organisation: row.organisation!,
		email: row.email,
		role: row.document_role!,
		expiresAt: row.expires_at
	}));
}

/** Agencies and people of the document's workspace that match, diacritics folded, and that could still be given access. */
export async function listCandidates(supabase: Client, documentId: string, query: string): Promise<Subject[]> {
	const document = await getDocument(supabase, documentId);
	const [given, managers, subjects] = await Promise.all([
		supabase.from('document_access').select('agency_id, person_id').eq('document_id', documentId).throwOnError(),
		supabase.from('document_managers').select('person_id').eq('document_id', documentId).throwOnError(),
		listSubjects(supabase, document.workspaceId)
	]);
	const taken = new Set([
		document.leadAgency.id,
		...managers.data.map((row) => row.person_id),
		...given.data.map((row) => row.agency_id ?? row.person_id)
	]);
	const words = fold(query).split(/\s+/).filter(Boolean);
	return subjects
		.filter((subject) => subject.type !== 'guest' && !taken.has(subject.id))
		.filter((subject) => {
			const text = fold(`${subject.name} ${subject.detail}`);
			return words.every((word) => text.includes(word));
		})
		.slice(0, MOST_CANDIDATES);
}

/**
 * Gives an agency or a person a role on a document, or changes the one that they or a guest have. Live connections follow at once.
 * @throws Refusal 404, 403 for who may not share, 422 for somebody outside the workspace
 */
export async function share(supabase: Client, documentId: string, subject: SubjectKey, role: AccessRole): Promise<void> {
	const document = await sharable(supabase, documentId);
	const { key, column, id } = named(subject);
	if (id === document.leadAgency.id) throw new Refusal(409, { field: 'agencyId', key: 'library_error_subject' });
	const { count } = await supabase
		.from('document_access')
		.update({ role }, { count: 'exact' })
		.eq('document_id', documentId)
		.eq(column, id)
		.throwOnError();
	if (count) return;
	// Guests come by invitation.
	if (key === 'guestId') throw new Refusal(422, { field: key, key: 'library_error_subject' });
	const giving = supabase
		.from('document_access')
		.insert({
			workspace_id: document.workspaceId,
			document_id: documentId,
			role,
			agency_id: subject.agencyId,
			person_id: subject.personId
		})
		.throwOnError();
	await meaning(giving, { 23503: { field: key, key: 'library_error_subject' }, PL003: { field: key } });
}

/** Takes access back. Nothing to take back is no error. @throws Refusal 404, 403 for who may not share */
export async function unshare(supabase: Client, documentId: string, subject: SubjectKey): Promise<void> {
	await sharable(supabase, documentId);
	const { column, id } = named(subject);
	await supabase.from('document_access').delete().eq('document_id', documentId).eq(column, id).throwOnError();
}

function named(subject: SubjectKey) {
	const [[key, id]] = Object.entries(subject) as [[keyof typeof COLUMNS, string]];
	return { key, column: COLUMNS[key], id };
}

/** The document, when the person may share it. @throws Refusal 404, 403, 409 in the trash */
export async function sharable(supabase: Client, documentId: string): Promise<ListedDocument> {
	const document = await getDocument(supabase, documentId);
	if (document.trashedAt) throw new Refusal(409);
	if (!document.canShare) throw new Refusal(403);
	return document;
}

/** Every agency, person and guest of the workspace that one sees. */
async function listSubjects(supabase: Client, workspaceId: string): Promise<Subject[]> {
	const [agencies, members, guests] = await Promise.all([
		supabase
			.from('agencies')
			.select('id, name, short_name, colour')
			.eq('workspace_id', workspaceId)
			.is('closed_on', null)
			.order('name')
			.throwOnError(),
		supabase
			.from('members')
			.select('agency_id, people!inner(id, full_name, position_title)')
			.eq('workspace_id', workspaceId)
			.throwOnError(),
		supabase
			.from('guests')
			.select('organisation, people!inner(id, full_name, position_title)')
			.eq('workspace_id', workspaceId)
			.throwOnError()
	]);
	const byId = new Map(agencies.data.map((agency) => [agency.id, agency]));
	return [
		...[...byId.values()].map((agency) => ({
			type: 'agency' as const,
			id: agency.id,
			name: agency.name,
			detail: agency.short_name,
			colour: agency.colour,
			letters: agency.short_name
		})),
		...members.data.map(({ agency_id, people }) => ({
			type: 'person' as const,
			id: people.id,
			name: people.full_name,
			detail: [people.position_title, byId.get(agency_id)?.name].filter(Boolean).join(' · '),
			colour: byId.get(agency_id)?.colour ?? NO_AGENCY_COLOUR,
			letters: null
		})),
		...guests.data.map(({ organisation, people }) => ({
			type: 'guest' as const,
			id: people.id,
			name: people.full_name,
			detail: [people.position_title, organisation].filter(Boolean).join(' · '),
			colour: NO_AGENCY_COLOUR,
			letters: null
		}))
	];
}
