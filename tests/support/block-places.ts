import type { Node } from '@tiptap/pm/model';
import { TableMap } from '@tiptap/pm/tables';
import { type Leaf, leavesOf } from '../../src/lib/text/leaves.ts';

/** A block: its uid, or its number in the outline, from 0. */
export type BlockName = string | number;

/** A block and where it is. */
export interface NamedBlock extends Leaf {
	/** Its number in the outline. */
	nth: number;
	/** The number of the top-level node that holds it. */
	index: number;
	/** Not a line of a list or a recipient. */
	isTopLevel: boolean;
	/** The position in front of it. */
	from: number;
}

/** What an outline says of a block. */
export interface OutlineLine {
	uid: string;
	kind: string;
	/** Of a provision. */
	level: string | null;
	/** One letter for each place: a line break is a line end, a footnote or reference `￼`. */
	text: string;
	/** The cells of a table, row by row. */
	cells?: string[][];
}

const ELEMENT = '\u{fffc}';

/** All blocks, flat, in order: lines of lists and recipients each by itself. */
function blocksOf(doc: Node): NamedBlock[] {
	const blocks: NamedBlock[] = [];
	doc.forEach((node, offset, index) => {
		for (const leaf of leavesOf(node))
			blocks.push({ ...leaf, nth: blocks.length, index, isTopLevel: leaf.node === node, from: offset + leaf.offset });
	});
	return blocks;
}

/** @throws RangeError when there is no such block. */
export function blockIn(doc: Node, name: BlockName): NamedBlock {
	if (typeof name !== 'string' && !Number.isInteger(name))
		throw new RangeError('a block is named by its uid or its number in the outline');
	const blocks = blocksOf(doc);
	const found = typeof name === 'string' ? blocks.find(({ uid }) => uid === name) : blocks[name];
	if (!found) throw new RangeError(`there is no block ${name}: the document has ${blocks.length}`);
	return found;
}

/** The position behind so many letters of a block, at its end when that is absent. */
export function placeIn(doc: Node, name: BlockName, at?: number, field = 'at'): number {
	const { node, from, kind } = blockIn(doc, name);
	if (!node.isTextblock) throw new RangeError(`block ${name} is a ${kind} and has no text of its own`);
	return from + 1 + (at === undefined ? node.content.size : number(field, at, node.content.size));
}

export function outlineOf(doc: Node): OutlineLine[] {
	return blocksOf(doc).map(({ uid, kind, attrs, node }) => ({
		uid,
		kind,
		level: (attrs.level as string | undefined) ?? null,
		text: textOf(node),
		...(kind === 'table' && { cells: cellsOf(node) })
	}));
}

/** @throws RangeError when the value is no whole number within the bounds. */
export function number(field: string, value: unknown, most: number, least = 0): number {
	if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
	const bounds = most === Infinity ? `${least} or more` : `from ${least} to ${most}`;
	throw new RangeError(`${field} must be a whole number ${bounds}, not ${JSON.stringify(value)}`);
}

export function words(field: string, value: unknown): string {
	if (typeof value !== 'string') throw new RangeError(`${field} must be a text`);
	return value;
}

export function oneOf<Name extends string>(field: string, value: unknown, names: readonly Name[]): Name {
	const found = names.find((name) => name === value);
	if (found === undefined) throw new RangeError(`${field} must be one of ${names.join(', ')}`);
	return found;
}

function textOf(node: Node): string {
	return node.textBetween(0, node.content.size, '\n', ({ type }) => (type.name === 'hardBreak' ? '\n' : ELEMENT));
}

/** A cell that reaches over several places stands at each of them. */
function cellsOf(table: Node): string[][] {
	const map = TableMap.get(table);
	return Array.from({ length: map.height }, (_row, row) =>
		Array.from({ length: map.width }, (_column, column) => textOf(table.nodeAt(map.map[row * map.width + column])!))
	);
}
