import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { NAMES, openTestWorkspace, type TestWorkspace } from '../../../../tests/support/test-workspace.ts';
import { refused } from '../../../../tests/support/refused.ts';
import type { Installation, RoomReport } from '../engine.server.ts';
import type { NodeReport } from '../rooms/reporter.server.ts';
import { inOrder, type LiveRoom, type LiveRooms } from './live-rooms.ts';
import { disconnectEverybody, joinRooms, readLiveRooms, titlesAs } from './live-rooms.server.ts';
import { roomsSource } from './rooms-source.server.ts';

vi.setConfig({ hookTimeout: 60_000, testTimeout: 30_000 });

let stage: TestWorkspace;
let own: string;
let foreign: string;

beforeAll(async () => {
	stage = await openTestWorkspace();
	own = await newDocument(stage.workspaceId, stage.agencies.lead, 'Nghị quyết của thành phố');
	const [elsewhere] = await stage.sql.query<{ id: string; agency: string }>(
		`select w.id, a.id as agency from public.workspaces w join public.agencies a on a.workspace_id = w.id where w.slug = 'noi-khac'`
	);
	foreign = await newDocument(elsewhere.id, elsewhere.agency, 'Quyết định nơi khác');
});
afterAll(() => stage?.close());

async function newDocument(workspaceId: string, leadAgencyId: string, title: string): Promise<string> {
	const [{ id }] = await stage.sql.query<{ id: string }>(
		`insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values ($1, $2, 'nd30', 'resolution', $3) returning id`,
		[workspaceId, title, leadAgencyId]
	);
	return id;
}

function room(documentId: string, more: Partial<RoomReport> = {}): RoomReport {
	return {
		documentId,
		node: 'north',
		workspaceId: null,
		state: 'live',
		people: [],
		editedAt: null,
		unsaved: { rows: 0, bytes: 0, oldestMs: 0 },
		logRows: 0,
		snapshotBytes: 0,
		textBytes: 0,
		hasDocument: false,
		...more
	};
}

const person = (personId: string, role: 'editor' | 'viewer', connections = 1) => ({
	personId,
	name: personId,
	agency: 'SNV',
	colour: '#123456',
	role,
	connections
});

const busy = { people: [person('hoa', 'editor')] };

function installation(...rooms: RoomReport[]): { everywhere(): Promise<Installation> } {
	const waits = { p50: 0.02, p99: null, answered: 3, seconds: 300 };
	const north: NodeReport = {
		node: 'north',
		startedAt: 1,
		connections: 9,
		waits,
		isStoring: true,
		storingSince: 1,
		eventLoop: { p50: 0, p99: 1, max: 2 },
		rooms
	};
	return { everywhere: async () => ({ node: 'north', nodes: [north], silent: [], isBusUp: null }) };
}

describe('what an owner sees of the open documents', () => {
	test('[OP6] documents of the own workspace, and no trace of another', async () => {
		const engine = installation(room(own, busy), room(foreign, busy), room(crypto.randomUUID(), busy));
		const seen = await readLiveRooms(titlesAs(stage.as('owner'), stage.workspaceId), stage.workspaceId, engine);
		expect(seen.rooms.map(({ title }) => title)).toEqual(['Nghị quyết của thành phố']);
		expect(JSON.stringify(seen)).not.toContain(foreign);
		expect((await readLiveRooms(titlesAs(stage.as('stranger'), stage.workspaceId), stage.workspaceId, engine)).rooms).toEqual([]);
		expect(seen.nodes).toEqual([
			{
				node: 'north',
				startedAt: 1,
				p50: 20,
				p99: null,
				answered: 3,
				seconds: 300,
				isStoring: true,
				storingSince: 1,
				eventLoop: { p50: 0, p99: 1, max: 2 }
			}
		]);
	});

	test('[OP6] however many are open, all titles are found', async () => {
		const many = Array.from({ length: 250 }, () => room(crypto.randomUUID(), busy));
		const seen = await readLiveRooms(
			titlesAs(stage.as('owner'), stage.workspaceId),
			stage.workspaceId,
			installation(...many, room(own, busy))
		);
		expect(seen.rooms.map(({ documentId }) => documentId)).toEqual([own]);
	});

	test('[OP4] a document that all have left is shown only while something of it is not saved', async () => {
		const seen = async (more: Partial<RoomReport>) =>
			(await readLiveRooms(titlesAs(stage.as('owner'), stage.workspaceId), stage.workspaceId, installation(room(own, more))))
				.rooms.length;
		expect(await seen({})).toBe(0);
		expect(await seen({ unsaved: { rows: 1, bytes: 9, oldestMs: 5 } })).toBe(1);
	});

	test('[OP6] what row level security hides stays hidden', async () => {
		const seen = await readLiveRooms(
			titlesAs(stage.as('outsider'), stage.workspaceId),
			stage.workspaceId,
			installation(room(own, busy))
		);
		expect(seen.rooms).toEqual([]);
	});
});

describe('what is pushed to owners while they look', () => {
	const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

	test('[OP4, OP6] documents of the workspace, at once and again and again, until nobody looks', async () => {
		const pushed: LiveRooms[] = [];
		const stop = roomsSource({
			sql: stage.sql,
			engine: installation(room(own, busy), room(foreign, busy)),
			log,
			everyMs: 1
		}).begin(stage.workspaceId, (rooms) => void pushed.push(rooms as LiveRooms));
		await vi.waitFor(() => expect(pushed.length).toBeGreaterThan(2));
		stop();
		const told = pushed.length;
		expect(pushed[0].rooms.map(({ documentId }) => documentId)).toEqual([own]);
		await stage.sql.query('select 1');
		expect(pushed.length).toBe(told);
	});

	test('[OP4] what could not be found out once is told the next time', async () => {
		let asked = 0;
		const engine = { everywhere: () => (asked++ === 0 ? Promise.reject(new Error('down')) : installation().everywhere()) };
		const pushed: unknown[] = [];
		const stop = roomsSource({ sql: stage.sql, engine, log, everyMs: 1 }).begin(
			stage.workspaceId,
			(rooms) => void pushed.push(rooms)
		);
		await vi.waitFor(() => expect(pushed.length).toBeGreaterThan(0));
		stop();
	});
});

describe('disconnecting everybody', () => {
	const disconnected: string[] = [];
	const engine = { disconnectAll: (documentId: string) => void disconnected.push(documentId) };

	test.each(NAMES.filter((name) => name !== 'owner'))('[OP6] is refused to the %s', async (name) => {
		await expect(disconnectEverybody(stage.as(name), stage.workspaceId, own, engine)).rejects.toEqual(refused(404));
		expect(disconnected).toEqual([]);
	});

	test('[OP6] an owner does it in the own workspace, and the trail says so', async () => {
		await expect(disconnectEverybody(stage.as('owner'), stage.workspaceId, foreign, engine)).rejects.toEqual(refused(404));
		await disconnectEverybody(stage.as('owner'), stage.workspaceId, own, engine);
		expect(disconnected).toEqual([own]);
		const [event] = await stage.sql.query(
			'select verb, person_id, object_label from public.audit_events order by id desc limit 1'
		);
		expect(event).toEqual({ verb: 'disconnected', person_id: stage.people.owner, object_label: 'Nghị quyết của thành phố' });
	});
});

test('[OP4] what nodes say about one document becomes one row', () => {
	const [joined] = joinRooms(
		[
			room('paper', {
				node: 'north',
				people: [person('hoa', 'editor', 2)],
				editedAt: 5,
				unsaved: { rows: 2, bytes: 9, oldestMs: 40 },
				logRows: 7,
				textBytes: 90
			}),
			room('paper', {
				node: 'south',
				people: [person('hoa', 'editor'), person('an', 'viewer')],
				editedAt: 9,
				unsaved: { rows: 1, bytes: 9, oldestMs: 90 },
				logRows: 6,
				state: 'read-only',
				snapshotBytes: 50
			})
		],
		new Map([['paper', 'Văn bản']])
	);
	expect(joined).toMatchObject({
		title: 'Văn bản',
		connections: 4,
		writers: 1,
		readers: 1,
		editedAt: 9,
		unsavedRows: 3,
		unsavedMs: 90,
		logRows: 7
	});
	expect(joined).toMatchObject({ snapshotBytes: 50, textBytes: 90, state: 'read-only', nodes: ['north', 'south'] });
	expect(joined.people.map(({ personId, connections }) => [personId, connections])).toEqual([
		['an', 1],
		['hoa', 3]
	]);
});

test('rooms are ordered by people or by what is not saved, and then by title', () => {
	const of = (title: string, people: number, unsavedRows: number) =>
		({ documentId: title, title, people: Array(people), unsavedRows }) as LiveRoom;
	const rooms = [of('B', 1, 0), of('Â', 1, 5), of('A', 3, 5)];
	const titles = new Intl.Collator('vi');
	expect(inOrder(rooms, 'people', 'descending', titles).map(({ title }) => title)).toEqual(['A', 'Â', 'B']);
	expect(inOrder(rooms, 'people', 'ascending', titles).map(({ title }) => title)).toEqual(['Â', 'B', 'A']);
	expect(inOrder(rooms, 'unsaved', 'descending', titles).map(({ title }) => title)).toEqual(['A', 'Â', 'B']);
	expect(inOrder(rooms, 'title', 'descending', titles).map(({ title }) => title)).toEqual(['B', 'Â', 'A']);
});
