import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { capture, RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;
const committed: string[] = [];

async function start(limits = {}): Promise<void> {
	committed.length = 0;
	served = await serve({ limits, onCommitted: (documentId) => committed.push(documentId) });
	served.store.create('paper');
	served.store.create('other');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
	served.access.share('other', { hoa: 'editor', binh: 'editor' });
}

const join = (person: string, documentId = 'paper') => new RawClient(served.url, documentId, person).synced();

beforeEach(() => start());
afterEach(async () => {
	served.store.appendError = null;
	served.store.forgetsToAnswer = false;
	served.store.poisoned.clear();
	served.store.release();
	await served.stop();
});

test('[AK1] an acknowledgement comes only after the store has committed', async () => {
	const hoa = await join('hoa');
	served.store.hold();
	hoa.type('Điều 1');
	const counter = hoa.askAck();
	await until('the append', () => served.store.appends > 0);
	await hoa.settled();
	expect(hoa.acks).toEqual([]);
	expect(await storedNow()).toBe('');
	served.store.release();
	await hoa.acked(counter);
	expect(await storedText(served.store, 'paper')).toBe('Điều 1');
});

test('[AK1] with nothing outstanding the answer is immediate', async () => {
	const hoa = await join('hoa');
	served.store.hold();
	await hoa.acked();
	expect(served.store.appends).toBe(0);
});

test('[AK2] questions of one socket are answered in order, each after what was sent before it', async () => {
	const hoa = await join('hoa');
	served.store.hold();
	hoa.type('a');
	const first = hoa.askAck();
	await until('the append of the first', () => served.store.appends === 1);
	hoa.type('b');
	const second = hoa.askAck();
	await hoa.settled();
	served.store.release();
	await hoa.acked(second);
	expect(hoa.acks).toEqual([first, second]);
	expect(await storedText(served.store, 'paper')).toBe('ab');
});

test('[AK3] a repeated edit waits for the commit of its first arrival over a lost socket', async () => {
	const first = await join('hoa');
	served.store.hold();
	const update = capture(first.doc, () => first.text.insert(0, 'once'));
	first.sendUpdate(update);
	await until('the append', () => served.store.appends === 1);
	first.close();
	// The connection is made while the store stands still; the room is loaded already.
	const second = await join('hoa');
	second.sendUpdate(update);
	const counter = second.askAck();
	await second.settled();
	expect(second.acks).toEqual([]);
	served.store.release();
	await second.acked(counter);
	expect(await storedText(served.store, 'paper')).toBe('once');
});

test('[AK4, LG4] while commits fail nothing is acknowledged; afterwards everything is', async () => {
	const hoa = await join('hoa');
	served.store.appendError = new Error('disk full');
	hoa.type('a');
	const first = hoa.askAck();
	await until('a few attempts', () => served.store.appends >= 3);
	hoa.type('b');
	const second = hoa.askAck();
	await hoa.settled();
	expect(hoa.acks).toEqual([]);
	expect(served.engine.stats()).toMatchObject({ uncommittedRows: 2 });
	served.store.appendError = null;
	await hoa.acked(second);
	expect(hoa.acks).toEqual([first, second]);
	expect(await storedText(served.store, 'paper')).toBe('ab');
	expect(served.engine.stats()).toMatchObject({ uncommittedRows: 0, uncommittedBytes: 0 });
});

test('[LG4] a commit whose answer was lost is repeated, and the text has it once', async () => {
	const hoa = await join('hoa');
	served.store.forgetsToAnswer = true;
	hoa.type('only once');
	const counter = hoa.askAck();
	await until('two attempts', () => served.store.appends >= 2);
	expect(hoa.acks).toEqual([]);
	served.store.forgetsToAnswer = false;
	await hoa.acked(counter);
	expect((await served.store.load('paper'))!.updates.length).toBeGreaterThan(1);
	expect(await storedText(served.store, 'paper')).toBe('only once');
});

test('[AK5] after a dropped write nothing is acknowledged until everything was handed over', async () => {
	const lan = await join('lan');
	lan.type('secret');
	await until('the rejection', () => lan.rejections.length === 1);
	lan.askAck();
	await lan.settled();
	expect(lan.acks).toEqual([]);
	served.access.setRole('paper', 'lan', 'editor');
	served.engine.recheck({ documentId: 'paper', personId: 'lan' });
	await until('the text at the store', async () => (await storedText(served.store, 'paper')) === 'secret');
	await lan.acked();
});

test('[LG1] the bytes stored are those the client sent, and what brings nothing new is not stored', async () => {
	const hoa = await join('hoa');
	const update = capture(hoa.doc, () => hoa.text.insert(0, 'exactly this'));
	hoa.sendUpdate(update);
	await hoa.settled();
	hoa.sendUpdate(update);
	await hoa.acked();
	expect((await served.store.load('paper'))!.updates).toEqual([new Uint8Array(update)]);
});

test('[LG2] updates of several rooms are stored in one statement', async () => {
	await served.stop();
	await start({ commitAfterMs: 200 });
	const hoa = await join('hoa');
	const binh = await join('binh', 'other');
	hoa.type('one');
	binh.type('two');
	await Promise.all([hoa.acked(), binh.acked()]);
	expect(served.store.appends).toBe(1);
	expect(committed.sort()).toEqual(['other', 'paper']);
});

test('[LG2] a large update does not wait', async () => {
	await served.stop();
	await start({ commitAfterMs: 60_000, commitBytes: 1_000 });
	const hoa = await join('hoa');
	hoa.type('x'.repeat(2_000));
	await hoa.acked();
	expect(served.store.appends).toBe(1);
});

test('[LG5] past the bound the room closes, lets nobody in and drops nothing', async () => {
	await served.stop();
	await start({ uncommittedMs: 400 });
	const hoa = await join('hoa');
	served.store.appendError = new Error('no database');
	hoa.type('kept');
	hoa.askAck();
	expect((await hoa.end()).code).toBe(1013);
	expect(hoa.acks).toEqual([]);
	expect((await new RawClient(served.url, 'paper', 'binh').end()).code).toBe(1013);
	expect(served.engine.stats().uncommittedRows).toBe(1);
	served.store.appendError = null;
	await until('the log to catch up', () => served.engine.stats().uncommittedRows === 0);
	const binh = await join('binh');
	expect(binh.text.toString()).toBe('kept');
});

test('[LG5] the bound counts bytes too', async () => {
	await served.stop();
	await start({ uncommittedBytes: 50_000 });
	const hoa = await join('hoa');
	served.store.appendError = new Error('no database');
	hoa.type('x'.repeat(60_000));
	expect((await hoa.end()).code).toBe(1013);
	served.store.appendError = null;
	await until('the log to catch up', () => served.engine.stats().uncommittedRows === 0);
	expect((await storedText(served.store, 'paper')).length).toBe(60_000);
});

test('[LG6] a document whose rows cannot be stored does not hold up another', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh', 'other');
	served.store.poisoned.add('paper');
	hoa.type('stuck');
	hoa.askAck();
	binh.type('free');
	await binh.acked();
	binh.type(' still');
	await binh.acked();
	expect(hoa.acks).toEqual([]);
	expect(await storedText(served.store, 'other')).toBe('free still');
	served.store.poisoned.clear();
	await hoa.acked();
	expect(await storedText(served.store, 'paper')).toBe('stuck');
});

test('[LG7] rows of a replaced document are refused, never acknowledged, and the sender is told', async () => {
	const hoa = await join('hoa');
	served.access.documents.get('paper')!.epoch = 2;
	served.store.create('paper', 2);
	hoa.type('for the old one');
	hoa.askAck();
	expect((await hoa.end()).code).toBe(4410);
	expect(hoa.acks).toEqual([]);
	const again = await join('hoa');
	expect(again.text.toString()).toBe('');
	again.type('for the new one');
	await again.acked();
	expect(await storedText(served.store, 'paper')).toBe('for the new one');
});

test('[LG7] rows of a deleted document are refused and everybody is told', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	served.store.remove('paper');
	served.access.documents.delete('paper');
	hoa.type('too late');
	hoa.askAck();
	expect((await hoa.end()).code).toBe(4404);
	expect((await binh.end()).code).toBe(4404);
	expect(hoa.acks).toEqual([]);
	expect((await new RawClient(served.url, 'paper', 'hoa').end()).code).toBe(4404);
});

test('[LG8] every commit is reported after it happened', async () => {
	const hoa = await join('hoa');
	served.store.hold();
	hoa.type('a');
	await until('the append', () => served.store.appends === 1);
	expect(committed).toEqual([]);
	served.store.release();
	await hoa.acked();
	expect(committed).toEqual(['paper']);
});

/** What the store holds although it makes others wait. */
async function storedNow(): Promise<string> {
	const doc = new Y.Doc();
	const held = Object.getPrototypeOf(Object.getPrototypeOf(served.store)) as { load: typeof served.store.load };
	for (const update of (await held.load.call(served.store, 'paper'))!.updates) Y.applyUpdate(doc, update);
	return doc.getText('test').toString();
}
