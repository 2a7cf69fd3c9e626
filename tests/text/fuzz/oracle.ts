import type { Look } from './look.ts';

/** What somebody said of a thing: who set it to what. */
type Said = Map<string, Map<number, string>>;

interface Boldness {
	wasSet: boolean;
	wasUnset: boolean;
	/** By undo, or it came with letters that undo brought. */
	isUndone: boolean;
}

/** Remembers what each person meant by what they did, and says in the end what of it did not come about. */
export class Oracle {
	readonly #letters = new Set<string>();
	readonly #removed = new Map<string, Set<number>>();
	readonly #broughtBack = new Map<string, number>();
	readonly #bold = new Map<string, Boldness>();
	readonly #blocks = new Set<string>();
	readonly #blocksGone = new Map<string, { how: 'joined' | 'deleted'; step: number; person: number }>();
	readonly #blocksBack = new Set<string>();
	/** Somebody took back that they were made, with or without seeing them at that moment. */
	readonly #takenBack = new Set<string>();
	readonly #touched = new Map<string, number>();
	readonly #entries = new Set<string>();
	readonly #entriesGone = new Set<string>();
	readonly #breaks = new Set<string>();
	readonly #breaksGone = new Set<string>();
	readonly #levels: Said = new Map();
	readonly #kinds: Said = new Map();
	readonly #aligns: Said = new Map();
	readonly #notes: Said = new Map();
	readonly #first: Look;

	constructor(first: Look) {
		this.#first = first;
		for (const [name, { isBold }] of first.letters) {
			this.#letters.add(name);
			this.#bold.set(name, { wasSet: isBold, wasUnset: false, isUndone: false });
		}
		for (const uid of first.blocks.keys()) this.#blocks.add(uid);
		for (const entry of first.there) this.#entries.add(entry);
		for (const name of first.breaks) this.#breaks.add(name);
	}

	/** One person did something, and saw this before and after it. */
	observe(person: number, step: number, isUndo: boolean, before: Look, after: Look): void {
		this.#observeLetters(person, isUndo, before, after);
		// Whoever removed a block and meets it again has met what somebody wrote into it.
		for (const [uid, gone] of this.#blocksGone)
			if (gone.person === person && before.blocks.get(uid)?.isEmpty === false) this.#blocksBack.add(uid);
		for (const uid of before.out) if (!after.out.has(uid) && before.blocks.has(uid)) this.#blocksBack.add(uid);
		if (isUndo) for (const uid of after.out) if (!before.out.has(uid)) this.#takenBack.add(uid);
		for (const [uid, block] of after.blocks) {
			const was = before.blocks.get(uid);
			if (!was) {
				if (this.#blocks.has(uid)) this.#blocksBack.add(uid);
				this.#blocks.add(uid);
				continue;
			}
			if (was.level !== block.level) say(this.#levels, uid, person, block.level);
			if (was.kind !== block.kind) say(this.#kinds, uid, person, block.kind);
			if (was.align !== block.align) say(this.#aligns, uid, person, block.align);
		}
		for (const uid of before.blocks.keys()) {
			if (after.blocks.has(uid)) continue;
			const isJoined = [...before.letters].some(([name, { block }]) => block === uid && after.letters.has(name));
			this.#blocksGone.set(uid, { how: isJoined ? 'joined' : 'deleted', step, person });
		}
		for (const uid of changedBlocks(before, after)) this.#touched.set(uid, step);
		for (const [all, gone, was, is] of [
			[this.#entries, this.#entriesGone, before.there, after.there],
			[this.#breaks, this.#breaksGone, before.breaks, after.breaks]
		]) {
			for (const name of is) all.add(name);
			for (const name of was) if (!is.has(name)) gone.add(name);
		}
		for (const [uid, text] of after.notes)
			if (before.notes.has(uid) && before.notes.get(uid) !== text) say(this.#notes, uid, person, text);
		if (!isUndo) return;
		for (const said of [this.#levels, this.#kinds, this.#aligns, this.#notes])
			for (const by of said.values()) if (by.has(person)) by.set(UNDONE, '');
	}

	/** What did not come about, in the text that all have in the end. */
	judge(end: Look): string[] {
		const wrong: string[] = [];
		for (const name of end.twice) {
			if (name.startsWith('block ')) wrong.push('uid twice');
			else if ((this.#broughtBack.get(name) ?? 0) < 2) wrong.push(`letter twice: ${name}`);
		}
		for (const name of this.#letters) {
			if (!this.#removed.has(name) && !end.letters.has(name))
				wrong.push(`${name.startsWith('inline') ? 'inline element' : 'letter'} lost: ${name}`);
			if (this.#removed.has(name) && !this.#broughtBack.has(name) && end.letters.has(name))
				wrong.push(`deleted letter is back: ${name}`);
		}
		for (const name of this.#breaks) if (!this.#breaksGone.has(name) && !end.breaks.has(name)) wrong.push(`break lost: ${name}`);
		for (const name of this.#entries)
			if (!this.#entriesGone.has(name) && !this.#takenBack.has(name) && !end.entries.has(name) && !this.#tableIsGone(end))
				wrong.push(`row or column lost: ${name}`);
		this.#judgeBlocks(end, wrong);
		this.#judgeSaid(end, wrong);
		this.#judgeOrder(end, wrong);
		return wrong;
	}

	/** Letters whose formatting is not what was meant. Yjs ends the formatting of a stretch that somebody emptied (SPEC.md, "What Yjs does"). */
	judgeBold(end: Look): string[] {
		const wrong: string[] = [];
		for (const [name, { isBold }] of end.letters) {
			const said = this.#bold.get(name);
			if (!said) wrong.push(`letter from nowhere: ${name}`);
			else if (said.isUndone) continue;
			else if (said.wasSet && !said.wasUnset && !isBold) wrong.push(`bold lost: ${name}`);
			// What is typed into a stretch while another makes it bold is bold too.
			else if (!said.wasSet && isBold && this.#first.letters.has(name)) wrong.push(`bold from nowhere: ${name}`);
		}
		return wrong;
	}

	#observeLetters(person: number, isUndo: boolean, before: Look, after: Look): void {
		for (const [name, { isBold }] of after.letters) {
			if (before.letters.has(name)) continue;
			if (this.#letters.has(name)) this.#broughtBack.set(name, (this.#broughtBack.get(name) ?? 0) + 1);
			this.#letters.add(name);
			const said = this.#bold.get(name);
			if (!said) this.#bold.set(name, { wasSet: isBold, wasUnset: false, isUndone: isUndo });
			else said.isUndone = true;
		}
		// Two who deleted the same letters and both take it back have them twice (SPEC.md, "What Yjs does").
		for (const name of after.twice)
			if (isUndo && !before.twice.includes(name)) this.#broughtBack.set(name, (this.#broughtBack.get(name) ?? 0) + 1);
		for (const [name, { isBold }] of before.letters) {
			const now = after.letters.get(name);
			if (!now) {
				const by = this.#removed.get(name) ?? new Set();
				this.#removed.set(name, by.add(person));
			} else if (now.isBold !== isBold) {
				const said = this.#bold.get(name)!;
				if (isUndo) said.isUndone = true;
				else if (now.isBold) said.wasSet = true;
				else said.wasUnset = true;
			}
		}
	}

	#judgeBlocks(end: Look, wrong: string[]): void {
		for (const uid of this.#blocks) {
			const is = end.blocks.get(uid);
			const gone = this.#blocksGone.get(uid);
			if (!gone && !is && !this.#takenBack.has(uid)) wrong.push(`block lost: ${uid}`);
			if (!gone || !is || this.#blocksBack.has(uid) || is.kind === 'table') continue;
			// Whoever goes on writing in a block that another removed keeps it.
			const isKeptUp = (this.#touched.get(uid) ?? -1) > gone.step;
			if (!isKeptUp && is.isEmpty) wrong.push(`removed block is back (${gone.how}): ${uid}`);
		}
	}

	#judgeSaid(end: Look, wrong: string[]): void {
		const check = (said: Said, name: string, value: (uid: string) => string | undefined) => {
			for (const [uid, by] of said) {
				const is = value(uid);
				if (is !== undefined && !by.has(UNDONE) && ![...by.values()].includes(is)) wrong.push(`${name} lost: ${uid}`);
			}
		};
		check(this.#levels, 'level', (uid) =>
			end.blocks.get(uid)?.kind === 'provision' && !this.#kinds.has(uid) ? end.blocks.get(uid)!.level : undefined
		);
		check(this.#kinds, 'kind', (uid) => end.blocks.get(uid)?.kind);
		check(this.#aligns, 'alignment', (uid) =>
			end.blocks.get(uid)?.kind === 'paragraph' && !this.#kinds.has(uid) ? end.blocks.get(uid)!.align : undefined
		);
		check(this.#notes, 'text of a footnote', (uid) => end.notes.get(uid));
	}

	/** What stood one behind the other in one block, and is in one block again, still stands so, if nobody moved anything. */
	#judgeOrder(end: Look, wrong: string[]): void {
		if (this.hasMoves) return;
		for (const uid of this.#first.blocks.keys()) {
			if (this.#first.blocks.get(uid)!.kind === 'table') continue;
			const own = [...this.#first.letters]
				.filter(([name, { block }]) => block === uid && !this.#broughtBack.has(name))
				.map(([name]) => name);
			for (let nth = 1; nth < own.length; nth++) {
				const [a, b] = [end.letters.get(own[nth - 1]), end.letters.get(own[nth])];
				if (a && b && a.block === b.block && a.at > b.at) wrong.push(`order of letters: ${own[nth]}`);
			}
		}
	}

	/** Somebody moved blocks: letters of a block may come in another order then. */
	hasMoves = false;

	#tableIsGone(end: Look): boolean {
		return ![...end.blocks.values()].some(({ kind }) => kind === 'table');
	}
}

/** Stands for nobody: somebody took something back. */
const UNDONE = -1;

function say(said: Said, uid: string, person: number, value: string): void {
	const by = said.get(uid) ?? new Map<number, string>();
	said.set(uid, by.set(person, value));
}

function* changedBlocks(before: Look, after: Look): Generator<string> {
	for (const [uid, block] of after.blocks) {
		const old = before.blocks.get(uid);
		if (!old || old.kind !== block.kind || old.depth !== block.depth || !old.node.eq(block.node)) yield uid;
	}
}
