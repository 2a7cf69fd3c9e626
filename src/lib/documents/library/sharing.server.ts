import type { SupabaseClient } from '@supabase/supabase-js';
import { fold } from '../../base/fold.ts';
import { Refusal, refusalOf } from '../../server/sqlstate.ts';
import { getDocument, isUuid } from './documents.server.ts';
import { isAccessRole, type AccessRole, type ListedDocument } from './documents.ts';
import type { Sharing, Subject } from './sharing.ts';

/** Exactly one of the two. */
export type SubjectId = { agencyId: string; personId?: undefined } | { personId: string; agencyId?: undefined };

const MOST_CANDIDATES = 30;

/** Reads `{agencyId}` or `{personId}` from what a client sent. @throws Refusal 422 naming the field */
export function parseSubject(input: unknown): SubjectId {
	const { agencyId, personId } = (input ?? {}) as Record<string, unknown>;
	if ((agencyId === undefined) === (personId === undefined)) throw new Refusal(422, 'agencyId');
	if (agencyId !== undefined) {
		if (!isUuid(agencyId)) throw new Refusal(422, 'agencyId');
		return { agencyId };
	}
	if (!isUuid(personId)) throw new Refusal(422, 'personId');
	return { personId };
}

/** Reads a role. @throws Refusal 422 field `role` */
export function parseRole(input: unknown): AccessRole {
	if (!isAccessRole(input)) throw new Refusal(422, 'role');
	return input;
}

/** Who has access to a document: agencies first, then people, in the order in which it was given. */
export async function findSharing(supabase: SupabaseClient, documentId: string): Promise<Sharing> {
	const document = await getDocument(supabase, documentId);
	const { data, error } = await supabase.from('document_access').select('agency_id, person_id, role').eq('document_id', documentId).order('granted_at');
	if (error) throw refusalOf(error);
	const rows = data as { agency_id: string | null; person_id: string | null; role: AccessRole }[];
	const subjects = new Map((await listSubjects(supabase, document)).map((subject) => [subject.id, subject]));
	const entries = rows.flatMap((row) => {
		const subject = subjects.get(row.agency_id ?? row.person_id ?? '');
		return subject ? [{ subject, role: row.role }] : [];
	});
	entries.sort((a, b) => Number(a.subject.type === 'person') - Number(b.subject.type === 'person'));
	return { leadAgency: document.leadAgency, canShare: document.canShare, entries };
}

/** Agencies and people of the document's workspace that match, diacritics folded, and that could still be given access. */
export async function listCandidates(supabase: SupabaseClient, documentId: string, query: string): Promise<Subject[]> {
	const document = await getDocument(supabase, documentId);
	const { data, error } = await supabase.from('document_access').select('agency_id, person_id').eq('document_id', documentId);
	if (error) throw refusalOf(error);
	const taken = new Set((data as { agency_id: string | null; person_id: string | null }[]).map((row) => row.agency_id ?? row.person_id));
	const words = fold(query).split(/\s+/).filter(Boolean);
	return (await listSubjects(supabase, document))
		.filter((subject) => !subject.manages && !taken.has(subject.id))
		.filter((subject) => {
			const text = fold(`${subject.name} ${subject.detail}`);
			return words.every((word) => text.includes(word));
		})
		.slice(0, MOST_CANDIDATES)
		.map(({ manages: _, ...subject }) => subject);
}

/**
 * Gives an agency or a person a role on a document, or changes the one they have. Live connections follow at once.
 * @throws Refusal 404, 403 for who may not share, 422 for somebody outside the workspace
 */
export async function share(supabase: SupabaseClient, documentId: string, subject: SubjectId, role: AccessRole): Promise<void> {
	const document = await sharable(supabase, documentId);
	if (subject.agencyId === document.leadAgency.id) throw new Refusal(409, 'agencyId');
	const row = subject.agencyId ? { agency_id: subject.agencyId } : { person_id: subject.personId };
	const [[column, id]] = Object.entries(row) as [[string, string]];
	const { error, count } = await supabase.from('document_access').update({ role }, { count: 'exact' }).eq('document_id', documentId).eq(column, id);
	if (error) throw refusalOf(error);
	if (count) return;
	const { error: insertError } = await supabase.from('document_access').insert({ workspace_id: document.workspaceId, document_id: documentId, role, ...row });
	if (insertError) throw refusalOf(insertError, subject.agencyId ? 'agencyId' : 'personId');
}

/** Takes access back. Nothing to take back is no error. @throws Refusal 404, 403 for who may not share */
export async function unshare(supabase: SupabaseClient, documentId: string, subject: SubjectId): Promise<void> {
	await sharable(supabase, documentId);
	const [column, id] = subject.agencyId ? ['agency_id', subject.agencyId] : ['person_id', subject.personId as string];
	const { error } = await supabase.from('document_access').delete().eq('document_id', documentId).eq(column, id);
	if (error) throw refusalOf(error);
}

async function sharable(supabase: SupabaseClient, documentId: string): Promise<ListedDocument> {
	const document = await getDocument(supabase, documentId);
	if (document.trashedAt) throw new Refusal(409);
	if (!document.canShare) throw new Refusal(403);
	return document;
}

/** Every agency and person of the workspace; `manages` are those who may do everything already. */
async function listSubjects(supabase: SupabaseClient, document: ListedDocument): Promise<(Subject & { manages: boolean })[]> {
	const [agencies, members] = await Promise.all([
		supabase.from('agencies').select('id, name, short_name, colour').eq('workspace_id', document.workspaceId).order('name'),
		supabase.from('members').select('role, agency_id, people!inner(id, full_name, position_title)').eq('workspace_id', document.workspaceId)
	]);
	if (agencies.error) throw refusalOf(agencies.error);
	if (members.error) throw refusalOf(members.error);
	const byId = new Map((agencies.data as AgencyRow[]).map((agency) => [agency.id, agency]));
	return [
		...[...byId.values()].map((agency) => ({
			type: 'agency' as const,
			id: agency.id,
			name: agency.name,
			detail: agency.short_name,
			colour: agency.colour,
			letters: agency.short_name,
			manages: agency.id === document.leadAgency.id
		})),
		...(members.data as unknown as MemberRow[]).map(({ role, agency_id, people }) => ({
			type: 'person' as const,
			id: people.id,
			name: people.full_name,
			detail: [people.position_title, byId.get(agency_id)?.name].filter(Boolean).join(' · '),
			colour: byId.get(agency_id)?.colour ?? '#4f5a66',
			letters: null,
			manages: role !== 'member' || agency_id === document.leadAgency.id
		}))
	];
}

interface AgencyRow {
	id: string;
	name: string;
	short_name: string;
	colour: string;
}

interface MemberRow {
	role: string;
	agency_id: string;
	people: { id: string; full_name: string; position_title: string };
}
