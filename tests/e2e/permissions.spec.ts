import { expect, test } from '@playwright/test';
import { KINDS } from '../../src/lib/documents/schema/kinds.ts';
import { accessToken } from '../load/session.ts';
import { PASSWORD, WORKSPACE, type Person } from '../support/people.ts';
import { runCommand, startPlenum, temporaryFolder, type Plenum } from '../support/plenum.ts';

/** An installation of their own: these acts take people and agencies from under the other specs. */
let plenum: Plenum;
const bearers = {} as Record<Role, string | null>;
const people = {} as Record<Person, string>;
let agency: string;
let count = 0;

/** Who acts: the sample's people, nobody, and a program of the owner's that may only read. */
const ROLES = ['owner', 'secretary', 'drafter', 'reviewer', 'guest', 'nobody', 'reader'] as const;
type Role = (typeof ROLES)[number];
const MEMBERS = ['owner', 'secretary', 'drafter', 'reviewer'] as const;

interface Operation {
	/** Who may; the program that reads may what its owner may. */
	allowed: readonly Role[];
	/** What it is done to, made anew for each who tries; `{id}` in the address. */
	to?: () => Promise<string>;
	body?: () => object;
	/** What those are told who may not, where it is not 404 for guests and 403 for members. */
	refused?: Partial<Record<Role, number>>;
	/** Where one sees that it was done, as the owner; null: it changes nothing that can be seen. */
	look?: string | null;
}

const HIDDEN = { secretary: 404, drafter: 404, reviewer: 404 };
const here = `workspace=${WORKSPACE}`;
const AGENCIES = `/api/agencies?${here}&limit=200`;
const MEMBERS_LIST = `/api/members?${here}&limit=200`;
const GUESTS = `/api/guests?${here}`;
const INVITATIONS = `/api/invitations?${here}&limit=200`;
const TRASH = `/api/trash?${here}`;

const OPERATIONS: Record<string, Operation> = {
	'GET /api/me': { allowed: [...MEMBERS, 'guest'] },
	'GET /api/workspaces/{workspace}': { allowed: MEMBERS },
	'PATCH /api/workspaces/{workspace}': {
		allowed: ['owner'],
		body: () => ({ name: newName() }),
		look: `/api/workspaces/${WORKSPACE}`
	},
	'GET /api/workspaces/{workspace}/retention': { allowed: MEMBERS },
	'PUT /api/workspaces/{workspace}/retention': {
		allowed: ['owner'],
		body: () => ({ ...Object.fromEntries(KINDS.map((kind) => [kind, null])), resolution: ++count }),
		look: `/api/workspaces/${WORKSPACE}/retention`
	},
	'GET /api/workspaces/{workspace}/words': { allowed: MEMBERS },
	'POST /api/workspaces/{workspace}/words': {
		allowed: ['owner', 'secretary'],
		body: () => ({ word: [...String(++count)].map((digit) => 'abcdeghikl'[Number(digit)]).join('') + 'xyz' }),
		look: `/api/workspaces/${WORKSPACE}/words`
	},
	'DELETE /api/workspaces/{workspace}/hold': { allowed: ['owner'], refused: HIDDEN, look: null },
	[`GET /api/agencies?${here}`]: { allowed: MEMBERS },
	[`POST /api/agencies?${here}`]: { allowed: ['owner', 'secretary'], body: agencyBody, look: AGENCIES },
	'PATCH /api/agencies/{id}': {
		allowed: ['owner', 'secretary'],
		to: newAgency,
		body: () => ({ name: newName() }),
		look: AGENCIES
	},
	'DELETE /api/agencies/{id}': { allowed: ['owner'], to: newAgency, look: AGENCIES },
	'PUT /api/agencies/{id}/closing': { allowed: ['owner'], to: newAgency, body: () => ({ successorId: agency }), look: AGENCIES },
	[`GET /api/members?${here}`]: { allowed: MEMBERS },
	[`PATCH /api/members/{person}?${here}`]: {
		allowed: ['owner'],
		to: newMember,
		body: () => ({ isHead: true }),
		look: MEMBERS_LIST
	},
	[`DELETE /api/members/{person}?${here}`]: { allowed: ['owner'], to: newMember, look: MEMBERS_LIST },
	'POST /api/members/{person}/password-link': { allowed: ['owner'], to: newMember, look: null },
	[`GET /api/guests?${here}`]: { allowed: MEMBERS },
	[`DELETE /api/guests/{person}?${here}`]: { allowed: ['owner', 'secretary'], to: newGuest, look: GUESTS },
	[`GET /api/invitations?${here}`]: { allowed: MEMBERS },
	[`POST /api/invitations?${here}`]: { allowed: ['owner', 'secretary'], body: invitationBody, look: INVITATIONS },
	'PATCH /api/invitations/{id}': {
		allowed: ['owner', 'secretary'],
		to: newInvitation,
		body: () => ({ revoked: true }),
		refused: { drafter: 404, reviewer: 404 },
		look: INVITATIONS
	},
	'POST /api/invitations/{id}/link': {
		allowed: ['owner', 'secretary'],
		to: newInvitation,
		refused: { drafter: 404, reviewer: 404 },
		look: null
	},
	[`GET /api/jobs?${here}`]: { allowed: ['owner'], refused: HIDDEN },
	[`GET /api/rooms?${here}`]: { allowed: ['owner'], refused: HIDDEN },
	[`DELETE /api/rooms/{document}?${here}`]: {
		allowed: ['owner'],
		to: newDocument,
		refused: HIDDEN,
		look: `/api/audit?${here}&group=documents`
	},
	[`GET /api/audit?${here}`]: { allowed: ['owner'], refused: HIDDEN },
	[`GET /api/trash?${here}`]: { allowed: MEMBERS },
	'PUT /api/documents/{id}/trash': {
		allowed: ['owner', 'secretary', 'drafter'],
		to: newDocument,
		refused: { reviewer: 404 },
		look: TRASH
	},
	'DELETE /api/documents/{id}/trash': {
		allowed: ['owner', 'secretary', 'drafter'],
		to: newTrash,
		refused: { reviewer: 404 },
		look: TRASH
	},
	'DELETE /api/documents/{id}': {
		allowed: ['owner'],
		to: newTrash,
		body: () => ({ reason: 'Trùng' }),
		refused: { reviewer: 404 },
		look: TRASH
	},
	'POST /api/documents/{id}/versions': {
		allowed: ['owner', 'secretary', 'drafter'],
		to: newDocument,
		body: () => ({ label: newName() }),
		refused: { reviewer: 404 },
		look: `/api/audit?${here}&group=documents`
	},
	'GET /api/documents/{id}/history': {
		allowed: ['owner', 'secretary', 'drafter'],
		to: newDocument,
		refused: { reviewer: 404 }
	},
	'GET /api/documents/{id}/changes?since=2026-01-01T00:00:00Z': {
		allowed: ['owner', 'secretary', 'drafter'],
		to: newDocument,
		refused: { reviewer: 404 }
	},
	'PATCH /api/me': { allowed: [...MEMBERS, 'guest'], body: () => ({ positionTitle: newName() }), look: null }
};
/** Elsewhere: what needs a job that failed (supabase/tests/45_jobs.sql) or a word (49_workspace_words.sql), and the password, below. */
const ELSEWHERE = ['PATCH /api/jobs/{job}', 'PUT /api/me/password', 'DELETE /api/workspaces/{workspace}/words/{word}'];
const OURS = /\/api\/(me$|me\/password|workspaces|agencies|members|guests|invitations|jobs|rooms|audit|trash)/;

test.beforeAll(async () => {
	const dataDir = temporaryFolder();
	const made = await runCommand('src/sample.ts', [], { DATA_DIR: dataDir, SAMPLE_PASSWORD: PASSWORD });
	expect(made.code, made.output).toBe(0);
	plenum = await startPlenum({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
	for (const role of ROLES) if (role !== 'nobody' && role !== 'reader') bearers[role] = await accessToken(plenum.url, role);
	bearers.nobody = null;
	bearers.reader = (
		(await (await call('owner', 'POST', '/api/tokens', { name: 'Đọc', scope: 'read', days: 30 })).json()) as { token: string }
	).token;
	for (const { id, email } of (await list(MEMBERS_LIST)) as { id: string; email: string }[])
		people[email.split('@')[0] as Person] = id;
	people.guest = ((await list(GUESTS)) as { id: string }[])[0].id;
	agency = ((await list(AGENCIES)) as { id: string }[])[0].id;
});
test.afterAll(() => plenum?.stop());

test('every operation on people, workspaces, work and the trash is in the matrix', async () => {
	const { paths } = (await (await call('owner', 'GET', '/api/openapi.json')).json()) as { paths: Record<string, object> };
	const described = Object.entries(paths).flatMap(([path, methods]) =>
		OURS.test(path) ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`) : []
	);
	const known = [...Object.keys(OPERATIONS).map((operation) => operation.split('?')[0]), ...ELSEWHERE];
	expect(described.filter((operation) => !known.includes(operation))).toEqual([]);
});

for (const [operation, { allowed, to, body, refused, look }] of Object.entries(OPERATIONS)) {
	const [method, address] = operation.split(' ');
	const isRead = method === 'GET';
	test(`${operation.split('?')[0]} is for ${allowed.join(', ')}, and what others try changes nothing`, async () => {
		for (const role of ROLES) {
			const target = to ? await to() : WORKSPACE;
			const before = look && (await seen(look));
			const response = await call(role, method, address.replace(/\{\w+\}/, target), body?.());
			const mayRead = role === 'reader' && isRead;
			const may = allowed.includes(mayRead ? 'owner' : role);
			const told = role === 'nobody' ? 401 : role === 'guest' ? 404 : (refused?.[role] ?? 403);
			if (may) expect(response.ok, `${role}: ${response.status} ${await response.clone().text()}`).toBe(true);
			else expect(response.status, role).toBe(role === 'reader' ? 403 : told);
			if (!response.ok) expect(await response.json(), role).toMatchObject({ message: expect.stringMatching(/./) });
			if (!look) continue;
			if (may) expect(await seen(look), `done by ${role}`).not.toEqual(before);
			else expect(await seen(look), `tried by ${role}`).toEqual(before);
		}
	});
}

test('the password is changed in a session only, by who knows it, and ends the other sessions', async () => {
	const session = await accessToken(plenum.url, 'viewer');
	const other = await accessToken(plenum.url, 'viewer');
	const change = (bearer: string, currentPassword: string) =>
		request(bearer, 'PUT', '/api/me/password', { currentPassword, newPassword: 'mot-cau-moi-cung-dai' });
	const { token } = (await (await request(session, 'POST', '/api/tokens', { name: 'Ghi', scope: 'write', days: 30 })).json()) as {
		token: string;
	};
	expect((await change(token, PASSWORD)).status).toBe(403);
	const wrong = await change(session, 'khong-phai-the');
	expect([wrong.status, ((await wrong.json()) as { field: string }).field]).toEqual([422, 'currentPassword']);
	expect((await request(other, 'GET', '/api/me')).status).toBe(200);
	expect((await change(session, PASSWORD)).status).toBe(204);
	expect((await request(session, 'GET', '/api/me')).status).toBe(200);
	expect((await request(other, 'GET', '/api/me')).status).toBe(401);
	await expect(accessToken(plenum.url, 'viewer')).rejects.toThrow();
});

test('what is not valid is named, and a row of elsewhere is not taken', async () => {
	const field = async (method: string, path: string, body: object) => {
		const response = await call('owner', method, path, body);
		return [response.status, ((await response.json()) as { field: string | null }).field];
	};
	const nowhere = crypto.randomUUID();
	expect(await field('POST', `/api/agencies?${here}`, { ...agencyBody(), colour: 'red' })).toEqual([422, 'colour']);
	expect(await field('POST', `/api/agencies?${here}`, { ...agencyBody(), parentId: nowhere })).toEqual([422, 'parentId']);
	expect(await field('PATCH', `/api/agencies/${agency}`, {})).toEqual([422, null]);
	expect(await field('PATCH', `/api/members/${people.viewer}?${here}`, { agencyId: nowhere })).toEqual([422, 'agencyId']);
	expect(await field('PATCH', `/api/members/${people.owner}?${here}`, { role: 'member' })).toEqual([422, null]);
	expect(await field('POST', `/api/invitations?${here}`, { ...invitationBody(), days: 365 })).toEqual([422, 'days']);
	expect(await field('PUT', `/api/workspaces/${WORKSPACE}/retention`, { resolution: 0 })).toEqual([422, 'resolution']);
	expect(await field('PATCH', `/api/jobs/${nowhere}`, { state: 'done' })).toEqual([422, 'state']);
	expect(await field('PATCH', `/api/jobs/${nowhere}`, { state: 'waiting' })).toEqual([404, null]);
	expect(await field('PATCH', '/api/agencies/none', { name: 'Khác' })).toEqual([404, null]);
	expect(await field('PATCH', '/api/me', { locale: 'fr' })).toEqual([422, 'locale']);
});

function call(role: Role, method: string, path: string, body?: object): Promise<Response> {
	return request(bearers[role], method, path, body);
}

function request(bearer: string | null, method: string, path: string, body?: object): Promise<Response> {
	return fetch(`${plenum.url}${path}`, {
		method,
		headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
		body: body && JSON.stringify(body)
	});
}

/** What the owner sees there. */
async function seen(path: string): Promise<unknown> {
	return (await call('owner', 'GET', path)).json();
}

async function list(path: string): Promise<unknown[]> {
	return ((await seen(path)) as { items: unknown[] }).items;
}

async function made(path: string, body: object): Promise<{ id: string; link: string }> {
	const response = await call('owner', 'POST', path, body);
	expect(response.status, await response.clone().text()).toBe(201);
	return response.json() as Promise<{ id: string; link: string }>;
}

function newName(): string {
	return `Tên ${++count}`;
}

function agencyBody() {
	const name = newName();
	return { name, shortName: name, code: 'CQ', colour: '#0f5257', parentId: null };
}

function invitationBody() {
	return { agencyId: agency, role: 'member', isHead: false, days: 7 };
}

async function newAgency(): Promise<string> {
	return (await made(`/api/agencies?${here}`, agencyBody())).id;
}

async function newInvitation(): Promise<string> {
	return (await made(`/api/invitations?${here}`, invitationBody())).id;
}

async function newDocument(): Promise<string> {
	const leads = ((await (await call('drafter', 'GET', '/api/me')).json()) as { workspaces: { agencyId: string }[] }).workspaces[0]
		.agencyId;
	return (
		await made('/api/documents', { kind: 'plan', profile: 'nd30', title: newName(), workspace: WORKSPACE, agencyId: leads })
	).id;
}

async function newTrash(): Promise<string> {
	const id = await newDocument();
	expect((await call('owner', 'PUT', `/api/documents/${id}/trash`)).status).toBe(204);
	return id;
}

/** The outsider, who comes again when they were removed, as a member who heads nothing. */
async function newMember(): Promise<string> {
	const found = ((await list(MEMBERS_LIST)) as { id: string; isHead: boolean }[]).find(({ id }) => id === people.outsider);
	if (!found) await accept('outsider', (await made(`/api/invitations?${here}`, invitationBody())).link);
	else if (found.isHead) await call('owner', 'PATCH', `/api/members/${people.outsider}?${here}`, { isHead: false });
	return people.outsider;
}

/** The guest, who is invited again when they were sent away. */
async function newGuest(): Promise<string> {
	if ((await list(GUESTS)).length === 0) {
		const guest = { organisation: 'Trường Đại học', role: 'commenter', days: '7' };
		const [document] = (await list(`/api/documents?${here}`)) as { id: string }[];
		await accept('guest', (await made(`/api/documents/${document.id}/invitations`, guest)).link);
		bearers.guest = await accessToken(plenum.url, 'guest');
	}
	return people.guest;
}

async function accept(person: Person, link: string): Promise<void> {
	const { publishableKey } = (await (await fetch(`${plenum.url}/api/config`)).json()) as { publishableKey: string };
	const response = await fetch(`${plenum.url}/rest/v1/rpc/accept_invitation`, {
		method: 'POST',
		headers: {
			apikey: publishableKey,
			authorization: `Bearer ${await accessToken(plenum.url, person)}`,
			'content-type': 'application/json'
		},
		body: JSON.stringify({ token: link.split('/').at(-1) })
	});
	expect(response.ok, await response.text()).toBe(true);
}
