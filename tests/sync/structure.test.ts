import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetLocalCopies } from '../../src/lib/collab/client/kept-copies.ts';
import type { Limits } from '../../src/lib/collab/protocol.ts';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { backspaceAtStart, deleteAtEnd, setParagraph, shiftLevel } from '../../src/lib/documents/editor/structure/levels.ts';
import { moveBlock, moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { readDocument } from '../../src/lib/text/body.ts';
import { Editing, provisions } from '../text/support/person.ts';
import { type Desk, everybodyLeaves, sitDown } from './support/desk.ts';
import { storedDoc } from './support/raw-client.ts';
import { seeded, seedsFor } from './support/seeded.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

/** A failing seed can be run alone: SEED=… ; a soak runs more of them. */
const SEEDS = seedsFor(8);
const STEPS = 60;
const LIMITS: Partial<Limits> = { frameRate: { perSecond: 1e6, burst: 1e6 }, compactRows: 10, compactPauseMs: 1, restMs: 20 };

const DOCUMENT = 'paper';
const LEVELS = ['article', 'clause', 'point', 'point', 'clause', 'article', 'clause', 'clause'];
const START = provisions(LEVELS, (nth) => `Nội dung số ${nth} của văn bản`);
/** Each provision of the text at the beginning has its number in it. */
const NUMBERS = [...LEVELS.keys()].map(String);
const NAMES = ['an', 'binh', 'chi', 'dung', 'em'];

let served: Served;
let people: Person[];
beforeEach(gather);
afterEach(scatter);

async function gather(): Promise<void> {
	served = await serve({ limits: LIMITS });
	served.store.create(DOCUMENT);
	await served.store.append([{ documentId: DOCUMENT, epoch: 1, bytes: START, personId: null }]);
	served.access.share(DOCUMENT, Object.fromEntries(NAMES.map((name) => [name, 'editor' as const])));
	people = await Promise.all(NAMES.map((name) => Person.sit(name)));
}

async function scatter(): Promise<void> {
	for (const person of people) person.editing.destroy();
	await everybodyLeaves();
	await Promise.all(NAMES.map((name) => forgetLocalCopies(name)));
	await served.stop();
}

/** Somebody at a page with the editor open. */
class Person {
	readonly name: string;
	desk!: Desk;
	editing!: Editing;

	private constructor(name: string) {
		this.name = name;
	}

	static async sit(name: string): Promise<Person> {
		const person = new Person(name);
		await person.#open();
		return person;
	}

	/** Closes the page and opens it again, with what the device keeps. */
	async reload(): Promise<void> {
		await this.leave();
		await this.#open();
	}

	async leave(): Promise<void> {
		this.editing.destroy();
		await this.desk.open.close();
	}

	away(): void {
		this.desk.network.cut();
	}

	back(): void {
		this.desk.network.restore();
		this.desk.open.reconnect();
	}

	get isSaved(): boolean {
		return this.desk.open.state.kind === 'saved';
	}

	async #open(): Promise<void> {
		this.desk = sitDown(served, this.name, { documentId: DOCUMENT, indexedDb: true, role: 'editor' });
		await this.desk.open.whenReady;
		this.editing = new Editing(this.desk.open.doc);
	}
}

/** Until everybody is saved and has the stored text. What is put right is an edit too, and others hear of it. */
async function settled(all: readonly Person[] = people): Promise<string> {
	for (const person of all) person.back();
	let text = '';
	await until(
		'one text, saved',
		async () => {
			if (!all.every((person) => person.isSaved)) return false;
			const ydoc = await storedDoc(served.store, DOCUMENT);
			const doc = readDocument(ydoc, documentSchema);
			text = doc.textContent;
			return all.every(({ editing, isSaved }) => isSaved && editing.doc.eq(doc));
		},
		20_000
	);
	return text;
}

/** Each of these words is there once; of those that somebody took back, which a colleague may have kept, at most once. */
function expectNothingLost(words: readonly string[], text: string, takenBack: readonly string[] = []): void {
	const timesOf = (word: string) => text.split(word).length - 1;
	const lost = words.filter((word) => timesOf(word) === 0);
	const doubled = [...words, ...takenBack].filter((word) => timesOf(word) > 1);
	expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
	const uids = people[0].editing.leaves.map(({ uid }) => uid);
	for (const { editing } of people) expect(editing.corrections).toBe(0);
	expect(uids.filter((uid, nth) => uids.indexOf(uid) !== nth)).toEqual([]);
}

function insertBreak(editing: Editing): void {
	const { tr, schema } = editing.state;
	editing.dispatch(tr.replaceSelectionWith(schema.nodes.hardBreak.create(), false));
}

/** Takes the first line break of the text out. */
function removeBreak(editing: Editing): void {
	let at: number | null = null;
	editing.doc.descendants(({ type }, position) => {
		if (type.name === 'hardBreak') at ??= position;
	});
	if (at !== null) editing.dispatch(editing.state.tr.delete(at, at + 1));
}

/** Does one random thing. Each letter typed is one that nobody else types, so that it can be looked for. */
function act({ editing }: Person, random: () => number, letter: string): boolean {
	const index = Math.floor(random() * editing.doc.childCount);
	if (!editing.doc.child(index).isTextblock) return false;
	const kind = Math.floor(random() * 14);
	editing.cursorIn(index, kind === 4 ? 0 : kind === 5 ? 10_000 : Math.floor(random() * 40));
	if (kind < 3) editing.type(letter);
	else if (kind === 3) editing.run(enterInProvision('nd30'));
	else if (kind === 4) editing.run(backspaceAtStart);
	else if (kind === 5) editing.run(deleteAtEnd);
	else if (kind < 8) editing.run(moveBlock(kind === 6 ? 1 : -1));
	else if (kind === 8) editing.run(moveSubtree(index, Math.floor(random() * (editing.doc.childCount + 1))));
	else if (kind < 11) editing.run(shiftLevel(kind === 9 ? 1 : -1, 'nd30'));
	else if (kind === 11) editing.run(setParagraph);
	else if (kind === 12) insertBreak(editing);
	else removeBreak(editing);
	return kind < 3;
}

test.each([
	['by five people at once', false],
	['by five people who also lose their network, reload, undo and redo', true]
])(
	'[MS6, OF2] split, join, move, Tab and line breaks %s drop no letter and double neither letter nor uid',
	{ timeout: 30_000 + SEEDS.length * 20_000 },
	async (_, withAbsences) => {
		const failures: string[] = [];
		for (const seed of SEEDS) {
			await editAtRandom(seed, withAbsences).catch((error: Error) => failures.push(`seed ${seed}: ${error.message}`));
			await scatter();
			await gather();
		}
		expect(failures).toEqual([]);
	}
);

async function editAtRandom(seed: number, withAbsences: boolean): Promise<void> {
	const random = seeded(seed);
	/** Letters that nobody removed, and who typed them. */
	const letters = new Map<string, Person>();
	const takenBack: string[] = [];
	for (let step = 0; step < STEPS; step++) {
		const person = people[Math.floor(random() * people.length)];
		const dice = random();
		if (withAbsences && dice < 0.06) person.away();
		else if (withAbsences && dice < 0.14) person.back();
		else if (withAbsences && dice < 0.16) await person.reload();
		else if (withAbsences && dice < 0.21) {
			const mine = [...letters].filter(([, by]) => by === person).map(([letter]) => letter);
			if (dice < 0.2) person.editing.undo();
			else person.editing.redo();
			// One's own typing may be taken back, nobody else's.
			for (const letter of mine.filter((one) => !person.editing.text.includes(one))) {
				letters.delete(letter);
				takenBack.push(letter);
			}
		} else {
			const letter = String.fromCharCode(0xe000 + step);
			if (act(person, random, letter)) letters.set(letter, person);
		}
		if (random() < 0.1) await new Promise((resolve) => setImmediate(resolve));
		if (random() < 0.03)
			await until('a round trip of somebody', () => people.some(({ isSaved }) => isSaved), 300).catch(() => {});
	}
	expectNothingLost([...NUMBERS, ...letters.keys()], await settled(), takenBack);
}

test('[MS6] what somebody typed and had saved before they left survives a move that was made offline at the time', async () => {
	const [typist, mover] = people;
	mover.away();
	typist.editing.cursorIn(2, 8);
	typist.editing.type(' thêm');
	await until('saved', () => typist.isSaved);
	await typist.leave();
	mover.editing.cursorIn(2, 0);
	mover.editing.run(moveBlock(1));
	const text = await settled(people.slice(1));
	expect(text.split(' thêm').length).toBe(2);
	await typist.reload();
	expectNothingLost([' thêm'], await settled());
});

test('[MS6] a provision that two people split offline, and a third joins to the one above, is there once; undo doubles nothing', async () => {
	const [one, other, joiner] = people;
	for (const person of [one, other, joiner]) person.away();
	one.editing.cursorIn(2, 4);
	one.editing.run(enterInProvision('nd30'));
	other.editing.cursorIn(2, 9);
	other.editing.run(enterInProvision('nd30'));
	other.editing.type('thêm ');
	joiner.editing.cursorIn(1, 10_000);
	joiner.editing.run(deleteAtEnd);
	expectNothingLost([...NUMBERS, 'thêm '], await settled());
	for (const { editing } of [one, joiner]) editing.undo();
	expectNothingLost([...NUMBERS, 'thêm '], await settled());
	one.editing.redo();
	other.editing.undo();
	expectNothingLost(NUMBERS, await settled(), ['thêm ']);
});
