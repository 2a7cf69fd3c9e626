/** Does to a text as it is by now what somebody did to it as it was (SPEC.md, LW). */
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { findText, insertAfter, replaceContent } from './edits.ts';
import type { Line } from './groups.ts';
import { isSameLine, type LateWork, toldLines } from './late-work.ts';
import { mergedTable } from './late-table.ts';
import { linesOf, show, uidOf } from './lines.ts';
import { uidsIn, withOwnUids } from './own-uids.ts';
import type { PlannedEdit } from './planned-edit.ts';
import { type Strand, strandOf } from './strands.ts';
import { cellName } from './table.ts';
import { doMeet, mergedContent, mergedOrder, movedBetween } from './three-way.ts';
import { keptBetween, placeBehindKept } from './word-diff.ts';

/** How many blocks are as the person made them, and how many wordings stand beside. */
export interface BroughtIn {
	applied: number;
	beside: number;
}

/** Plans it. `said` stands in front of what is kept beside: whose wording it is and from when. */
export function bringIn(edit: PlannedEdit, work: LateWork, said: string): BroughtIn {
	return new Arrival(edit, work, said).bringIn();
}

class Arrival {
	readonly #edit: PlannedEdit;
	readonly #work: LateWork;
	readonly #said: string;
	readonly #schema: Schema;
	/** Blocks that the person changed: as they were, and as they made them. */
	readonly #old: ReadonlyMap<string, Line>;
	readonly #wanted: ReadonlyMap<string, Line>;
	readonly #applied = new Set<string>();
	readonly #beside: { uid: string; blocks: Node[] }[] = [];
	/** Blocks whose text went into another, and may go. */
	readonly #joined = new Set<string>();
	/** Blocks that stay as others have them, or are not made, since what the person wrote in them stands beside. */
	readonly #left = new Set<string>();
	/** The text of blocks that were split off and are still to be made. */
	readonly #tails = new Map<string, Fragment>();

	constructor(edit: PlannedEdit, work: LateWork, said: string) {
		this.#edit = edit;
		this.#work = work;
		this.#said = said;
		this.#schema = edit.model.schema;
		this.#old = toldLines(work.before, this.#schema);
		this.#wanted = toldLines(work.after, this.#schema);
	}

	bringIn(): BroughtIn {
		const there = new Map(linesOf(this.#edit.doc).map((line) => [uidOf(line), line.node]));
		for (const [uid, { node }] of this.#wanted) {
			const before = this.#old.get(uid)?.node;
			if (!before) this.#leaveIfThere(uid, node, there.get(uid));
			else if (before.content.eq(node.content)) continue;
			else if (before.isTextblock && node.isTextblock)
				this.#bringText(strandOf(uid, this.#work.before, this.#work.after, this.#old, this.#wanted));
			else if (node.firstChild?.type.name === 'headerField') this.#bringFields(uid, before, node);
		}
		this.#bringBlocks();
		for (const { uid, blocks } of this.#beside.toReversed()) insertAfter(this.#edit, this.#placeBehind(uid), blocks);
		return { applied: this.#applied.size, beside: this.#beside.length };
	}

	/** A block that the person made, and somebody else put there as well, as when it is restored. */
	#leaveIfThere(uid: string, made: Node, there: Node | undefined): void {
		if (!there) return;
		this.#left.add(uid);
		if (made.isTextblock && !made.content.eq(there.content)) this.#keepBeside(uid, made.content);
	}

	/** The words of a block, of those it took in and those that were split off it (LW2, LW5). */
	#bringText({ uid, joined, parts }: Strand): void {
		const { doc } = this.#edit;
		const live = [uid, ...joined].map((name) => findText(doc, name)?.node.content);
		const from = parts.reduce((all, part) => all.append(part.from), Fragment.empty);
		const now = live.reduce<Fragment>((all, content) => all.append(content ?? Fragment.empty), Fragment.empty);
		const kept = keptBetween(from, now);
		const cuts = parts.map(({ start }, nth) => (nth === 0 ? 0 : placeBehindKept(kept, start)));
		const nowParts = cuts.map((cut, nth) => now.cut(cut, cuts[nth + 1] ?? now.size));
		if (!live[0] || parts.some((part, nth) => doMeet(part.from, part.to, nowParts[nth]))) {
			for (const name of [...joined, ...parts.slice(1).map((part) => part.uid)]) this.#left.add(name);
			for (const part of parts) if (!part.to.eq(part.from)) this.#keepBeside(uid, part.to);
			return;
		}
		for (const [nth, name] of joined.entries()) if (live[nth + 1]) this.#join(uid, name);
		for (let nth = parts.length - 1; nth > 0; nth--) {
			const { uid: own, from, to } = parts[nth];
			if (!this.#split(uid, cuts[nth], own)) this.#tails.set(own, mergedContent(this.#schema, from, to, nowParts[nth]));
		}
		if (joined.length > 0 || parts.length > 1) this.#edit.endStage();
		for (const part of parts) if (!this.#tails.has(part.uid)) this.#carryOver(part.uid, part.from, part.to);
		if (this.#edit.doc !== doc) this.#applied.add(uid);
	}

	#bringFields(uid: string, before: Node, after: Node): void {
		const { doc } = this.#edit;
		const old = new Map(before.children.map((field) => [field.attrs.name as string, field.content]));
		for (const { attrs, content } of after.children) {
			const from = old.get(attrs.name);
			if (!from || from.eq(content)) continue;
			const name = cellName(uid, attrs.name);
			const live = findText(this.#edit.doc, name)?.node.content;
			if (live && !doMeet(from, content, live)) this.#carryOver(name, from, content);
			else this.#keepBeside(uid, content);
		}
		if (this.#edit.doc !== doc) this.#applied.add(uid);
	}

	#carryOver(name: string, from: Fragment, to: Fragment): void {
		if (!from.eq(to)) replaceContent(this.#edit, name, to, from);
	}

	/** Puts the text of a block behind that of another: by a step that moves it where they are neighbours. */
	#join(uid: string, other: string): void {
		this.#edit.endStage();
		const { doc, transaction } = this.#edit;
		const [into, joined] = [findText(doc, uid)!, findText(doc, other)!];
		const end = into.position + into.node.nodeSize;
		const areNeighbours = joined.position === end && doc.children.includes(into.node) && doc.children.includes(joined.node);
		if (areNeighbours) transaction.join(end);
		else transaction.insert(end - 1, joined.node.content);
		this.#joined.add(other);
	}

	/** Cuts a block there. False when the new one is not to stand as a neighbour of its own; then the text is only taken out. */
	#split(uid: string, at: number, own: string): boolean {
		this.#edit.endStage();
		const { doc, transaction } = this.#edit;
		const { node, position } = findText(doc, uid)!;
		const { kind, node: wanted } = this.#wanted.get(own)!;
		const canSplit = doc.children.includes(node) && kind === wanted.type.name && !uidsIn(doc).has(own);
		if (canSplit) transaction.split(position + 1 + at, 1, [{ type: wanted.type, attrs: wanted.attrs }]);
		else transaction.delete(position + 1 + at, position + 1 + node.content.size);
		return canSplit;
	}

	/** Which blocks there are, in which order, what they are, and tables. */
	#bringBlocks(): void {
		const { before, after } = this.#work;
		const there = linesOf(this.#edit.doc);
		const lines = new Map(there.map((line) => [uidOf(line), line]));
		const now = [...lines.keys()];
		const taken = uidsIn(this.#edit.doc);
		for (const [uid, wanted] of this.#wanted) {
			const [old, line] = [this.#old.get(uid), lines.get(uid)];
			if (old && line) lines.set(uid, this.#changed(uid, old, wanted, line));
			else if (old && wanted.kind === 'table') this.#keepBeside(uid, null, wanted.node);
			else if (!old && !line && !this.#left.has(uid)) lines.set(uid, this.#made(uid, wanted, taken));
		}
		const mayGo = (uid: string) =>
			!this.#left.has(uid) && (this.#joined.has(uid) || isSameLine(lines.get(uid)!, this.#old.get(uid)!));
		const order = mergedOrder(
			before.order,
			after.order.filter((uid) => lines.has(uid)),
			now,
			mayGo
		);
		const [wasThere, isThere] = [new Set(now), new Set(order)];
		for (const uid of [
			...order.filter((name) => !wasThere.has(name)),
			...now.filter((name) => !isThere.has(name) && !this.#joined.has(name)),
			...movedBetween(now, order)
		])
			this.#applied.add(uid);
		const result = order.map((uid) => lines.get(uid)!);
		if (result.length !== there.length || result.some((line, nth) => line !== there[nth])) show(this.#edit, result);
	}

	/** A block that the person made. */
	#made(uid: string, { node, ...line }: Line, taken: Set<string>): Line {
		const whole = this.#tails.has(uid) ? node.copy(this.#tails.get(uid)!) : node;
		return { ...line, node: withOwnUids(Fragment.from(whole), taken).firstChild! };
	}

	/** A block as it is by now, with what the person changed of it besides its words and nobody else did. */
	#changed(uid: string, old: Line, wanted: Line, now: Line): Line {
		const changed = this.#withOwnKind(old, wanted, now);
		const [was, is, stands] = [old.node, wanted.node, changed.node];
		if (now.kind === 'table' && is.type === stands.type && was.type === stands.type) {
			const table = mergedTable(was, is, stands, (content) => this.#keepBeside(uid, content));
			if (table) changed.node = table;
			else this.#keepBeside(uid, null, is);
		} else if (is.firstChild?.type.name === 'headerField' && stands.firstChild?.type.name === 'headerField')
			changed.node = withFields(was, is, stands);
		if (isSameLine(changed, now)) return now;
		this.#applied.add(uid);
		return changed;
	}

	#withOwnKind(old: Line, wanted: Line, now: Line): Line {
		if (wanted.kind !== old.kind) {
			const isOther = now.kind !== old.kind || !now.node.hasMarkup(old.node.type, old.node.attrs);
			return isOther || !now.node.isTextblock || !wanted.node.isTextblock
				? { ...now }
				: { ...wanted, node: wanted.node.copy(now.node.content) };
		}
		const attrs = withOwn(old.node.attrs, wanted.node.attrs, now.node.attrs);
		return {
			...now,
			...withOwn(depthOf(old), depthOf(wanted), depthOf(now)),
			node: now.node.type.create(attrs, now.node.content)
		};
	}

	/** Keeps what met something else: words, or a block. Nothing is kept where the person wrote no words. */
	#keepBeside(uid: string, content: Fragment | null, block?: Node): void {
		if (content && content.textBetween(0, content.size, '', '*').trim() === '') return;
		const { nodes, marks } = this.#schema;
		const said = this.#schema.text(this.#said, [marks.italic.create()]);
		const paragraph = nodes.paragraph.create(null, content ? [said, nodes.hardBreak.create(), ...content.content] : said);
		this.#beside.push({ uid, blocks: block ? [paragraph, block] : [paragraph] });
	}

	/** The block itself, or else the nearest in front of it that is there. */
	#placeBehind(uid: string): string | null {
		const { order } = this.#work.after;
		const there = new Set(linesOf(this.#edit.doc).map(uidOf));
		return order.slice(0, order.indexOf(uid) + 1).findLast((other) => there.has(other)) ?? null;
	}
}

/** Values of `now`, with those that the person changed and nobody else did. */
function withOwn<Values extends Readonly<Record<string, unknown>>>(old: Values, wanted: Values, now: Values): Values {
	const mine = Object.keys(wanted).filter((name) => wanted[name] !== old[name] && now[name] === old[name]);
	return { ...now, ...Object.fromEntries(mine.map((name) => [name, wanted[name]])) };
}

function depthOf({ depth, more }: Line): { depth: unknown; more: unknown } {
	return { depth, more };
}

/** The fields that both amount to; their words are as they are by now. */
function withFields(old: Node, wanted: Node, now: Node): Node {
	const [was, is, stands] = [old, wanted, now].map(
		({ children }) => new Map(children.map((field) => [field.attrs.name as string, field]))
	);
	const order = mergedOrder([...was.keys()], [...is.keys()], [...stands.keys()], (name) => stands.get(name)!.eq(was.get(name)!));
	return order.length > 0 ? now.copy(Fragment.fromArray(order.map((name) => stands.get(name) ?? is.get(name)!))) : now;
}
