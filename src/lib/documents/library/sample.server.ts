import type { Backend } from '../../server/backend/backend.ts';
import type { Files } from '../../server/files/files.ts';
import type { Sql } from '../../server/sql.ts';
import { recognise } from '../import/recognise.ts';
import { textToBlocks } from '../import/text.ts';
import { numberProvisions } from '../numbering/numbering.ts';
import { linkCitations } from '../references/link-citations.ts';
import type { JsonNode } from '../schema/json.ts';
import { createDocument } from './documents.server.ts';
import { firstText } from './first-text.server.ts';
import { addSampleActivity } from './sample-activity.server.ts';
import { NOTICE, PLAN, PROGRAMME, REPORT, RESOLUTION, TASK_ROWS, type SampleText } from './sample-texts.ts';

type Right = 'manager' | 'editor' | 'commenter' | 'viewer' | null;

export interface SamplePerson {
	email: string;
	/** The sample's people are named by their function. */
	position: string;
	/** Code of the agency; a guest's organisation by its name. */
	agency: string;
	memberRole: 'owner' | 'secretary' | 'member' | 'guest';
	/** Right on the main document, the resolution. */
	right: Right;
}

interface SampleAgency {
	name: string;
	shortName: string;
	code: string;
	colour: string;
}

/** The lead agency comes first: in the workspace of a set-up it is the owner's own agency. */
/** Of a city's texts. */
const WORDS = ['blockchain', 'chatbot', 'internet', 'logistics', 'website'];
const AGENCIES: SampleAgency[] = [
	{ name: 'Văn phòng Ủy ban nhân dân thành phố', shortName: 'Văn phòng UBND', code: 'VPUB', colour: '#0f5257' },
	{ name: 'Sở Khoa học và Công nghệ', shortName: 'Sở KH&CN', code: 'SKHCN', colour: '#8a4b9c' },
	{ name: 'Sở Tài chính', shortName: 'Sở Tài chính', code: 'STC', colour: '#b0562a' },
	{ name: 'Sở Nội vụ', shortName: 'Sở Nội vụ', code: 'SNV', colour: '#2a5c9a' },
	{ name: 'Học viện Hành chính thành phố', shortName: 'Học viện', code: 'HVHC', colour: '#5b6b2f' },
	{ name: 'Ủy ban nhân dân phường Trung tâm', shortName: 'UBND phường', code: 'UBNDP', colour: '#a23b5a' }
];

export const SAMPLE_PEOPLE: SamplePerson[] = [
	{ email: 'owner@sample.test', position: 'Chánh Văn phòng', agency: 'VPUB', memberRole: 'owner', right: 'manager' },
	{ email: 'secretary@sample.test', position: 'Thư ký Tổ soạn thảo', agency: 'VPUB', memberRole: 'secretary', right: 'manager' },
	{ email: 'drafter@sample.test', position: 'Chuyên viên soạn thảo', agency: 'VPUB', memberRole: 'member', right: 'manager' },
	{
		email: 'codrafter@sample.test',
		position: 'Trưởng phòng Chuyển đổi số',
		agency: 'SKHCN',
		memberRole: 'member',
		right: 'editor'
	},
	{
		email: 'reviewer@sample.test',
		position: 'Phó Giám đốc Sở Tài chính',
		agency: 'STC',
		memberRole: 'member',
		right: 'commenter'
	},
	{ email: 'viewer@sample.test', position: 'Chuyên viên Sở Nội vụ', agency: 'SNV', memberRole: 'member', right: 'viewer' },
	{ email: 'outsider@sample.test', position: 'Giảng viên Học viện', agency: 'HVHC', memberRole: 'member', right: null },
	{
		email: 'guest@sample.test',
		position: 'Chuyên gia chuyển đổi số',
		agency: 'Trường Đại học Bách khoa',
		memberRole: 'guest',
		right: 'commenter'
	}
];

const SAMPLE_WORKSPACE = { name: 'Thành phố mẫu', slug: 'thanh-pho-mau' };

type Door = { sql: Sql; files: Files; backend: Pick<Backend, 'createAccount'> };

/**
 * Makes the sample workspace in an empty database. Answers its id. System door: nobody exists yet who could be asked.
 * The caller has checked that there is no workspace.
 */
export async function createSampleWorkspace(door: Door, password: string): Promise<{ workspaceId: string }> {
	const [workspace] = await door.sql.query<{ id: string }>(
		'insert into public.workspaces (name, slug) values ($1, $2) returning id',
		[SAMPLE_WORKSPACE.name, SAMPLE_WORKSPACE.slug]
	);
	await fill(door, workspace.id, SAMPLE_PEOPLE, password, {});
	await addSampleActivity(door.sql, workspace.id);
	return { workspaceId: workspace.id };
}

/** Adds the sample's agencies and documents to the workspace of a set-up, led by the owner's own agency and without further accounts. */
export async function fillSampleWorkspace(
	door: Door,
	{ workspaceId, agencyId, personId }: { workspaceId: string; agencyId: string; personId: string }
): Promise<void> {
	await fill(door, workspaceId, [], '', { agencyId, personId });
}

async function fill(
	door: Door,
	workspaceId: string,
	people: SamplePerson[],
	password: string,
	existing: { agencyId?: string; personId?: string }
): Promise<void> {
	const agencies = await addAgencies(door.sql, workspaceId, existing.agencyId);
	const persons = new Map<string, string>();
	for (const person of people)
		persons.set(person.email, await addPerson(door, workspaceId, person, agencies.get(person.agency) ?? null, password));
	const author = { id: existing.personId ?? persons.get('drafter@sample.test')! };
	const secretary = { id: existing.personId ?? persons.get('secretary@sample.test')! };
	const add = (sample: SampleText, person: { id: string }, content = contentOf(sample)) =>
		createDocument(door, person, {
			workspaceId,
			title: sample.title,
			kind: sample.kind,
			profile: sample.profile,
			leadAgencyId: agencies.get('VPUB')!,
			first: firstText(content, sample.profile)
		});

	const main = await add(RESOLUTION, author);
	const programme = await add(PROGRAMME, author, withTasks(contentOf(PROGRAMME)));
	const plan = await add(PLAN, secretary);
	const notice = await add(NOTICE, secretary);
	const report = await add(REPORT, author);
	const share = (id: string, code: string, role: string) =>
		door.sql.query(
			'insert into public.document_access (workspace_id, document_id, agency_id, role, granted_by) values ($1, $2, $3, $4, $5)',
			[workspaceId, id, agencies.get(code), role, author.id]
		);
	await share(main.id, 'SKHCN', 'editor');
	await share(main.id, 'STC', 'commenter');
	await share(programme.id, 'SKHCN', 'editor');
	await share(programme.id, 'SNV', 'commenter');
	await share(plan.id, 'HVHC', 'editor');
	const viewer = persons.get('viewer@sample.test');
	if (viewer)
		await door.sql.query(
			`insert into public.document_access (workspace_id, document_id, person_id, role, granted_by) values ($1, $2, $3, 'viewer', $4)`,
			[workspaceId, main.id, viewer, author.id]
		);
	const guest = persons.get('guest@sample.test');
	if (guest)
		await door.sql.query(
			`insert into public.document_access (workspace_id, document_id, guest_id, role, granted_by) values ($1, $2, $3, 'commenter', $4)`,
			[workspaceId, main.id, guest, author.id]
		);
	for (const [id, state] of [
		[programme.id, 'appraisal'],
		[notice.id, 'issued'],
		[plan.id, 'issued']
	]) {
		await door.sql.query('insert into public.document_transitions (document_id, state, decided_by) values ($1, $2, $3)', [
			id,
			state,
			secretary.id
		]);
	}
	for (const [index, { id }] of [main, programme, plan, report, notice].entries()) {
		await door.sql.query(
			`update public.documents d set edited_at = now() - $2 * interval '22 hours', edited_by = p.id, edited_by_name = p.full_name
			from public.people p where d.id = $1 and p.id = d.created_by`,
			[id, index]
		);
	}
	for (const word of WORDS)
		await door.sql.query('insert into public.workspace_words (workspace_id, word) values ($1, $2)', [workspaceId, word]);
	const codrafter = persons.get('codrafter@sample.test');
	if (codrafter)
		await door.sql.query('insert into public.document_visits (document_id, person_id) values ($1, $2)', [main.id, codrafter]);
	for (const { id } of [notice, plan, programme, main]) {
		for (const person of [author, secretary]) {
			await door.sql.query('insert into public.document_visits (document_id, person_id) values ($1, $2) on conflict do nothing', [
				id,
				person.id
			]);
		}
	}
}

async function addAgencies(sql: Sql, workspaceId: string, leadId: string | undefined): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const agency of AGENCIES) {
		if (agency === AGENCIES[0] && leadId) {
			ids.set(agency.code, leadId);
			continue;
		}
		const [row] = await sql.query<{ id: string }>(
			`insert into public.agencies (workspace_id, name, short_name, code, colour) values ($1, $2, $3, $4, $5)
			on conflict (workspace_id, name) do update set short_name = excluded.short_name returning id`,
			[workspaceId, agency.name, agency.shortName, agency.code, agency.colour]
		);
		ids.set(agency.code, row.id);
	}
	return ids;
}

async function addPerson(
	{ sql, backend }: Door,
	workspaceId: string,
	person: SamplePerson,
	agencyId: string | null,
	password: string
): Promise<string> {
	const account = await backend.createAccount(person.email, password);
	if (typeof account === 'string') throw new Error(`the account ${person.email} could not be made: ${account}`);
	await sql.query('insert into public.people (id, email, full_name) values ($1, $2, $3)', [
		account.id,
		person.email,
		person.position
	]);
	if (person.memberRole === 'guest') {
		await sql.query('insert into public.guests (workspace_id, person_id, organisation) values ($1, $2, $3)', [
			workspaceId,
			account.id,
			person.agency
		]);
		return account.id;
	}
	await sql.query('insert into public.members (workspace_id, person_id, agency_id, role, is_head) values ($1, $2, $3, $4, $5)', [
		workspaceId,
		account.id,
		agencyId,
		person.memberRole,
		person.memberRole === 'owner' || person.position.includes('Giám đốc')
	]);
	return account.id;
}

function contentOf(sample: SampleText): JsonNode {
	const { content } = recognise(textToBlocks(sample.text), { profile: sample.profile });
	const blocks = content.content ?? [];
	return { ...content, content: linkCitations(blocks, numberProvisions(blocks, sample.profile)) };
}

function withTasks(content: JsonNode): JsonNode {
	const rows = TASK_ROWS.map((cells, row) => ({
		type: 'tableRow',
		content: cells.map((text) => ({
			type: row === 0 ? 'tableHeader' : 'tableCell',
			content: [{ type: 'paragraph', content: [{ type: 'text', text }] }]
		}))
	}));
	return { ...content, content: [...(content.content ?? []), { type: 'table', content: rows }] };
}
