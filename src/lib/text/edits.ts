/**
 * What can be done to a text from outside an editor. Each function plans a part of an edit (`planned-edit.ts`), sees what
 * those before it planned, and throws when what it is asked cannot be done; then nothing of the edit happens.
 */
import { Fragment, Node, type Schema } from '@tiptap/pm/model';
import { carryOver } from './carry-over.ts';
import { grouped, type Line } from './groups.ts';
import { APPENDIX_RANK, rankOf } from './kinds.ts';
import { allLeaves, leavesOf, OPAQUE } from './leaves.ts';
import { linesOf, show, uidOf } from './lines.ts';
import { uidsIn, withOwnUids } from './own-uids.ts';
import type { PlannedEdit } from './planned-edit.ts';
import type { Letters } from './tagging.ts';
import { flatCell } from './write-table.ts';

/** There is no such block, cell or field. */
export class NotFound extends Error {
	constructor(name: string) {
		super(`${name} is not in the text`);
	}
}

/** The passage does not stand there any more, or at several places. */
export class PassageChanged extends Error {
	constructor(uid: string) {
		super(`the passage does not stand in ${uid} as it was quoted`);
	}
}

/** Letters as somebody saw them, in the way of `quotable`: which, what stood around them, and where in their block. */
export interface Passage {
	/** Of the block; `ROW:COLUMN` of a cell, `HEADER:FIELD` of a field. */
	uid: string;
	quote: string;
	prefix: string;
	suffix: string;
	offset: number;
}

/** Content of a block: of ProseMirror, or its JSON. */
export type Inline = Fragment | readonly unknown[];

/** Arguments of `replaceContent` that take a replacement back. */
export interface Replacement {
	uid: string;
	content: readonly unknown[];
	from: readonly unknown[];
}

/** The letters of a content as one string of the same length: a line is a line break, any other element one U+FFFC. */
export function quotable(content: Fragment): string {
	const isLine = ({ type, attrs }: Node) => type.name === 'hardBreak' || (type.name === OPAQUE && attrs.is?.p);
	return content.content.map((node) => node.text ?? (isLine(node) ? '\n' : '\uFFFC')).join('');
}

/** Gives a passage an attribute such as `comment:ID` (MK3), which goes with its letters from then on. */
export function setTag(edit: PlannedEdit, passage: Passage, name: string): void {
	edit.tag(name, () => lettersOf(edit, passage));
}

/** Takes such an attribute away, wherever its letters are by now. That there are none any more is no fault. */
export function removeTag(edit: PlannedEdit, name: string): void {
	edit.tag(name, null);
}

/**
 * Gives a block or field this content. Words that are the same are not written, so colleagues who work in them at this
 * moment lose nothing. With `from`, the content that the new one was made from, only what differs between these two is
 * changed, and what colleagues did since stays. Returns what takes it back in the same way.
 */
export function replaceContent(edit: PlannedEdit, uid: string, content: Inline, from?: Inline): Replacement {
	const { node, position } = textIn(edit.doc, uid);
	const { schema } = edit.model;
	const now = node.content;
	const given = fragmentOf(schema, content);
	// Only elements have uids.
	const wanted = given.content.every(({ isText }) => isText) ? given : withOwnUids(given, uidsIn(edit.doc, node));
	node.copy(wanted).check();
	carryOver(edit.transaction, position + 1, from === undefined ? now : fragmentOf(schema, from), wanted, now);
	return { uid, content: now.toJSON() ?? [], from: textIn(edit.doc, uid).node.content.toJSON() ?? [] };
}

/** Puts blocks directly behind one, or in front of all; returns their uids. Those whose uid is missing or taken get one. */
export function insertAfter(edit: PlannedEdit, after: string | null, blocks: readonly unknown[]): string[] {
	const lines = linesOf(edit.doc);
	const at = indexBehind(lines, after);
	const added = linesOf(docOf(edit.model.schema, blocks, uidsIn(edit.doc)));
	show(edit, lines.toSpliced(at, 0, ...added));
	return added.map(uidOf);
}

/** Takes a block out, and nothing that belongs to it. Returns what `insertAfter` needs to put it there again. */
export function remove(edit: PlannedEdit, uid: string): { after: string | null; blocks: unknown[] } {
	const lines = linesOf(edit.doc);
	const at = indexOf(lines, uid);
	show(edit, lines.toSpliced(at, 1));
	return {
		after: at > 0 ? uidOf(lines[at - 1]) : null,
		blocks: grouped([lines[at]], edit.model.schema).map((node) => node.toJSON() as unknown)
	};
}

/**
 * Moves a block, with what belongs to it, directly behind another, or in front of all. Returns the one it stood behind.
 * A move says which blocks it took out, so that just these get another place, not those they are moved past (PL5).
 */
export function move(edit: PlannedEdit, uid: string, after: string | null): string | null {
	const lines = linesOf(edit.doc);
	const from = indexOf(lines, uid);
	const moved = lines.slice(from, from + belongingTo(edit, uid).length + 1);
	const to = indexBehind(lines, after);
	if (to > from && to <= from + moved.length - 1) throw new RangeError(`${uid} cannot stand within itself`);
	const isOnTop = (line: Line | undefined) => !line || edit.doc.children.includes(line.node);
	const previous = from > 0 ? uidOf(lines[from - 1]) : null;
	if (to === from || to === from + moved.length) return previous;
	const [place, start, end] = [to, from, from + moved.length].map((nth) =>
		isOnTop(lines[nth]) ? positionOf(edit.doc, lines[nth]) : null
	);
	if (place === null || start === null || end === null) {
		const rest = lines.toSpliced(from, moved.length);
		show(edit, rest.toSpliced(to > from ? to - moved.length : to, 0, ...moved));
	} else {
		const { transaction } = edit;
		const { content } = transaction.doc.slice(start, end);
		transaction.delete(start, end);
		transaction.insert(place > start ? place - (end - start) : place, content);
	}
	return previous;
}

/** The blocks behind one that belong to it: narrower provisions and their text, of an appendix all up to the next. */
export function belongingTo(edit: PlannedEdit, uid: string): string[] {
	const lines = linesOf(edit.doc);
	return withWhatBelongs(lines, uid).slice(1).map(uidOf);
}

/** A line and those that belong to it. @throws NotFound */
export function withWhatBelongs(lines: readonly Line[], uid: string): Line[] {
	const from = indexOf(lines, uid);
	const rank = ({ kind, node }: Line) => rankOf(kind, node.attrs.level);
	const own = rank(lines[from]);
	let to = from + 1;
	while (to < lines.length && rank(lines[to]) > own && (own === APPENDIX_RANK || !FRAME.has(lines[to].kind))) to++;
	return lines.slice(from, to);
}

/** What stands around the provisions belongs to none of them. */
const FRAME = new Set(['documentHeader', 'legalBasis', 'enactingLine', 'signature', 'recipients']);

/** The letters of a block, cell or field, in the way of `quotable`. @throws NotFound */
export function lettersIn(edit: Pick<PlannedEdit, 'doc' | 'model'>, uid: string): string {
	return quotable(uid.includes(':') ? cellContent(edit, uid) : textIn(edit.doc, uid).node.content);
}

/** Where a passage stands: at its offset, or at the only place where it stands in what stood around it. */
function lettersOf(edit: PlannedEdit, { uid, quote, prefix, suffix, offset }: Passage): Letters {
	const letters = lettersIn(edit, uid);
	if (quote === '') throw new PassageChanged(uid);
	if (letters.startsWith(quote, offset)) return { name: uid, from: offset, to: offset + quote.length };
	const whole = prefix + quote + suffix;
	const at = letters.indexOf(whole);
	if (at < 0 || letters.indexOf(whole, at + 1) >= 0) throw new PassageChanged(uid);
	return { name: uid, from: at + prefix.length, to: at + prefix.length + quote.length };
}

/** A text block or a field, and where it begins. */
function textIn(doc: Node, name: string): { node: Node; position: number } {
	const found = findText(doc, name);
	if (!found) throw new NotFound(name);
	return found;
}

/** The same; null when it is not in the text. */
export function findText(doc: Node, name: string): { node: Node; position: number } | null {
	const [uid, field] = name.split(':');
	let position = 0;
	for (const block of doc.children) {
		for (const leaf of leavesOf(block)) {
			if (leaf.uid !== uid) continue;
			const found = { node: leaf.node, position: position + leaf.offset };
			if (field === undefined && leaf.node.isTextblock) return found;
			let inner: typeof found | null = null;
			leaf.node.forEach((node, offset) => {
				if (node.type.name === 'headerField' && node.attrs.name === field)
					inner = { node, position: found.position + 1 + offset };
			});
			if (inner) return inner;
		}
		position += block.nodeSize;
	}
	return null;
}

/** The letters of a cell or field. */
function cellContent(edit: Pick<PlannedEdit, 'doc' | 'model'>, name: string): Fragment {
	const [row, column] = name.split(':');
	const table = edit.model.tableOf(name);
	if (table === undefined) return textIn(edit.doc, name).node.content;
	const rows = allLeaves(edit.doc).find(({ uid }) => uid === table)?.node.children;
	const cell = rows?.find(({ attrs }) => attrs.uid === row)?.children.find(({ attrs }) => attrs.col === column);
	if (!cell) throw new NotFound(name);
	return flatCell(cell).content;
}

function indexOf(lines: readonly Line[], uid: string): number {
	const at = lines.findIndex((line) => uidOf(line) === uid);
	if (at < 0) throw new NotFound(uid);
	return at;
}

function indexBehind(lines: readonly Line[], uid: string | null): number {
	return uid === null ? 0 : indexOf(lines, uid) + 1;
}

/** Where a top-level block begins; the end of the document for none. */
function positionOf(doc: Node, line: Line | undefined): number {
	let position = 0;
	for (const block of doc.children) {
		if (block === line?.node) break;
		position += block.nodeSize;
	}
	return position;
}

/** A document of these blocks, whose uids are their own. */
export function docOf(schema: Schema, blocks: readonly unknown[], taken: Set<string>): Node {
	const nodes = blocks.map((block) => (block instanceof Node ? block : Node.fromJSON(schema, block)));
	const doc = schema.topNodeType.create(null, withOwnUids(Fragment.fromArray(nodes), taken));
	if (nodes.length > 0) doc.check();
	return doc;
}

function fragmentOf(schema: Schema, content: Inline): Fragment {
	return content instanceof Fragment ? content : Fragment.fromJSON(schema, content);
}
