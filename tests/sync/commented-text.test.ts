import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createAnchors } from '../../src/lib/comments/anchors.server.ts';
import { createLocalBus, type Bus } from '../../src/lib/server/bus.ts';
import { createRedisBus } from '../../src/lib/server/redis-bus.ts';
import { findRedis } from '../support/services.ts';
import { Typist } from '../support/headless-typist.ts';
import { Random } from '../text/fuzz/random.ts';
import { ACTS, anchorsIn, expectTrueOf, RANGES, START } from '../text/support/commented.ts';
import { FaultyStore } from './support/faulty-store.ts';
import { seedsFor } from './support/seeded.ts';
import { serve, type Served } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';

const ACTS_OF_A_SEED = 60;
const BEFORE = RANGES.slice(0, 250);
const MEANWHILE = RANGES.slice(250);
const NAMES = ['hoa', 'binh', 'lan'];

const redisUrl = await findRedis();
const nodes: Served[] = [];
const buses: Bus[] = [];
const typists: Commenting[] = [];

afterEach(async () => {
	await Promise.all(typists.splice(0).map((typist) => typist.close()));
	for (const node of nodes.splice(0)) await node.stop();
	for (const bus of buses.splice(0)) await bus.close();
});

/** A typist who does what the fuzz of comments does. */
class Commenting extends Typist {
	get shown() {
		return this.editor();
	}
}

async function twoNodes(makeBus: () => Promise<Bus>): Promise<string> {
	const documentId = randomUUID();
	const [store, access] = [new FaultyStore(), new TestAccess()];
	store.create(documentId);
	await store.append([{ documentId, epoch: 1, bytes: START, personId: null }]);
	access.share(documentId, Object.fromEntries(NAMES.map((name) => [name, 'editor' as const])));
	for (let nth = 0; nth < 2; nth++) {
		const bus = await makeBus();
		if (!buses.includes(bus)) buses.push(bus);
		nodes.push(await serve({ store, access, bus }));
	}
	return documentId;
}

async function sitDown(documentId: string): Promise<Commenting[]> {
	for (const [nth, token] of NAMES.entries())
		typists.push(new Commenting({ url: `http://127.0.0.1:${nodes[nth % 2].port}`, token, documentId }));
	await Promise.all(typists.map(({ ready }) => ready));
	return typists;
}

const local = createLocalBus();

for (const [where, run, makeBus] of [
	['in one process', test, async () => local],
	['over Redis', testWith('Redis', redisUrl), () => createRedisBus(redisUrl!, () => {})]
] as const)
	for (const seed of seedsFor(2))
		run(`five hundred comments keep their places, two nodes ${where}, people coming and going, seed ${seed}`, async () => {
			const random = new Random(seed);
			const documentId = await twoNodes(makeBus);
			const document = { id: documentId, profile: 'nd30' as const };
			const [north, south] = nodes.map(({ engine }) => createAnchors(engine));
			const all = await sitDown(documentId);
			const away = new Set<Commenting>();
			// Half of them are there before anybody writes, the others are tied while they write.
			await north.tie(document, BEFORE, 'reviewer');
			const tagsOf = ({ shown }: Commenting) => [...shown.shared.model.tags('comment:')].length;
			await until('all have heard of these', () => all.every((person) => tagsOf(person) === BEFORE.length));
			for (let nth = 0; nth < ACTS_OF_A_SEED; nth++) {
				const person = all[random.below(all.length)];
				const names = Object.keys(ACTS);
				person.shown.beginStep();
				ACTS[names[random.below(names.length)]](person.shown, random.below(person.shown.doc.childCount), random);
				if (nth % 10 === 5) await south.tie(document, MEANWHILE.slice(nth * 4, nth * 4 + 40), 'reviewer');
				if (random.below(8) > 0) continue;
				const gone = all[random.below(all.length)];
				if (away.delete(gone)) await gone.online();
				else if (away.size < 2) {
					away.add(gone);
					await gone.offline();
				}
			}
			for (const gone of away) await gone.online();
			await Promise.all(all.map((person) => person.saved()));
			const read = ({ shown }: Commenting) => JSON.stringify(shown.doc);
			await until('all read the same', () => new Set(all.map(read)).size === 1);
			const told = anchorsIn(all[0].shown.shared.model);
			for (const person of all) {
				expect(anchorsIn(person.shown.shared.model)).toEqual(told);
				expectTrueOf(person.shown, MEANWHILE);
				expect(person.shown.corrections).toBe(0);
			}
			for (const node of [north, south]) await expect.poll(() => node.find(document, RANGES)).toEqual(told);
		});
