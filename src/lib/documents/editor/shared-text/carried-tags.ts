import type { Node } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { Changes } from '../../../text/changes.ts';
import type { TextModel } from '../../../text/model.ts';
import { letterPlace, positionOfLetter } from '../../../text/positions.ts';
import { setAttribute } from '../../../text/tagging.ts';

/** Letters in a row and where each stands in the document. Elements are letters; ends of blocks are none. */
interface Row {
	letters: string;
	positions: number[];
}

/** An attribute of the letters `[from, to)` of a row. */
interface Carried {
	name: string;
	from: number;
	to: number;
}

/**
 * What was last copied, cut or dragged, with the attributes of its letters that no editor shows, such as anchors of
 * comments. Put somewhere else in the text it has those again that no letter has meanwhile (MK5): so they go along with
 * what is cut, and not with a copy.
 */
export class CarriedTags {
	#letters = '';
	#tags: Carried[] = [];

	/** Keeps what is selected, as it is in the text. */
	take(model: TextModel, { doc, selection }: Pick<EditorState, 'doc' | 'selection'>): void {
		const { letters, positions } = joined(selection.ranges.map(({ $from, $to }) => rowOf(doc, $from.pos, $to.pos)));
		this.#letters = letters;
		this.#tags = [];
		for (const { name, block, from, to } of model.tags('')) {
			const [start, end] = [from, to].map((offset) => positionOfLetter(model, { name: block, offset }));
			if (start === null || end === null) continue;
			const first = positions.findIndex((position) => position >= start);
			const last = positions.findLastIndex((position) => position < end);
			if (first >= 0 && first <= last) this.#tags.push({ name, from: first, to: last + 1 });
		}
	}

	/** Gives them back to letters that transactions have put into the text. `doc` is what the model shows. */
	putBack(model: TextModel, doc: Node, transactions: readonly Transaction[]): void {
		const isPut = transactions.some((transaction) => ['paste', 'drop'].includes(transaction.getMeta('uiEvent') as string));
		if (!isPut || this.#tags.length === 0) return;
		const held = new Set([...model.tags('')].filter(({ from, to }) => to > from).map(({ name }) => name));
		const gone = this.#tags.filter(({ name }) => !held.has(name));
		if (gone.length === 0) return;
		const all = { from: 0, to: Infinity };
		for (const { fromAfter, toAfter } of new Changes(transactions).rangesIn(all, all)) {
			const row = rowOf(doc, fromAfter, toAfter);
			const at = row.letters.indexOf(this.#letters);
			if (at < 0) continue;
			for (const { name, from, to } of gone) tie(model, doc, row.positions.slice(at + from, at + to), name);
			return;
		}
	}
}

/** Sets an attribute on letters, in each block by itself. */
function tie(model: TextModel, doc: Node, positions: readonly number[], attribute: string): void {
	const places = positions.flatMap((position) => letterPlace(doc, position) ?? []);
	for (const [name, own] of Map.groupBy(places, (place) => place.name)) {
		const offsets = own.map(({ offset }) => offset);
		setAttribute(model, { name, from: Math.min(...offsets), to: Math.max(...offsets) + 1 }, attribute);
	}
}

function rowOf(doc: Node, from: number, to: number): Row {
	const row: Row = { letters: '', positions: [] };
	doc.nodesBetween(from, Math.min(to, doc.content.size), (node, position) => {
		if (!node.isInline) return true;
		const start = Math.max(from, position);
		const end = Math.min(to, position + node.nodeSize);
		row.letters += node.text?.slice(start - position, end - position) ?? '\uFFFC';
		for (let at = start; at < end; at++) row.positions.push(at);
		return false;
	});
	return row;
}

function joined(rows: readonly Row[]): Row {
	return { letters: rows.map(({ letters }) => letters).join(''), positions: rows.flatMap(({ positions }) => positions) };
}
