import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Bus, createLocalBus } from '../../src/lib/server/bus.ts';
import type { AccessScope } from '../../src/lib/collab/engine.server.ts';
import { clientIdsIn } from '../../src/lib/collab/persistence/client-ids.server.ts';
import { mergeVerified } from '../../src/lib/collab/persistence/merge.server.ts';
import { pack } from '../../src/lib/collab/persistence/packed.server.ts';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { partsOf, type Replacement } from '../../src/lib/collab/persistence/store.server.ts';
import { writeLogAnew } from '../../src/lib/collab/persistence/write-log-anew.server.ts';
import type { Limits } from '../../src/lib/collab/protocol.ts';
import { standingOf } from '../../src/lib/documents/access.server.ts';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { jsonToUpdate, updatesToJson } from '../../src/lib/documents/schema/body.ts';
import { SCHEMA_VERSION } from '../../src/lib/documents/schema/schema.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import { newDoc } from '../../src/lib/text/new-doc.ts';
import { freshDatabase } from '../support/services.ts';
import { Person, provisions } from '../text/support/person.ts';
import { embeddedShelf, postgresShelf, putDocument, type Shelf, storedOf } from '../support/shelf.ts';
import { asSnapshot } from './support/earlier-texts.ts';
import { visited } from './support/many-sessions.ts';
import { RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { tally } from './support/tally.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';

const SESSIONS = 40;
/** `npm run soak lives` plays 2,000 sessions of 30 people. */
const VISITS = Number(process.env.VISITS ?? 150);
const LEVELS = ['article', 'clause', 'point', 'article', 'clause', 'clause'];
const UIDS = ['#0', '#1', '#2'];
const SOON: Partial<Limits> = { renewIds: 30, unloadMs: 0, compactRows: 1e6, compactIdleRows: 1e6 };
const postgresFound = await freshDatabase();

/** A text that many have visited, with a comment. */
function oldText(sessions = SESSIONS): Y.Doc {
	const doc = newDoc();
	Y.applyUpdate(
		doc,
		provisions(['article', 'clause', 'point'], (nth) => `Phạm vi ${nth}`)
	);
	visited(doc, UIDS, sessions);
	doc.getText('#1').format(2, 4, { 'comment:7': true });
	return doc;
}

const bytesOf = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc);
const deltasOf = (doc: Y.Doc) => UIDS.map((uid) => doc.getText(uid).toDelta() as unknown);

describe('writing a log anew', () => {
	test('[LL2] gives the same document with the same attributes and one client id, and what it was', () => {
		const doc = oldText();
		const { bytes, stateVector, past, pastIds } = writeLogAnew(pack([bytesOf(doc)]))!;
		expect(updatesToJson([bytes])).toEqual(updatesToJson([bytesOf(doc)]));
		const anew = newDoc();
		Y.applyUpdate(anew, bytes);
		expect(deltasOf(anew)).toEqual(deltasOf(doc));
		expect([clientIdsIn(stateVector), pastIds]).toEqual([1, doc.store.clients.size]);
		expect(asSnapshot([past])).toEqual(bytesOf(doc));
	});

	test('[LL2] is left off while a part of the log waits for what is not there', () => {
		const doc = oldText();
		const before = bytesOf(doc);
		doc.getText('#0').insert(0, 'một');
		const missing = Y.encodeStateVector(doc);
		doc.getText('#0').insert(3, ' hai');
		expect(writeLogAnew(pack([Y.encodeStateAsUpdate(doc, missing), before]))).toBeNull();
	});
});

test(
	'[LL1, LL2] however many visit a text and edit it, it holds no more ids than the bound and no rubbish',
	{ timeout: 3_600_000 },
	() => {
		const most = 25;
		let log = [provisions(LEVELS, (nth) => `Phạm vi ${nth}`)];
		let [renewed, visits] = [0, 0];
		while (visits++ < VISITS) {
			const page = new Person(asSnapshot(log), { clientId: 1_000 + visits });
			const before = Y.encodeStateVector(page.ydoc);
			const at = visits % page.doc.childCount;
			page.cursorIn(at, visits % 9);
			page.type(`${visits} `);
			if (visits % 2 === 0) page.run(enterInProvision('nd30'));
			else if (at > 0) page.joinUp(at);
			if (visits % 3 === 0) page.run(moveSubtree(at, 0));
			if (page.doc.child(0).content.size > 40) page.delete(0, 3, 40);
			if (page.doc.childCount > 2 * LEVELS.length) page.deleteBlock(1);
			expect(page.corrections).toBe(0);
			log.push(Y.encodeStateAsUpdate(page.ydoc, before));
			page.destroy();
			if (visits % most > 0) continue;
			const seen = updatesToJson(log);
			const written = writeLogAnew(pack(log))!;
			log = [written.bytes];
			expect(updatesToJson(log)).toEqual(seen);
			expect(written.pastIds).toBeLessThanOrEqual(most + 1);
			renewed++;
		}
		expect(renewed).toBe(Math.floor(VISITS / most));
		const fresh = jsonToUpdate(updatesToJson(log)).byteLength;
		const anew = writeLogAnew(pack(log))!.bytes.byteLength;
		expect(anew).toBeLessThan(2 * fresh);
		tally('visits', { visits: VISITS, renewed, bytes: anew, fresh });
	}
);

describe.each([
	['on PGlite', test, embeddedShelf],
	['on Postgres', testWith('Postgres', postgresFound), () => postgresShelf(postgresFound!)]
] as const)('long-lived texts %s', (name, place, open) => {
	let shelf: Shelf;
	const nodes: Served[] = [];
	const listening: (() => Promise<void>)[] = [];

	beforeAll(async () => {
		if (name === 'on PGlite' || postgresFound) shelf = await open();
	});
	afterEach(async () => {
		for (const stop of listening.splice(0)) await stop();
		for (const node of nodes.splice(0)) await node.stop();
	});
	afterAll(() => shelf?.close());

	async function node(limits: Partial<Limits>, bus?: Bus): Promise<Served> {
		const access = Object.assign(new TestAccess(), {
			role: (documentId: string, personId: string) => standingOf(shelf.sql, documentId, personId)
		});
		const served = await serve({ store: new SqlStore(shelf.sql) as never, access, limits: { ...SOON, ...limits }, bus });
		nodes.push(served);
		listening.push(
			await shelf.sql.listen('plenum_access', (payload) => served.engine.recheck(JSON.parse(payload) as AccessScope))
		);
		return served;
	}

	const put = (doc: Y.Doc) => putDocument(shelf, [bytesOf(doc)], { version: SCHEMA_VERSION });
	const load = async (id: string) => (await new SqlStore(shelf.sql).load(id))!;
	const epochOf = async (id: string) => (await load(id)).epoch;
	const join = (served: Served, id: string, epoch = 1) =>
		new RawClient(served.url, id, shelf.ownerId, { query: `?schema=${SCHEMA_VERSION}&epoch=${epoch}` }).synced();

	/** Somebody has a look. */
	async function visit(served: Served, id: string): Promise<void> {
		const client = await join(served, id);
		client.close();
		await until('nobody there', () => served.engine.stats().connections === 0);
	}

	/** How often attempts ended so. */
	const outcomes = ({ engine }: Served, outcome: string) => engine.figures.counts('renewals').get(outcome)!;

	place('[LL1, LL2, EP2] are written anew when the last has left, and what they were is kept', async () => {
		const doc = oldText();
		const id = await put(doc);
		const served = await node({});
		await visit(served, id);
		await until('a new epoch', async () => (await epochOf(id)) === 2);
		const { snapshot, stateVector, updates } = await load(id);
		expect([clientIdsIn(stateVector!), updates.length]).toEqual([1, 0]);
		expect(updatesToJson([snapshot!])).toEqual(updatesToJson([bytesOf(doc)]));
		const { past } = (await storedOf(shelf, id)) as { past: { epoch: number; bytes: string }[] };
		expect(past.map(({ epoch }) => epoch)).toEqual([1]);
		expect(asSnapshot([Buffer.from(past[0].bytes, 'hex')])).toEqual(bytesOf(doc));

		// Who comes now meets the new text, and goes on writing in it.
		const next = await join(served, id, 2);
		expect(deltasOf(next.doc)).toEqual(deltasOf(doc));
		const before = Y.encodeStateVector(next.doc);
		next.doc.getText('#0').insert(0, 'Mới ');
		next.sendUpdate(Y.encodeStateAsUpdate(next.doc, before));
		await next.acked();
		expect((await load(id)).updates.length).toBe(1);
		next.close();
	});

	place('[LL1] are found in the database when nobody opens them any more', async () => {
		const doc = oldText(90);
		const id = await put(doc);
		const store = new SqlStore(shelf.sql);
		const part = (await store.loadForCompaction(id, { rows: 9, bytes: 1e6 }))!;
		const bytes = mergeVerified([part.rows[0].bytes]);
		await store.compact({
			documentId: id,
			epoch: 1,
			version: part.version,
			bytes,
			stateVector: Y.encodeStateVectorFromUpdate(bytes),
			ids: [part.rows[0].id]
		});
		await node({ compactLookMs: 50 });
		await until('a new epoch', async () => (await epochOf(id)) === 2);
		expect(updatesToJson(partsOf(await load(id)))).toEqual(updatesToJson([bytesOf(doc)]));
	});

	place('[LL1] are left alone while they are young, and for a day after they were written anew', async () => {
		const young = await put(oldText(10));
		const old = await put(oldText());
		const served = await node({});
		await visit(served, young);
		await visit(served, old);
		await until('a new epoch', async () => (await epochOf(old)) === 2);
		const doc = newDoc();
		for (const part of partsOf(await load(old))) Y.applyUpdate(doc, part);
		visited(doc, UIDS, SESSIONS);
		await new SqlStore(shelf.sql).append([{ documentId: old, epoch: 2, bytes: bytesOf(doc), personId: null }]);
		const again = await node({});
		(await join(again, old, 2)).close();
		await until('an attempt', () => outcomes(again, 'in use') > 0);
		expect(await epochOf(old)).toBe(2);
		expect(await epochOf(young)).toBe(1);
	});

	place('[LL1] that are long for what they hold are written anew, those that hold much are not', async () => {
		const rubbish = newDoc();
		Y.applyUpdate(
			rubbish,
			provisions(['article', 'clause', 'point'], (nth) => `Phạm vi ${nth}`)
		);
		const text = rubbish.getText('#1');
		for (let nth = 0; nth < 1_500; nth++) text.insert((nth * 7_919) % (text.length + 1), 'x');
		const full = newDoc();
		Y.applyUpdate(
			full,
			provisions(['article', 'clause', 'point'], () => 'Phạm vi '.repeat(800))
		);
		const [one, other] = [await put(rubbish), await put(full)];
		const served = await node({ renewBytes: 4_000, renewIds: 1000 });
		for (const [id, doc] of [
			[one, rubbish],
			[other, full]
		] as const) {
			const client = await join(served, id);
			const before = Y.encodeStateVector(client.doc);
			client.doc.getText('#2').insert(0, '!');
			client.sendUpdate(Y.encodeStateAsUpdate(client.doc, before));
			await client.acked();
			client.close();
			expect(bytesOf(doc).byteLength).toBeGreaterThan(4_000);
		}
		await until('both looked at', () => outcomes(served, 'done') + outcomes(served, 'not worth it') === 2);
		expect([await epochOf(one), await epochOf(other)]).toEqual([2, 1]);
	});

	place('[LL4] stay as they are while somebody is at them on another node', async () => {
		const id = await put(oldText());
		const bus = createLocalBus();
		const [north, south] = [await node({}, bus), await node({ unloadMs: 3_600_000 }, bus)];
		const reader = await join(south, id);
		await visit(north, id);
		await until('an attempt', () => outcomes(north, 'in use') > 0);
		expect(await epochOf(id)).toBe(1);
		expect(reader.closed).toBeNull();
		reader.close();
	});

	place('[LL4, RO5] close whoever came at that moment with 4410, on every node', async () => {
		const id = await put(oldText());
		const served = await node({ unloadMs: 3_600_000 });
		const reader = await join(served, id);
		expect(await renew(id)).toBe(true);
		expect((await reader.end(2_000)).code).toBe(4410);
		const next = await join(served, id, 2);
		expect(next.doc.getText('#1').toDelta()).toEqual(oldText().getText('#1').toDelta());
		next.close();
	});

	/** Writes a text anew as a node does that has not heard of anybody. `meanwhile`: between reading and writing. */
	async function renew(id: string, meanwhile: () => Promise<unknown> = async () => {}): Promise<boolean> {
		const store = new SqlStore(shelf.sql);
		const part = (await store.loadForCompaction(id, { rows: 1000, bytes: 1e9 }))!;
		const written = writeLogAnew(pack(partsOf({ snapshot: part.snapshot, updates: part.rows.map((row) => row.bytes) })))!;
		await meanwhile();
		const replacement: Replacement = {
			documentId: id,
			epoch: part.epoch,
			version: part.version,
			ids: part.rows.map((row) => row.id),
			...written,
			restMs: 0
		};
		return store.replace(replacement);
	}

	place('[LL3] are not written anew when somebody has written since they were read, and nothing is lost', async () => {
		const id = await put(oldText());
		const served = await node({ unloadMs: 3_600_000 });
		const writer = await join(served, id);
		const done = await renew(id, async () => {
			const before = Y.encodeStateVector(writer.doc);
			writer.doc.getText('#0').insert(0, 'vừa viết ');
			writer.sendUpdate(Y.encodeStateAsUpdate(writer.doc, before));
			await writer.acked();
		});
		expect(done).toBe(false);
		expect(await epochOf(id)).toBe(1);
		expect(JSON.stringify(updatesToJson(partsOf(await load(id))))).toContain('vừa viết ');
		writer.close();
	});

	if (name === 'on Postgres') {
		place('[LL3, LG7] wait for what is being stored, and then stay as they are', async () => {
			const id = await put(oldText());
			const other = postgresSql(postgresFound!.url);
			const late = { documentId: id, epoch: 1, bytes: bytesOf(oldText(41)), personId: null };
			let renewing: Promise<boolean> | undefined;
			await other.transaction(async (tx) => {
				expect(await new SqlStore(tx).append([late])).toEqual([]);
				renewing = renew(id);
				await someWait(1);
			});
			expect(await renewing).toBe(false);
			expect((await load(id)).updates.length).toBe(2);
			await other.close();
		});

		place('[LL3, LG7] refuse what is stored while they are replaced', async () => {
			const id = await put(oldText());
			const others = [postgresSql(postgresFound!.url), postgresSql(postgresFound!.url)];
			const late = { documentId: id, epoch: 1, bytes: bytesOf(oldText(41)), personId: null };
			let appending: Promise<unknown> | undefined;
			await others[0].transaction(async (tx) => {
				await tx.query('select 1 from public.documents where id = $1 for update', [id]);
				appending = new SqlStore(others[1]).append([late]);
				await someWait(1);
				await tx.query('update public.documents set epoch = 2 where id = $1', [id]);
			});
			expect(await appending).toEqual([late]);
			expect(
				await shelf.sql.query('select 1 from public.document_updates where document_id = $1 and epoch = 1 and bytes = $2', [
					id,
					late.bytes
				])
			).toEqual([]);
			await Promise.all(others.map((sql) => sql.close()));
		});
	}

	place('[LL3] stay whole when the database fails in the middle', async () => {
		const id = await put(oldText());
		const before = await storedOf(shelf, id);
		await shelf.sql.script(`
			create function public.fail_here() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
			create trigger fail_here before delete on public.document_updates for each row execute function public.fail_here();`);
		try {
			await expect(renew(id)).rejects.toThrow('no');
		} finally {
			await shelf.sql.script('drop trigger fail_here on public.document_updates; drop function public.fail_here');
		}
		expect(await storedOf(shelf, id)).toEqual(before);
		expect(await renew(id)).toBe(true);
	});

	/** Resolves when so many wait for a lock in the database. */
	async function someWait(count: number): Promise<void> {
		const waiting = `select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
		await until(
			`${count} wait for a lock`,
			async () => (await shelf.sql.query<{ waiting: number }>(waiting))[0].waiting >= count
		);
	}
});
