import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { forgetLocalCopies } from '../../src/lib/collab/client/local-copy.ts';
import { type Desk, everybodyLeaves, sitDown } from './support/desk.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

/** A failing seed can be run alone: SEED=… ; a soak runs more of them: SEEDS=… */
const SEEDS = process.env.SEED
	? [Number(process.env.SEED)]
	: Array.from({ length: Number(process.env.SEEDS ?? 8) }, (_, nth) => nth + 1);
const STEPS = 120;

let served: Served;
afterEach(async () => {
	await everybodyLeaves();
	await served.stop();
});

test.each(SEEDS)(
	'[MS6, OF2] random edits, losses of network and reloads of 3 to 5 people end in one text, that of the log (seed %i)',
	async (seed) => {
		const random = generator(seed);
		served = await serve({ limits: { frameRate: { perSecond: 1e6, burst: 1e6 } } });
		const documentId = `paper-${seed}`;
		served.store.create(documentId);
		const names = Array.from({ length: 3 + Math.floor(random() * 3) }, (_, nth) => `person ${nth}`);
		served.access.share(documentId, Object.fromEntries(names.map((name) => [name, 'editor' as const])));
		const sit = (name: string) => sitDown(served, name, { documentId, indexedDb: true });
		const people = names.map((name) => ({ name, desk: sit(name) }));
		await Promise.all(people.map(({ desk }) => desk.open.whenReady));

		const markers: string[] = [];
		for (let step = 0; step < STEPS; step++) {
			const person = people[Math.floor(random() * people.length)];
			const dice = random();
			if (dice < 0.05) person.desk.network.cut();
			else if (dice < 0.15) restore(person.desk);
			else if (dice < 0.18) {
				await person.desk.open.close();
				person.desk = sit(person.name);
				await until('the copy', () => person.desk.network.attempts > 0);
			} else edit(person.desk.open.doc, random, markers, `${seed}.${step}`);
			if (dice > 0.9) await new Promise((resolve) => setImmediate(resolve));
		}

		for (const { desk } of people) restore(desk);
		await until('everything saved', () => people.every(({ desk }) => desk.open.state.kind === 'saved'), 20_000);
		const expected = contentOf(await stored(documentId));
		await until('one text', () => people.every(({ desk }) => contentOf(desk.open.doc) === expected), 10_000);
		const kept = (await stored(documentId)).getArray<string>('markers').toArray();
		expect([...kept].sort()).toEqual([...markers].sort());
		for (const { desk } of people) {
			expect(Y.encodeStateVector(desk.open.doc).length).toBe(Y.encodeStateVector(people[0].desk.open.doc).length);
			expect(desk.open.doc.store.pendingStructs).toBeNull();
		}
		await Promise.all(names.map((name) => forgetLocalCopies(name)));
	}
);

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
	});
}

function restore(desk: Desk): void {
	desk.network.restore();
	desk.open.reconnect();
}

async function stored(documentId: string): Promise<Y.Doc> {
	const doc = new Y.Doc();
	for (const update of (await served.store.load(documentId))!.updates) Y.applyUpdate(doc, update);
	return doc;
}

function contentOf(doc: Y.Doc): string {
	return JSON.stringify([doc.getText('test'), doc.getXmlFragment('body').toString(), doc.getArray('markers')]);
}

/** Numbers from 0 to 1 that the seed alone decides (mulberry32). */
function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
