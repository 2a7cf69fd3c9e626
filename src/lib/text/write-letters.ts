/** Writes what changed within one block, cell or field: no letter that stayed is written anew (rules WR). */
import type { Fragment, Mark, Node } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { isName, isPlain } from './births.ts';
import type { Range } from './changes.ts';
import { OPAQUE } from './leaves.ts';
import { lettersOf, withoutAttributes } from './letters.ts';
import { attributesBefore, type Attributes, endOf, isKnownMark, MarkNames, markName } from './marks.ts';
import type { TextModel } from './model.ts';
import { type LineValue, NodeBuilder } from './nodes.ts';

/** A stretch `[from, to)` of a block's letters and what takes its place. At a seam it goes to the end of the part before, or to the beginning of the next. */
export interface Edit {
	from: number;
	to: number;
	add: Fragment;
	side: 'end' | 'beginning';
}

export class LetterWriter {
	readonly #model: TextModel;
	readonly #names: MarkNames;
	/** Makes the birth of a separator of lines, and returns its uid. */
	readonly #bearLine: (line: LineValue) => string;

	constructor(model: TextModel, bearLine: (line: LineValue) => string) {
		this.#model = model;
		this.#names = new MarkNames(model.tag);
		this.#bearLine = bearLine;
	}

	/** Makes the letters of a block those of `after`. `ranges` are the stretches that the editor says it replaced. */
	write(name: string, before: Fragment, after: Fragment, ranges: readonly Range[]): void {
		if (before.eq(after)) return;
		const edits = editsOf(before, after, ranges) ?? editsBetween(before, after);
		this.#formatKept(name, before, after, edits);
		this.apply(name, edits);
	}

	/** Edits in the letters as they were, from the last to the first. */
	apply(name: string, edits: readonly Edit[]): void {
		for (const { from, to, add, side } of edits.toReversed()) {
			const { part, index } = this.#model.locate(name, from, side);
			this.delete(name, from, to);
			if (add.size > 0) this.#insert(part.text, index, add);
		}
	}

	/** Deletes letters of a block. */
	delete(name: string, from: number, to: number): void {
		const ranges = this.#ranges(name, from, to).sort((a, b) => b.index - a.index);
		for (const { text, index, length } of ranges) this.#model.text(text).delete(index, length);
		for (const text of new Set(ranges.map(({ text }) => text))) this.#model.textChanged(text);
	}

	/** Puts a marker into a text, formatted as the letter in front of it. */
	insertMarker(name: string, index: number, uid: string): void {
		const text = this.#model.text(name);
		text.insertEmbed(index, { b: uid }, attributesBefore(text, index));
	}

	/** Fills a text that is new. */
	fill(name: string, content: Fragment): void {
		const { text, start, length } = this.#model.part(name);
		if (content.size > 0) this.#insert(text, start + length, content);
	}

	/** Marks and attributes of what stays. Nothing changes its place by that, so it comes before the edits. */
	#formatKept(name: string, before: Fragment, after: Fragment, edits: readonly Edit[]): void {
		let at = 0;
		let atAfter = 0;
		for (const { from, to, add } of [...edits, { from: before.size, to: before.size, add: null }]) {
			this.#format(name, at, before.cut(at, from), after.cut(atAfter, atAfter + from - at));
			atAfter += from - at + (add?.size ?? 0);
			at = to;
		}
	}

	/** Two runs of the same letters: what is marked differently. */
	#format(name: string, start: number, before: Fragment, after: Fragment): void {
		if (before.eq(after)) return;
		const todo: { from: number; to: number; off: string[]; on: Mark[] }[] = [];
		for (const { from, to, old, now } of aligned(before, after)) {
			const off = old.marks.filter((mark) => !mark.isInSet(now.marks)).map(({ type }) => type.name);
			const on = now.marks.filter((mark) => !mark.isInSet(old.marks));
			if (!old.isText) this.#rewriteAttributes(name, start + from, old, now);
			if (off.length === 0 && on.length === 0) continue;
			const last = todo.at(-1);
			const goesOn =
				last?.to === from &&
				last.off.join() === off.join() &&
				last.on.length === on.length &&
				last.on.every((mark, nth) => mark.eq(on[nth]));
			if (goesOn) last.to = to;
			else todo.push({ from, to, off, on });
		}
		for (const { from, to, off, on } of todo) {
			const set = this.#names.fresh(on);
			const ranges = this.#ranges(name, start + from, start + to);
			for (const { text, index, length } of ranges) {
				const yText = this.#model.text(text);
				yText.format(index, length, { ...(off.length > 0 ? endOf(yText, index, length, off) : {}), ...set });
			}
			for (const text of new Set(ranges.map(({ text }) => text))) this.#model.textChanged(text);
		}
	}

	/** The attributes of an inline element, or of the line behind a separator, stand beside the letters. */
	#rewriteAttributes(name: string, offset: number, old: Node, now: Node): void {
		if (old.type.name === OPAQUE) {
			const [before, after] = [NodeBuilder.separator(old.attrs.is), NodeBuilder.separator(now.attrs.is)];
			if (before && after) this.writeLine(this.#separatorAt(name, offset), before, after);
			return;
		}
		const { uid } = now.attrs;
		if (!isName(uid)) return;
		for (const key in now.attrs)
			if (key !== 'uid' && now.attrs[key] !== old.attrs[key]) this.#model.set(uid, `@${key}`, now.attrs[key]);
	}

	/** The kind and attributes of a line of a cell. */
	writeLine(uid: string | null, before: LineValue, after: LineValue): void {
		if (uid === null) return;
		if (before.kind !== after.kind) this.#model.set(uid, 'kind', after.kind);
		for (const key of new Set([...Object.keys(before.attrs), ...Object.keys(after.attrs)])) {
			if (before.attrs[key] !== after.attrs[key])
				this.#model.set(uid, `@${key}`, after.attrs[key] ?? (key === 'depth' ? 0 : null));
		}
	}

	#separatorAt(name: string, offset: number): string | null {
		const { part, index } = this.#model.locate(name, offset, 'beginning');
		let at = 0;
		for (const { insert } of this.#model.text(part.text).toDelta()) {
			if (at === index) return isPlain(insert) && isName(insert.p) ? insert.p : null;
			at += typeof insert === 'string' ? insert.length : 1;
		}
		return null;
	}

	/** Where letters `[from, to)` of a block stand in Yjs. */
	#ranges(name: string, from: number, to: number): { text: string; index: number; length: number }[] {
		let at = 0;
		const found: { text: string; index: number; length: number }[] = [];
		for (const part of this.#model.pieces(name)) {
			const start = Math.max(from, at);
			const end = Math.min(to, at + part.length);
			if (end > start) found.push({ text: part.text, index: part.start + start - at, length: end - start });
			at += part.length;
		}
		return found;
	}

	#insert(name: string, index: number, content: Fragment): void {
		const text = this.#model.text(name);
		let at = index;
		content.forEach((node) => {
			const attributes = this.#attributesFor(node, text, at);
			if (node.isText) text.insert(at, node.text!, attributes);
			else text.insertEmbed(at, this.#embed(node), attributes);
			at += node.nodeSize;
		});
		this.#model.textChanged(name);
	}

	/** What is set in front goes on over it, under the same name; also what this editor does not know. */
	#attributesFor(node: Node, text: Y.Text, at: number): Attributes {
		const before = attributesBefore(text, at);
		const attributes: Attributes = {};
		for (const name in before) {
			if (!isKnownMark(name, this.#model.schema) || node.marks.some(({ type }) => type.name === markName(name)))
				attributes[name] = before[name];
		}
		const going = new Set(Object.keys(attributes).map(markName));
		return Object.assign(attributes, this.#names.fresh(node.marks.filter(({ type }) => !going.has(type.name))));
	}

	#embed(node: Node): object {
		if (node.type.name === OPAQUE) {
			const line = NodeBuilder.separator(node.attrs.is);
			if (line) return { p: this.#bearLine(line) };
			return isPlain(node.attrs.is) ? node.attrs.is : {};
		}
		return { n: node.type.name, ...(isName(node.attrs.uid) ? { i: node.attrs.uid } : {}) };
	}
}

/** The edits that the editor's own ranges amount to; null when what lies between them is not the same. */
function editsOf(before: Fragment, after: Fragment, ranges: readonly Range[]): Edit[] | null {
	const edits: Edit[] = [];
	let at = 0;
	let atAfter = 0;
	for (const range of [
		...ranges,
		{ fromBefore: before.size, toBefore: before.size, fromAfter: after.size, toAfter: after.size }
	]) {
		const length = range.fromBefore - at;
		if (length < 0 || range.fromAfter - atAfter !== length) return null;
		if (lettersOf(before.cut(at, range.fromBefore)) !== lettersOf(after.cut(atAfter, range.fromAfter))) return null;
		if (range.toBefore > range.fromBefore || range.toAfter > range.fromAfter) edits.push(...shortened(before, after, range));
		at = range.toBefore;
		atAfter = range.toAfter;
	}
	return edits;
}

/** A replaced stretch without what is the same at both of its ends. */
function shortened(before: Fragment, after: Fragment, { fromBefore, toBefore, fromAfter, toAfter }: Range): Edit[] {
	return editsBetween(before.cut(fromBefore, toBefore), after.cut(fromAfter, toAfter)).map((edit) => ({
		...edit,
		from: edit.from + fromBefore,
		to: edit.to + fromBefore
	}));
}

/** The one stretch in which two contents differ; none when they are the same letters. */
function editsBetween(before: Fragment, after: Fragment): Edit[] {
	if (before.size === after.size && lettersOf(before) === lettersOf(after)) return [];
	const [bareBefore, bareAfter] = [withoutAttributes(before), withoutAttributes(after)];
	const from = bareBefore.findDiffStart(bareAfter);
	const end = bareBefore.findDiffEnd(bareAfter);
	if (from === null || !end) return [];
	const overlap = Math.max(0, from - Math.min(end.a, end.b));
	return [{ from, to: end.a + overlap, add: after.cut(from, end.b + overlap), side: 'end' }];
}

/** The pieces of two contents of the same letters, cut where either has another node. */
function* aligned(before: Fragment, after: Fragment): Generator<{ from: number; to: number; old: Node; now: Node }> {
	let from = 0;
	let nth = 0;
	let nthAfter = 0;
	let endOld = before.firstChild?.nodeSize ?? 0;
	let endNow = after.firstChild?.nodeSize ?? 0;
	while (nth < before.childCount && nthAfter < after.childCount) {
		const to = Math.min(endOld, endNow);
		yield { from, to, old: before.child(nth), now: after.child(nthAfter) };
		from = to;
		if (endOld === to) endOld += before.maybeChild(++nth)?.nodeSize ?? 0;
		if (endNow === to) endNow += after.maybeChild(++nthAfter)?.nodeSize ?? 0;
	}
}
