import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeSync, SYNC } from '../../src/lib/collab/protocol.ts';
import { RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
});
afterEach(() => served.stop());

const join = (person: string) => new RawClient(served.url, 'paper', person).synced();
const rejected = (reason: string) => served.engine.figures.counts('updates_rejected').get(reason) ?? 0;

/** An update that only deletes: so many ranges of one letter, every second one, of a client; or one range of all. */
function deleting(client: number, ranges: readonly (readonly [clock: number, length: number])[]): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [0, 1, client, ranges.length]) encoding.writeVarUint(encoder, number);
	for (const range of ranges) for (const number of range) encoding.writeVarUint(encoder, number);
	return encoding.toUint8Array(encoder);
}

test('[HI7] nobody deletes what a colleague has yet to type', async () => {
	const [hoa, binh] = [await join('hoa'), await join('binh')];
	binh.sendUpdate(deleting(hoa.doc.clientID, [[0, 2 ** 31 - 1]]));
	await until('it is refused', () => rejected('ahead') === 1);
	hoa.type('saved means saved');
	await hoa.acked();
	const lan = await join('lan');
	for (const { doc } of [hoa, lan]) expect(doc.getText('test').toString()).toBe('saved means saved');
	expect(await storedText(served.store, 'paper')).toBe('saved means saved');
});

test('[HI7] nor by giving its neighbours out for what is there', async () => {
	const [hoa, binh] = [await join('hoa'), await join('binh')];
	// A letter far behind in the name of a colleague makes all before it look as if it were on its way.
	const forged = new Y.Doc();
	forged.clientID = hoa.doc.clientID;
	forged.getText('test').insert(0, 'x'.repeat(5_000));
	const whole = Y.encodeStateAsUpdate(forged);
	const tail = Y.diffUpdate(whole, Y.encodeStateVectorFromUpdate(Y.encodeStateAsUpdate(beginningOf(forged, 4_000))));
	binh.sendUpdate(withDeletions(tail, deleting(hoa.doc.clientID, [[0, 4_500]])));
	await until('it is refused', () => rejected('ahead') === 1);
	hoa.type('saved');
	await hoa.acked();
	expect(await storedText(served.store, 'paper')).toBe('saved');
});

test('[HI7] deletions of what nobody wrote are not kept, however many', async () => {
	const [hoa, binh] = [await join('hoa'), await join('binh')];
	const ranges = Array.from({ length: 100_000 }, (_, nth) => [2 * nth, 1] as const);
	for (let nth = 0; nth < 5; nth++) binh.sendUpdate(deleting(77 + nth, ranges));
	await until('all are refused', () => rejected('ahead') === 5);
	hoa.type('typing goes on');
	await hoa.acked();
	expect(served.store.appends, 'nothing of it is stored').toBe(1);
	expect(await storedText(served.store, 'paper')).toBe('typing goes on');
});

test('[HI7, AK5] who edits before having handed over what another node heard loses nothing', async () => {
	const binh = await join('binh');
	// What binh heard elsewhere, and what binh took out of it, sent before the server asks for what it lacks.
	const elsewhere = new Y.Doc();
	elsewhere.getText('test').insert(0, 'heard elsewhere');
	Y.applyUpdate(binh.doc, Y.encodeStateAsUpdate(elsewhere), 'not sent');
	const before = Y.encodeStateVector(binh.doc);
	binh.doc.transact(() => binh.doc.getText('test').delete(5, 10), 'not sent');
	binh.sendUpdate(Y.encodeStateAsUpdate(binh.doc, before));
	await until('everything is stored', async () => (await storedText(served.store, 'paper')) === 'heard');
	binh.askAck();
	await binh.acked();
});

test('[HI7] a step 2 that deletes what is nowhere is invalid', async () => {
	const binh = await join('binh');
	binh.send(encodeSync(SYNC.step2, deleting(5, [[0, 10]])));
	await until('the refusal', () => binh.rejections.length === 1);
	expect(binh.rejections).toEqual(['invalid']);
});

/** The same text as it was when it had so many letters. */
function beginningOf(doc: Y.Doc, letters: number): Y.Doc {
	const beginning = new Y.Doc();
	beginning.clientID = doc.clientID;
	beginning.getText('test').insert(0, 'x'.repeat(letters));
	return beginning;
}

/** The structs of one update with the deletions of another. */
function withDeletions(structs: Uint8Array, deletions: Uint8Array): Uint8Array {
	return Y.mergeUpdates([structs, deletions]);
}
