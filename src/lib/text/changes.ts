/** What the steps of some transactions say about a change that the two documents alone do not. */
import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { Mapping } from '@tiptap/pm/transform';
import { leavesOf } from './leaves.ts';

/** A stretch that was replaced: where it was, and where is now what took its place. */
export interface Range {
	fromBefore: number;
	toBefore: number;
	fromAfter: number;
	toAfter: number;
}

export class Changes {
	readonly #transactions: readonly Transaction[];
	readonly #mapping: Mapping;
	#ranges: Range[] | null = null;

	/** Transactions that lead one after the other from the one document to the other; none when that is not known. */
	constructor(transactions: readonly Transaction[]) {
		this.#transactions = transactions.filter(({ docChanged }) => docChanged);
		this.#mapping = new Mapping(this.#transactions.flatMap(({ mapping }) => mapping.maps));
	}

	get isKnown(): boolean {
		return this.#transactions.length > 0;
	}

	/** Whether the last letter in front of a position is still there, wherever it is by now. */
	keepsLetterBefore(position: number): boolean {
		return !this.isKnown || !this.#mapping.mapResult(position, -1).deletedBefore;
	}

	/** How many positions behind `from`, up to `to`, no step has touched. */
	untouchedFrom(from: number, to: number): number {
		let end = to;
		for (const range of this.#all()) if (range.fromBefore < end && range.toBefore >= from) end = Math.max(from, range.fromBefore);
		return end - from;
	}

	/** The replaced stretches between two places of each document. */
	rangesIn(before: { from: number; to: number }, after: { from: number; to: number }): Range[] {
		const clamp = (value: number, { from, to }: { from: number; to: number }) => Math.max(from, Math.min(to, value)) - from;
		return this.#all()
			.filter(
				(range) =>
					range.fromBefore <= before.to &&
					range.toBefore >= before.from &&
					range.fromAfter <= after.to &&
					range.toAfter >= after.from
			)
			.map((range) => ({
				fromBefore: clamp(range.fromBefore, before),
				toBefore: clamp(range.toBefore, before),
				fromAfter: clamp(range.fromAfter, after),
				toAfter: clamp(range.toAfter, after)
			}));
	}

	/** Blocks that a step took out whole; what of them is there afterwards was moved. */
	takenOut(): Set<string> {
		const found = new Set<string>();
		for (const { steps, docs } of this.#transactions) {
			for (const [nth, step] of steps.entries()) {
				step.getMap().forEach((from, to) => {
					if (to > from) for (const uid of blocksBetween(docs[nth], from, to)) found.add(uid);
				});
			}
		}
		return found;
	}

	#all(): Range[] {
		if (this.#ranges) return this.#ranges;
		const { maps } = this.#mapping;
		const back = this.#mapping.invert();
		const found: Range[] = [];
		for (const [nth, map] of maps.entries()) {
			const rest = this.#mapping.slice(nth + 1);
			map.forEach((_from, _to, from, to) => {
				const fromAfter = rest.map(from, -1);
				const toAfter = rest.map(to, 1);
				found.push({ fromAfter, toAfter, fromBefore: back.map(fromAfter, -1), toBefore: back.map(toAfter, 1) });
			});
		}
		this.#ranges = merged(found);
		return this.#ranges;
	}
}

function* blocksBetween(doc: Node, from: number, to: number): Generator<string> {
	let position = 0;
	for (const block of doc.children) {
		if (position >= to) return;
		const end = position + block.nodeSize;
		if (end > from) {
			for (const { uid, node, offset } of leavesOf(block))
				if (position + offset >= from && position + offset + node.nodeSize <= to) yield uid;
		}
		position = end;
	}
}

/** In order, without overlap. */
function merged(ranges: Range[]): Range[] {
	const list: Range[] = [];
	for (const range of ranges.toSorted((a, b) => a.fromAfter - b.fromAfter || a.fromBefore - b.fromBefore)) {
		const last = list.at(-1);
		if (!last || (range.fromAfter > last.toAfter && range.fromBefore > last.toBefore)) list.push({ ...range });
		else {
			last.fromBefore = Math.min(last.fromBefore, range.fromBefore);
			last.toAfter = Math.max(last.toAfter, range.toAfter);
			last.toBefore = Math.max(last.toBefore, range.toBefore);
		}
	}
	return list;
}
