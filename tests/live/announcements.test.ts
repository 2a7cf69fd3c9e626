import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { freshDatabase } from '../support/services.ts';
import { DatabaseProxy } from '../sync/support/database-proxy.ts';
import { embeddedShelf, postgresShelf, type Shelf } from '../support/shelf.ts';
import { testWith } from '../sync/support/services.ts';
import { until } from '../sync/support/wait.ts';
import { LiveClient } from './support/live-client.ts';
import { type ServedLive, serveLive, type ServeLiveOptions, setStage, type Stage } from './support/stage.ts';

const postgresFound = await freshDatabase();
const withPostgres = testWith('Postgres', postgresFound);

let shelf: Shelf;
let stage: Stage;
const nodes: ServedLive[] = [];

async function node(options: ServeLiveOptions = {}, sql: Sql = shelf.sql): Promise<ServedLive> {
	const served = await serveLive(sql, options);
	nodes.push(served);
	return served;
}

const library = () => `workspace:${stage.workspaceId}`;

describe.each([
	['on PGlite', test, embeddedShelf],
	['on Postgres', withPostgres, () => postgresShelf(postgresFound!)]
] as const)('announcements %s', (where, place, open) => {
	const isThere = where === 'on PGlite' || postgresFound !== null;

	beforeAll(async () => {
		if (!isThere) return;
		shelf = await open();
		stage = await setStage(shelf);
	});
	afterEach(() => Promise.all(nodes.splice(0).map((served) => served.stop())));
	afterAll(async () => {
		if (isThere) await shelf.close();
	});

	/** What the database announces while this runs, as topic and kind, in any order. */
	async function announced(act: () => Promise<unknown>): Promise<string[]> {
		const heard: string[] = [];
		const stop = await shelf.sql.listen('plenum_live', (payload) => heard.push(payload));
		await act();
		await shelf.sql.query(`select pg_notify('plenum_live', 'the last')`);
		await until('everything was heard', () => heard.includes('the last'));
		await stop();
		return heard
			.filter((payload) => payload !== 'the last')
			.map((payload) => {
				const { topic, kind, id, ...content } = JSON.parse(payload) as { topic: string; kind: string; id: string };
				expect(content).toEqual({});
				expect([stage.workspaceId, topic.split(':')[1]]).toContain(id);
				return `${topic} ${kind}`;
			})
			.sort();
	}

	place('[AN1] what changed in a library is announced, whoever changed it, and not what was not done', async () => {
		const document = await stage.newDocument();
		const topics = (kind: string) => [`document:${document} ${kind}`, `${library()} documents`].sort();
		const update = (set: string) => () => shelf.sql.query(`update public.documents set ${set} where id = $1`, [document]);
		expect(await announced(update(`title = 'Tên mới'`))).toEqual(topics('document'));
		expect(
			await announced(() =>
				shelf.sql.query(`insert into public.document_transitions (document_id, state) values ($1, 'consulting')`, [document])
			)
		).toEqual(topics('document'));
		// Whoever it is shared with has a notice of it, which goes with the right.
		const shared = [...topics('access'), `person:${stage.drafter} notices`].sort();
		expect(await announced(() => stage.share(document, 'viewer'))).toEqual(shared);
		expect(await announced(() => stage.share(document, null))).toEqual(shared);
		expect(
			await announced(() => shelf.sql.query('insert into public.document_trashings (document_id) values ($1)', [document]))
		).toEqual(topics('trash'));
		expect(await announced(update('edited_at = now(), word_count = 7'))).toEqual([]);
		expect(
			await announced(() =>
				shelf.sql
					.transaction(async (tx) => {
						await tx.query(`update public.documents set title = 'Không' where id = $1`, [document]);
						throw new Error('undone');
					})
					.catch(() => {})
			)
		).toEqual([]);
		expect(await announced(() => shelf.sql.query('delete from public.documents where id = $1', [document]))).toEqual(
			expect.arrayContaining(topics('document'))
		);
	});

	place('[AN1] typing announces nothing', async () => {
		const document = await stage.newDocument();
		const type = () =>
			shelf.sql.query(
				`insert into public.document_updates (document_id, epoch, bytes) select id, epoch, '\\x00' from public.documents where id = $1`,
				[document]
			);
		expect(await announced(type)).toEqual([]);
	});

	place('[AN1] changes of a workspace, its agencies and its members are announced', async () => {
		const workspace = (text: string) => () => shelf.sql.query(text, [stage.workspaceId]);
		expect(await announced(workspace(`update public.workspaces set name = 'Tỉnh' where id = $1`))).toEqual([
			`${library()} workspace`
		]);
		expect(
			await announced(workspace(`update public.agencies set name = name || '.' where workspace_id = $1 and code = 'SNV'`))
		).toEqual([`${library()} agencies`]);
		expect(
			await announced(() =>
				shelf.sql.query('update public.members set is_head = not is_head where person_id = $1', [stage.drafter])
			)
		).toEqual([`person:${stage.drafter} members`, `${library()} members`].sort());
	});

	place('[AN2] every node tells those who listen to the topic, and nobody else', async () => {
		const [north, south] = [await node(), await node()];
		const [one, other] = [await stage.newDocument(), await stage.newDocument()];
		const here = new LiveClient(north.url, stage.owner);
		const there = new LiveClient(south.url, stage.owner);
		const elsewhere = new LiveClient(south.url, stage.owner);
		await Promise.all([here.join(`document:${one}`), there.join(`document:${one}`), elsewhere.join(`document:${other}`)]);
		await shelf.sql.query(`update public.documents set title = 'Một' where id = $1`, [one]);
		await until('both hear', () => [here, there].every((client) => client.about(`document:${one}`).length > 0));
		expect(here.about(`document:${one}`)).toEqual([{ topic: `document:${one}`, seq: 1, kind: 'document', id: one }]);
		await elsewhere.settled();
		expect(elsewhere.heard.some((message) => 'topic' in message)).toBe(false);
	});

	place('[AN3, AN7] many announcements become few messages, which say what all of them share', async () => {
		const { url, live } = await node({ limits: { announceEveryMs: 1_000 } });
		const document = await stage.newDocument();
		const topic = `document:${document}`;
		const client = new LiveClient(url, stage.owner);
		await client.join(topic);
		const rename = (nth: number) =>
			shelf.sql.query('update public.documents set title = $2 where id = $1', [document, `Tên ${nth}`]);
		await rename(0);
		await until('the first comes at once', () => client.about(topic).length === 1);
		const before = live.counters.total('notices');
		for (let nth = 1; nth <= 20; nth++) await rename(nth);
		await shelf.sql.query('insert into public.document_trashings (document_id) values ($1)', [document]);
		await until('all were announced', () => live.counters.total('notices') >= before + 42);
		await until('the second', () => client.about(topic).length === 2);
		expect(client.about(topic)).toEqual([
			{ topic, seq: 1, kind: 'document', id: document },
			{ topic, seq: 2, id: document }
		]);
	});

	place('[AN4] a message reaches all of very many sockets, slice by slice', async () => {
		const { url, live } = await node({ limits: { slice: 7 } });
		const clients = Array.from({ length: 50 }, () => new LiveClient(url, stage.owner));
		await Promise.all(clients.map((client) => client.join(library())));
		await stage.newDocument();
		await until('all hear', () => clients.every((client) => client.about(library()).length === 1));
		expect(live.counters.total('messages')).toBe(50);
		expect(clients.map(({ ws }) => ws.extensions)).toEqual(Array(50).fill(''));
	});
});

withPostgres('[AN5] when a node has not heard the database for a while, its pages are told so, and hear again', async () => {
	const found = (await freshDatabase())!;
	shelf = await postgresShelf(found);
	stage = await setStage(shelf);
	const proxy = await DatabaseProxy.before(found.url);
	const sql = postgresSql(proxy.url);
	const served = await serveLive(sql);
	const client = new LiveClient(served.url, stage.owner);
	await client.join(library());
	proxy.refuse();
	await stage.newDocument();
	await refused(new URL(proxy.url));
	proxy.recover();
	await until('the gap', () => client.heard.some((message) => 'gap' in message && message.gap === library()), 20_000);
	expect(client.about(library())).toEqual([]);
	await stage.newDocument();
	await until('it hears again', () => client.about(library()).length === 1);
	await served.stop();
	await sql.close();
	await proxy.close();
	await shelf.close();
});

test('[AN6] what only the process knows is made while somebody listens, and comes as it is', async () => {
	shelf = await embeddedShelf();
	stage = await setStage(shelf);
	let push: (data: unknown) => void = () => {};
	const acts: string[] = [];
	const begin = (id: string, tell: typeof push) => {
		acts.push(`begin ${id}`);
		(push = tell)({ people: 1 });
		return () => void acts.push('stop');
	};
	const served = await serveLive(shelf.sql, { sources: { rooms: { begin } } });
	const topic = `rooms:${stage.workspaceId}`;
	const [one, two] = [new LiveClient(served.url, stage.owner), new LiveClient(served.url, stage.owner)];
	await one.join(topic);
	await two.join(topic);
	push({ people: 2 });
	await until('both hear', () => [one, two].every((client) => client.about(topic).at(-1)?.seq === 2));
	expect(two.about(topic).at(-1)).toEqual({ topic, seq: 2, data: { people: 2 } });
	one.send({ leave: topic });
	two.ws.close();
	await until('it stops', () => acts.length === 2);
	expect(acts).toEqual([`begin ${stage.workspaceId}`, 'stop']);
	await served.stop();
	await shelf.close();
});

/** Resolves when a connection to this address was refused or cut. */
function refused({ hostname, port }: URL): Promise<void> {
	return new Promise((resolve) =>
		connect(Number(port), hostname)
			.on('error', () => {})
			.on('close', () => resolve())
	);
}
