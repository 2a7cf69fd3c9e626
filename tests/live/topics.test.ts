import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Sql } from '../../src/lib/server/sql.ts';
import { embeddedShelf, type Shelf } from '../support/shelf.ts';
import { until } from '../sync/support/wait.ts';
import { LiveClient } from './support/live-client.ts';
import { type ServedLive, serveLive, setStage, type Stage } from './support/stage.ts';

let shelf: Shelf;
let stage: Stage;
let served: ServedLive;

beforeAll(async () => {
	shelf = await embeddedShelf();
	stage = await setStage(shelf);
});
afterEach(() => served?.stop());
afterAll(() => shelf.close());

const start = async (options: Parameters<typeof serveLive>[1] = {}, sql: Pick<Sql, 'listen' | 'transaction'> = shelf.sql) =>
	(served = await serveLive(sql, options));
const person = (id: string) => new LiveClient(served.url, id);
const library = () => `workspace:${stage.workspaceId}`;

/** The database, with something to wait for before and after each question about rights. */
function watched(before: () => Promise<void>, after = async () => {}): Pick<Sql, 'listen' | 'transaction'> {
	return {
		listen: (...how) => shelf.sql.listen(...how),
		async transaction(run) {
			await before();
			const answer = await shelf.sql.transaction(run);
			await after();
			return answer;
		}
	};
}

test('[TP1, AN7] requests are answered in their order, and asking twice is answered twice', async () => {
	await start();
	const own = `person:${stage.owner}`;
	const client = person(stage.owner);
	expect(await client.join(library(), 'nonsense', own, library())).toEqual([true, false, true, true]);
	expect(client.heard).toEqual([
		{ joined: library(), seq: 0 },
		{ refused: 'nonsense' },
		{ joined: own, seq: 0 },
		{ joined: library(), seq: 0 }
	]);
	await stage.newDocument();
	await until('the message', () => client.about(library()).length > 0);
	expect(client.about(library()).map(({ seq }) => seq)).toEqual([1]);
	client.send({ join: library() });
	await until('the answer', () => client.heard.some((message) => 'joined' in message && message.seq === 1));
});

test('[TP2] people join what they may see, and everything else is refused alike', async () => {
	await start();
	const hidden = await stage.newDocument();
	const shared = await stage.newDocument();
	await stage.share(shared, 'viewer');
	const topics = [
		library(),
		`document:${hidden}`,
		`document:${shared}`,
		`rooms:${stage.workspaceId}`,
		`person:${stage.owner}`,
		`person:${stage.drafter}`,
		`person:${stage.stranger}`
	];
	const rest = [
		`document:${randomUUID()}`,
		`round:${hidden}`,
		`workshop:${hidden}`,
		`session:${hidden}`,
		`documents:${shared}`,
		'document:',
		`document:${shared} `,
		`DOCUMENT:${shared}`
	];
	const may = async (who: string) => (await person(who).join(...topics, ...rest)).map(Number).join('');
	const no = '0'.repeat(rest.length);
	expect(await may(stage.owner), 'owner').toBe(`1111100${no}`);
	expect(await may(stage.drafter), 'drafter').toBe(`1010010${no}`);
	expect(await may(stage.stranger), 'stranger').toBe(`0000001${no}`);
});

test('[TP2, TP3] a guest hears of the document they are invited to, as long as they are, and of nothing else', async () => {
	await start();
	const [shared, other] = [await stage.newDocument(), await stage.newDocument()];
	await shelf.sql.query(`insert into public.guests (workspace_id, person_id, organisation) values ($1, $2, 'Trường Đại học')`, [
		stage.workspaceId,
		stage.stranger
	]);
	await shelf.sql.query(
		`insert into public.document_access (workspace_id, document_id, guest_id, role) values ($1, $2, $3, 'commenter')`,
		[stage.workspaceId, shared, stage.stranger]
	);
	const guest = person(stage.stranger);
	expect(
		await guest.join(
			`document:${shared}`,
			`document:${other}`,
			library(),
			`rooms:${stage.workspaceId}`,
			`person:${stage.stranger}`
		)
	).toEqual([true, false, false, false, true]);
	await shelf.sql.query('delete from public.document_access where guest_id = $1', [stage.stranger]);
	await until('it is told', () => guest.heard.some((message) => 'left' in message && message.left === `document:${shared}`));
});

test('[TP2] a document in the trash is its managers’', async () => {
	await start();
	const document = await stage.newDocument();
	await stage.share(document, 'editor');
	await shelf.sql.query('insert into public.document_trashings (document_id) values ($1)', [document]);
	expect(await person(stage.drafter).join(`document:${document}`)).toEqual([false]);
	expect(await person(stage.owner).join(`document:${document}`)).toEqual([true]);
});

test('[TP2] one socket has only so many topics', async () => {
	await start({ limits: { topicsPerConnection: 2 } });
	const [one, two] = [`document:${await stage.newDocument()}`, `document:${await stage.newDocument()}`];
	const client = person(stage.owner);
	expect(await client.join(one, two, library(), one)).toEqual([true, true, false, true]);
	client.send({ leave: one });
	expect(await client.join(library())).toEqual([true]);
});

test.each([
	['the document is shared no longer', (document: string) => stage.share(document, null)],
	[
		'it goes to the trash',
		(document: string) => shelf.sql.query('insert into public.document_trashings (document_id) values ($1)', [document])
	],
	['it is deleted', (document: string) => shelf.sql.query('delete from public.documents where id = $1', [document])]
])('[TP3] who may see a topic no longer hears no more of it: %s', async (_, act) => {
	await start();
	const document = await stage.newDocument();
	await stage.share(document, 'editor');
	const topic = `document:${document}`;
	const client = person(stage.drafter);
	await client.join(topic, library());
	await act(document);
	await until('it is told', () =>
		client.heard.some((message) => 'left' in message && message.left === topic && message.reason === 'no access')
	);
	const heard = client.about(topic).length;
	await shelf.sql.query(`update public.documents set title = 'Tên khác' where id = $1`, [document]);
	await client.settled();
	expect(client.about(topic).length).toBe(heard);
	expect(client.heard.some((message) => 'left' in message && message.left === library())).toBe(false);
});

test('[TP3] who is no member any more leaves the workspace', async () => {
	await start();
	const client = person(stage.drafter);
	await client.join(library());
	await shelf.sql.query('delete from public.members where person_id = $1', [stage.drafter]);
	await until('it is told', () => client.heard.some((message) => 'left' in message && message.left === library()));
	expect(await client.join(library())).toEqual([false]);
	await shelf.sql.query(`insert into public.members (workspace_id, person_id, agency_id, role) values ($1, $2, $3, 'member')`, [
		stage.workspaceId,
		stage.drafter,
		stage.drafterAgency
	]);
	expect(await client.join(library())).toEqual([true]);
});

test('[TP3] a right that is taken away while its topic is being joined is not granted', async () => {
	const document = await stage.newDocument();
	await stage.share(document, 'editor');
	let answer = () => {};
	let asked = 0;
	const afterwards = async () => {
		if (asked++ === 0) await new Promise<void>((resolve) => (answer = resolve));
	};
	await start(
		{},
		watched(async () => {}, afterwards)
	);
	const client = await person(stage.drafter).open();
	client.send({ join: `document:${document}` });
	await until('the question', () => asked === 1);
	await stage.share(document, null);
	answer();
	await until('it is told', () => client.heard.some((message) => 'left' in message || 'refused' in message));
});

test('[TP4] rights are asked for again when nobody announced a change', async () => {
	await start({ limits: { recheckMs: 200 } });
	const document = await stage.newDocument();
	await stage.share(document, 'editor');
	const client = person(stage.drafter);
	await client.join(`document:${document}`);
	await shelf.sql.script('alter table public.document_access disable trigger announce_access');
	await stage.share(document, null);
	await shelf.sql.script('alter table public.document_access enable trigger announce_access');
	await until('it is told', () => client.heard.some((message) => 'left' in message));
});

test('[TP5] when rights cannot be read nobody goes on hearing, and nobody is refused for good', async () => {
	let isDown = false;
	await start(
		{},
		watched(async () => {
			if (isDown) throw new Error('down');
		})
	);
	const client = person(stage.owner);
	await client.join(library());
	isDown = true;
	const late = await person(stage.owner).open();
	late.send({ join: library() });
	expect((await late.end()).code).toBe(1013);
	await shelf.sql.query('update public.members set is_head = not is_head where person_id = $1', [stage.owner]);
	expect((await client.end()).code).toBe(1013);
});

test('[TP5] a database that says nothing counts as one that cannot be asked', async () => {
	await start(
		{ limits: { admitMs: 200 } },
		watched(() => new Promise(() => {}))
	);
	const client = await person(stage.owner).open();
	client.send({ join: library() });
	expect((await client.end()).code).toBe(1013);
});

test('[TP6] who leaves hears no more', async () => {
	await start();
	const client = person(stage.owner);
	const other = person(stage.drafter);
	await client.join(library());
	await other.join(library());
	client.send({ leave: library() });
	client.send({ leave: 'nothing' });
	await client.settled();
	expect(client.heard.slice(1, 2)).toEqual([{ left: library(), reason: 'asked' }]);
	await stage.newDocument();
	await until('the other hears', () => other.about(library()).length > 0);
	await client.settled();
	expect(client.about(library())).toEqual([]);
	expect(served.live.stats().topics).toBe(1);
});
