import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createLocalBus } from '../../src/lib/server/bus.ts';
import { forgetLocalCopies } from '../../src/lib/collab/client/kept-copies.ts';
import { encodeSync, SYNC } from '../../src/lib/collab/protocol.ts';
import { faultIn } from '../../src/lib/text/door.ts';
import { type Desk, everybodyLeaves, sitDown } from './support/desk.ts';
import { capture, RawClient, storedDoc, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;
const lines: { message: string; fields: object }[] = [];

beforeEach(async () => {
	lines.length = 0;
	const note = (fields: object, message: string) => void lines.push({ message, fields });
	served = await serve({ faultIn, log: { debug: note, info: () => {}, warn: note, error: note } });
	prepare(served);
});
afterEach(async () => {
	await everybodyLeaves();
	await forgetLocalCopies('hoa');
	await served.stop();
});

function prepare({ store, access }: Served): void {
	store.create('paper');
	access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
}

const join = (person: string, { url } = served) => new RawClient(url, 'paper', person).synced();
const refused = (client: RawClient, times = 1) => until('the refusal', () => client.rejections.length >= times);

/** What no page writes: bytes as what is known of a block. */
const writeBytes = (doc: Y.Doc) => void doc.getMap('blocks').set('b1', new Uint8Array([1]));

/** A text that was stored before anybody judged. */
function textWithBytes(): Y.Doc {
	const doc = new Y.Doc();
	doc.getText('test').insert(0, 'old');
	writeBytes(doc);
	return doc;
}

test('[DO1, AK5] what no page can have written is dropped and answered; text, log and others do not change', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	hoa.type('right');
	await hoa.acked();
	hoa.sendUpdate(capture(hoa.doc, () => writeBytes(hoa.doc)));
	await refused(hoa);
	expect(hoa.rejections).toEqual(['invalid']);
	hoa.askAck();
	await hoa.settled();
	await binh.settled();
	expect(hoa.acks).toEqual([1]);
	expect(binh.doc.getMap('blocks').size).toBe(0);
	expect(served.store.appends).toBe(1);
	expect(served.engine.figures.counts('updates_rejected').get('invalid')).toBe(1);
	expect(lines).toContainEqual({
		message: 'write rejected',
		fields: expect.objectContaining({ reason: 'invalid', fault: 'something that is neither letters nor a value' })
	});
	binh.type(', and more');
	await binh.acked();
	expect(await storedText(served.store, 'paper')).toBe('right, and more');
	expect(hoa.closed).toBeNull();
});

test('[DO2] what the same page writes after it does not wait in the log for ever, until everything it has passes', async () => {
	const hoa = await join('hoa');
	hoa.sendUpdate(capture(hoa.doc, () => writeBytes(hoa.doc)));
	hoa.type('behind it');
	hoa.send(encodeSync(SYNC.step2, Y.encodeStateAsUpdate(hoa.doc)));
	await refused(hoa, 3);
	expect(hoa.rejections).toEqual(['invalid', 'invalid', 'invalid']);
	const binh = await join('binh');
	binh.type('Meanwhile, ');
	await binh.acked();
	expect((await served.store.load('paper'))!.updates.length).toBe(1);

	// The same person took it back: of what is deleted nothing is left but that it was there.
	hoa.doc.getMap('blocks').delete('b1');
	hoa.send(encodeSync(SYNC.step2, Y.encodeStateAsUpdate(hoa.doc)));
	hoa.type(', passes');
	await hoa.acked();
	expect(hoa.rejections.length).toBe(3);
	const stored = await storedText(served.store, 'paper');
	for (const words of ['behind it', ', passes', 'Meanwhile, ']) expect(stored).toContain(words);
});

test('[DO1] a reader is told that it may not write, and nothing else', async () => {
	const lan = await join('lan');
	lan.sendUpdate(capture(lan.doc, () => writeBytes(lan.doc)));
	await refused(lan);
	expect(lan.rejections).toEqual(['role']);
});

test('[DO1] what the log has already is served, and repeating it is no offence', async () => {
	await served.store.append([{ documentId: 'paper', epoch: 1, bytes: Y.encodeStateAsUpdate(textWithBytes()), personId: 'hoa' }]);
	const hoa = await join('hoa');
	expect(hoa.doc.getMap('blocks').get('b1')).toEqual(new Uint8Array([1]));
	hoa.type(' and new');
	await hoa.acked();
	expect(await storedText(served.store, 'paper')).toBe('old and new');
});

test('[DO1] without a judge the engine takes what Yjs can integrate, and other nodes take what one has stored', async () => {
	const bus = createLocalBus();
	const { store, access } = served;
	const judging = await serve({ store, access, bus, faultIn });
	const taking = await serve({ store, access, bus });
	const hoa = await join('hoa', taking);
	const binh = await join('binh', judging);
	hoa.sendUpdate(Y.encodeStateAsUpdate(textWithBytes()));
	await until('it on the other node', () => binh.text.toString() === 'old');
	expect((await storedDoc(store, 'paper')).getMap('blocks').get('b1')).toEqual(new Uint8Array([1]));
	expect([hoa.rejections, binh.rejections]).toEqual([[], []]);
	await Promise.all([judging.stop(), taking.stop()]);
});

test('[CL9, CL7] a page whose edit nobody takes stops, keeps what was written, and begins afresh when the person lets go of it', async () => {
	const sit = () => sitDown(served, 'hoa', { indexedDb: true });
	const state = (desk: Desk, kind: string) => until(kind, () => desk.open.state.kind === kind);
	const hoa = sit();
	hoa.type('saved');
	await state(hoa, 'saved');
	writeBytes(hoa.open.doc);
	await state(hoa, 'closed');
	expect(hoa.open.state).toEqual({ kind: 'closed', reason: 'invalid', pending: 1 });
	await until('the connection ended', () => served.engine.stats().connections === 0);
	hoa.type(' and mine');
	expect(hoa.open.hasUnsaved).toBe(true);
	expect(hoa.network.attempts).toBe(1);
	await hoa.open.close();

	const reloaded = sit();
	await state(reloaded, 'closed');
	expect(reloaded.open.state).toEqual({ kind: 'closed', reason: 'invalid', pending: 2 });
	expect(reloaded.text()).toBe('saved and mine');
	await reloaded.open.discard();
	expect(reloaded.open.hasUnsaved).toBe(false);
	expect(await indexedDB.databases()).toEqual([]);
	await reloaded.open.close();

	const afresh = sit();
	await state(afresh, 'saved');
	expect(afresh.text()).toBe('saved');
	afresh.type(', again');
	await state(afresh, 'saved');
	expect(await storedText(served.store, 'paper')).toBe('saved, again');
});
