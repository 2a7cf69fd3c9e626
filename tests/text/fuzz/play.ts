import * as Y from 'yjs';
import { documentToUpdate, readDocument } from '../../../src/lib/text/body.ts';
import { faultOf } from '../../../src/lib/text/door.ts';
import { writeAnew } from '../../../src/lib/text/write-anew.ts';
import { Person, REMOTE } from '../support/person.ts';
import { actsOf } from './acts.ts';
import { firstDocument } from './first-document.ts';
import { look } from './look.ts';
import { Oracle } from './oracle.ts';
import { Letters, Random, weighted } from './random.ts';

export interface PlayOptions {
	seed: number;
	steps: number;
	/** Names of acts to leave out. */
	without?: readonly string[];
	withUndo?: boolean;
	/** Told of each step, to find out what went wrong. */
	onStep?: (step: number, person: number, act: string, people: readonly Person[]) => void;
}

export interface Outcome {
	/** What must never happen. */
	wrong: string[];
	/** Formatting that is not what was meant: rare, and Yjs' own. */
	bold: string[];
	acts: number;
}

/** Two to five people do anything, hear of each other late, in pieces and out of turn, go away and reload; then all is compared with what they meant. */
export function play({ seed, steps, without = [], withUndo = true, onStep }: PlayOptions): Outcome {
	const random = new Random(seed * 7919);
	random.takeOverUids();
	const letters = new Letters();
	const start = documentToUpdate(firstDocument((count) => letters.fresh(count), 2));
	const count = 2 + (seed % 4);
	const room = new Room(start, count, random);
	const acts = actsOf(random, letters).filter(({ name }) => !without.includes(name));
	const names = acts.map(({ name, weight }): [string, number] => [name, weight]);
	const pick = weighted(withUndo ? [...names, ['undo', 2], ['redo', 1]] : names, random);
	const oracle = new Oracle(look(room.people[0]));
	const outcome: Outcome = { wrong: [], bold: [], acts: 0 };
	let doing = 'nothing';
	try {
		for (let step = 0; step < steps; step++) {
			const nth = random.below(count);
			doing = 'hearing';
			room.deliver();
			if (random.isLikely(0.02)) room.reload(nth);
			const person = room.people[nth];
			const act = pick();
			doing = act;
			const before = look(person);
			const { corrections } = person;
			person.beginStep();
			if (act === 'undo') person.undo();
			else if (act === 'redo') person.redo();
			else acts.find(({ name }) => name === act)!.act(person);
			if (act.startsWith('move')) oracle.hasMoves = true;
			oracle.observe(nth, step, act === 'undo' || act === 'redo', before, look(person));
			outcome.acts++;
			onStep?.(step, nth, act, room.people);
			if (person.corrections !== corrections) outcome.wrong.push(`writer was put right: ${act}`);
			person.doc.check();
			if (random.isLikely(0.05) && !readAnew(person).eq(person.doc))
				outcome.wrong.push(`what was read bit by bit is not what is read anew: ${act}`);
		}
		doing = 'coming together';
		room.settle();
		for (const { ydoc } of room.people) expectTaken(Y.encodeStateAsUpdate(ydoc));
	} catch (error) {
		outcome.wrong.push(
			`${doing} throws ${String((error as Error).stack)
				.split('\n')
				.slice(0, 4)
				.join(' | ')}`
		);
		return outcome;
	}
	const [first] = room.people;
	for (const person of room.people) {
		if (!person.doc.eq(first.doc)) outcome.wrong.push('people see different texts');
		person.doc.check();
	}
	if (!readAnew(first).eq(first.doc)) outcome.wrong.push('the editor shows something else than Yjs holds');
	if (!writtenAnew(first).eq(first.doc)) outcome.wrong.push('what is written anew is another text');
	const end = look(first);
	outcome.wrong.push(...oracle.judge(end));
	outcome.bold.push(...oracle.judgeBold(end));
	for (const person of room.people) person.destroy();
	return outcome;
}

/** The server's door lets through whatever the application's own writer wrote. */
function expectTaken(update: Uint8Array): void {
	const fault = faultOf(update);
	if (fault !== null) throw new Error(`the door finds ${fault}`);
}

function readAnew({ ydoc, schema }: Person) {
	const again = new Y.Doc();
	Y.applyUpdate(again, Y.encodeStateAsUpdate(ydoc));
	return readDocument(again, schema);
}

function writtenAnew({ ydoc, schema }: Person) {
	const anew = new Y.Doc();
	Y.applyUpdate(anew, writeAnew(ydoc, schema));
	return readDocument(anew, schema);
}

/** People on one document, with letters to one another under way. */
class Room {
	readonly people: Person[];
	readonly #random: Random;
	readonly #inboxes: Uint8Array[][];
	readonly #isAway: boolean[];

	constructor(start: Uint8Array, count: number, random: Random) {
		this.#random = random;
		this.#inboxes = Array.from({ length: count }, () => []);
		this.#isAway = Array.from({ length: count }, () => false);
		this.people = Array.from({ length: count }, (_p, nth) => this.#join(nth, start));
	}

	/** Some of what is under way arrives: several frames at once, or one by one. */
	deliver(): void {
		for (const [nth, person] of this.people.entries()) {
			if (this.#random.isLikely(0.03)) this.#isAway[nth] = !this.#isAway[nth];
			if (this.#isAway[nth] || !this.#random.isLikely(0.4)) continue;
			const frames = this.#inboxes[nth].splice(0, 1 + this.#random.below(6));
			if (frames.length > 1 && this.#random.isLikely(0.5)) person.receive(Y.mergeUpdates(frames));
			else for (const frame of frames) person.receive(frame);
		}
	}

	/** A page is loaded anew: it has what it had, and a new name in Yjs. */
	reload(nth: number): void {
		const old = this.people[nth];
		const whole = Y.encodeStateAsUpdate(old.ydoc);
		old.destroy();
		this.people[nth] = this.#join(nth, whole);
	}

	/** All that is under way arrives. */
	settle(): void {
		for (let round = 0; round < 3; round++) {
			for (const [nth, person] of this.people.entries()) for (const frame of this.#inboxes[nth].splice(0)) person.receive(frame);
		}
	}

	#join(nth: number, update: Uint8Array): Person {
		const person = new Person(update, { clientId: 1 + this.#random.below(2 ** 31) });
		person.ydoc.on('update', (frame: Uint8Array, origin: unknown) => {
			if (origin === REMOTE) return;
			expectTaken(frame);
			for (const [other, inbox] of this.#inboxes.entries()) if (other !== nth) inbox.push(frame);
		});
		return person;
	}
}
