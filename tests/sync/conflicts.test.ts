import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { LIMITS } from '../../src/lib/collab/protocol.ts';
import { checkUpdate } from '../../src/lib/collab/rooms/check-update.server.ts';
import { ConflictRates, conflictSteps } from '../../src/lib/collab/rooms/conflicts.server.ts';
import { crowd } from './support/crowd.ts';
import { ofManySessions } from './support/many-sessions.ts';
import { randomLog } from './support/random-log.ts';
import { seeded } from './support/seeded.ts';

function stepsOf(doc: Y.Doc, update: Uint8Array): number {
	const { between, aside } = conflictSteps(doc, checkUpdate(update).structs);
	return between + aside;
}

function twoLetters(): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 1;
	doc.getText('test').insert(0, 'ab');
	return doc;
}

test.each([1, 3, 6])('[RL3] the work of %i people who write, format and delete costs next to nothing', (people) => {
	const doc = new Y.Doc();
	const log = randomLog(seeded(people), people, 2_000);
	let steps = 0;
	for (const update of log) {
		steps += stepsOf(doc, update);
		Y.applyUpdate(doc, update);
	}
	expect(steps / log.length).toBeLessThan(2);
});

test('[HI6] a whole text of several people, handed over at once, is far below what is refused', () => {
	const doc = new Y.Doc();
	for (const update of randomLog(seeded(7), 6, 4_000)) Y.applyUpdate(doc, update);
	expect(stepsOf(new Y.Doc(), Y.encodeStateAsUpdate(doc))).toBeLessThan(LIMITS.conflictSteps / 10);
});

test('[HI6] a text of 10,000 client ids, handed over at once, is taken, and its author is read again before long', () => {
	const { structs } = checkUpdate(Y.encodeStateAsUpdate(ofManySessions(10_000)));
	expect(conflictSteps(new Y.Doc(), structs).newClients).toBe(10_000);
	const pauseMs = new ConflictRates(LIMITS).charge('hoa', new Y.Doc(), structs);
	expect(pauseMs).not.toBeNull();
	expect(pauseMs).toBeLessThan(LIMITS.silentMs / 2);
});

test('[HI6] more client ids than any text has are malformed', () => {
	const { newClientsPerUpdate } = LIMITS;
	const { structs } = checkUpdate(Y.encodeStateAsUpdate(ofManySessions(newClientsPerUpdate + 1)));
	expect(new ConflictRates(LIMITS).charge('hoa', new Y.Doc(), structs)).toBeNull();
});

test('[RL3] what others have put between the neighbours of an item is counted', () => {
	const doc = twoLetters();
	const late = crowd(doc, 1)[0];
	const alone = stepsOf(doc, late);
	for (const update of crowd(doc, 101).slice(1)) Y.applyUpdate(doc, update);
	expect(stepsOf(doc, late) - alone).toBe(100);
});

test('[HI6] a crowd at one place costs the square of its size, in one update as in many', () => {
	const doc = twoLetters();
	const updates = crowd(doc, 300);
	const places = (300 * 299) / 2;
	const ids = stepsOf(doc, updates[0]) * 300;
	expect(stepsOf(doc, Y.mergeUpdates(updates))).toBe(places + ids);
	let steps = 0;
	for (const update of updates) {
		steps += stepsOf(doc, update);
		Y.applyUpdate(doc, update);
	}
	expect(steps).toBe(places + ids);
});

test('[HI6, RL3] a crowd that waits for its predecessor costs the square of its size as well, however many updates it comes in', () => {
	const author = twoLetters();
	const doc = new Y.Doc();
	const rates = new ConflictRates({ ...LIMITS, conflictRate: { perSecond: 1_000, burst: 0 } });
	const updates = crowd(author, 1_000);
	let pauseMs = 0;
	for (let nth = 0; nth < updates.length; nth += 20) {
		const update = Y.mergeUpdates(updates.slice(nth, nth + 20));
		pauseMs = rates.charge('hoa', doc, checkUpdate(update).structs)!;
		Y.applyUpdate(doc, update);
	}
	expect(doc.store.pendingStructs).not.toBeNull();
	expect(pauseMs).toBeGreaterThan((1_000 * 999) / 2);
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(author));
	expect(doc.getText('test').length).toBe(1_002);
});
