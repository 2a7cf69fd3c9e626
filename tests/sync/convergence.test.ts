import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { forgetLocalCopies } from '../../src/lib/collab/client/kept-copies.ts';
import type { Limits } from '../../src/lib/collab/protocol.ts';
import { type Desk, everybodyLeaves, sitDown } from './support/desk.ts';
import { markersOf } from './support/promises.ts';
import { storedDoc } from './support/raw-client.ts';
import { seeded, seedsFor } from './support/seeded.ts';
import { serve, type Served } from './support/serve.ts';
import { tally } from './support/tally.ts';
import { until } from './support/wait.ts';

/** A failing seed can be run alone: SEED=… ; a soak runs more of them. */
const SEEDS = seedsFor(8);
const PEOPLE = 5;
const STEPS = 160;
/** Log and room change their form as often as they can: rows become snapshots, rooms bytes, and empty ones are let go. */
const LIMITS: Partial<Limits> = {
	frameRate: { perSecond: 1e6, burst: 1e6 },
	compactRows: 10,
	compactPauseMs: 1,
	restMs: 20,
	unloadMs: 20
};

let served: Served;
afterEach(async () => {
	await everybodyLeaves();
	await served.stop();
});

interface Person {
	name: string;
	desk: Desk;
	undo: Y.UndoManager;
}

test.each(SEEDS)(
	'[MS6, OF2, RM4, RM6, CO2] whatever 5 people do, undo and redo, offline and after reloads, ends in one text, that of the log (seed %i)',
	{ timeout: 60_000 },
	async (seed) => {
		const random = seeded(seed);
		served = await serve({ limits: LIMITS });
		const documentId = `paper-${seed}`;
		served.store.create(documentId);
		const names = Array.from({ length: PEOPLE }, (_, nth) => `person ${nth}`);
		served.access.share(documentId, Object.fromEntries(names.map((name) => [name, 'editor' as const])));
		const sit = (name: string): Person => {
			const desk = sitDown(served, name, { documentId, indexedDb: true });
			return { name, desk, undo: undoFor(desk.open.doc) };
		};
		const people = names.map(sit);
		await Promise.all(people.map(({ desk }) => desk.open.whenReady));

		const markers: string[] = [];
		for (let step = 0; step < STEPS; step++) {
			if (step === STEPS / 2) {
				// Everybody is away at once, each working on, until the room is let go.
				for (const { desk } of people) desk.network.cut();
				await until('the room gone', () => served.engine.stats().rooms === 0);
			}
			const person = people[Math.floor(random() * people.length)];
			const dice = random();
			if (dice < 0.05) person.desk.network.cut();
			else if (dice < 0.15) restore(person.desk);
			else if (dice < 0.18) {
				await person.desk.open.close();
				Object.assign(person, sit(person.name));
				await until('the copy', () => person.desk.network.attempts > 0);
			} else if (dice < 0.28) person.undo.undo();
			else if (dice < 0.33) person.undo.redo();
			else edit(person.desk.open.doc, random, markers, `${seed}.${step}`);
			if (random() < 0.2) person.undo.stopCapturing();
			if (dice > 0.9) await new Promise((resolve) => setImmediate(resolve));
		}

		for (const { desk } of people) restore(desk);
		await until('everything saved', () => people.every(({ desk }) => desk.open.state.kind === 'saved'), 30_000);
		const expected = contentOf(await storedDoc(served.store, documentId));
		await until('one text', () => people.every(({ desk }) => contentOf(desk.open.doc) === expected), 10_000);
		const kept = markersOf(people[0].desk.open.doc);
		tally('arrival orders', { seed, edits: markers.length, lostOrDoubled: differences(kept, markers) });
		expect(kept.sort()).toEqual([...markers].sort());
		for (const { desk } of people) expect(desk.open.doc.store.pendingStructs).toBeNull();
		expect(served.engine.figures.total('rooms_unloaded')).toBeGreaterThan(0);
		await until('a compaction', () => served.engine.figures.total('compactions') > 0);
		await Promise.all(names.map((name) => forgetLocalCopies(name)));
	}
);

/** How many entries one list has that the other has not, or not as often. */
function differences(one: readonly string[], other: readonly string[]): number {
	const counts = new Map<string, number>();
	for (const entry of one) counts.set(entry, (counts.get(entry) ?? 0) + 1);
	for (const entry of other) counts.set(entry, (counts.get(entry) ?? 0) - 1);
	return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}

/** Undo of one's own edits only. */
function undoFor(doc: Y.Doc): Y.UndoManager {
	return new Y.UndoManager([doc.getText('test'), doc.getXmlFragment('body')], {
		trackedOrigins: new Set([EDITOR]),
		captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false
	});
}

/** Origin of what a person types; only that is undone. */
const EDITOR = 'editor';

/** One random change: text typed or cut, a block added, moved or removed, or a marker that must survive. */
function edit(doc: Y.Doc, random: () => number, markers: string[], name: string): void {
	const text = doc.getText('test');
	const body = doc.getXmlFragment('body');
	const place = (length: number) => Math.floor(random() * (length + 1));
	doc.transact(() => {
		const dice = random();
		if (dice < 0.4) text.insert(place(text.length), name);
		else if (dice < 0.55 && text.length > 3) text.delete(place(text.length - 3), 3);
		else if (dice < 0.75) {
			const block = new Y.XmlElement('provision');
			block.setAttribute('uid', name);
			block.insert(0, [new Y.XmlText(`text of ${name}`)]);
			body.insert(place(body.length), [block]);
		} else if (dice < 0.85 && body.length > 0) body.delete(place(body.length - 1), 1);
		else {
			markers.push(name);
			doc.getArray('markers').insert(place(doc.getArray('markers').length), [name]);
		}
	}, EDITOR);
}

function restore(desk: Desk): void {
	desk.network.restore();
	desk.open.reconnect();
}

function contentOf(doc: Y.Doc): string {
	return JSON.stringify([doc.getText('test'), doc.getXmlFragment('body').toString(), doc.getArray('markers')]);
}
