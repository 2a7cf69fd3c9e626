/** A table to which two did something without knowing of each other (LW6). */
import { Fragment, type Node } from '@tiptap/pm/model';
import { cellName } from './table.ts';
import { doMeet, mergedContent, mergedOrder } from './three-way.ts';

/** `keep` is told of the text of each cell that is not to be in the table. Null: what both did to the grid cannot be told apart. */
export function mergedTable(before: Node, after: Node, now: Node, keep: (content: Fragment) => void): Node | null {
	if (now.eq(before)) return after;
	const isApart = [before, after, now].every(isPlain);
	if (!isApart && shapeOf(before) !== shapeOf(after)) return null;
	const [old, wanted, there] = [before, after, now].map(cellsOf);
	const lost = new Set(wanted.keys());
	const cellFor = (row: string, column: string): Node | null => {
		const name = cellName(row, column);
		lost.delete(name);
		const [was, is, stands] = [old.get(name), wanted.get(name), there.get(name)];
		return was && is && stands ? mergedCell(was, is, stands, keep) : (stands ?? is ?? null);
	};
	const grid = isApart ? gridOf(before, after, now) : null;
	const table = grid ? ofCells(now, grid, cellFor) : withCells(now, cellFor);
	for (const name of lost) if (!old.get(name)?.content.eq(wanted.get(name)!.content)) keep(flat(wanted.get(name)!));
	return table;
}

interface Grid {
	rows: string[];
	columns: string[];
}

/** Rows and columns each by itself. Null when none would be left. */
function gridOf(before: Node, after: Node, now: Node): Grid | null {
	const [old, there] = [before, now].map(cellsOf);
	const [rowsNow, columnsNow] = [rowsOf(now), columnsOf(now)];
	const isUnchanged = (row: string, column: string) => {
		const name = cellName(row, column);
		return !there.has(name) || (old.has(name) && there.get(name)!.eq(old.get(name)!));
	};
	const rows = mergedOrder(rowsOf(before), rowsOf(after), rowsNow, (row) =>
		columnsNow.every((column) => isUnchanged(row, column))
	);
	const columns = mergedOrder(columnsOf(before), columnsOf(after), columnsNow, (column) =>
		rowsNow.every((row) => isUnchanged(row, column))
	);
	return rows.length > 0 && columns.length > 0 ? { rows, columns } : null;
}

type CellFor = (row: string, column: string) => Node | null;

function ofCells(table: Node, { rows, columns }: Grid, cellFor: CellFor): Node {
	const { tableRow, tableCell } = table.type.schema.nodes;
	return table.copy(
		Fragment.fromArray(
			rows.map((uid) =>
				tableRow.create(
					{ uid },
					columns.map((col) => cellFor(uid, col) ?? tableCell.createAndFill({ col })!)
				)
			)
		)
	);
}

function withCells(table: Node, cellFor: CellFor): Node {
	const rows = table.children.map((row) =>
		row.copy(Fragment.fromArray(row.children.map((cell) => cellFor(row.attrs.uid, cell.attrs.col)!)))
	);
	return table.copy(Fragment.fromArray(rows));
}

/** A cell that only one of both changed is as they made it. */
function mergedCell(before: Node, after: Node, now: Node, keep: (content: Fragment) => void): Node {
	const type = now.type === before.type ? after.type : now.type;
	const attrs = Object.fromEntries(
		Object.entries(now.attrs).map(([name, value]) => [name, isSame(value, before.attrs[name]) ? after.attrs[name] : value])
	);
	if (before.content.eq(after.content)) return type.create(attrs, now.content);
	if (before.content.eq(now.content)) return type.create(attrs, after.content);
	const isLikeNow = (cell: Node) =>
		cell.childCount === now.childCount &&
		cell.children.every((line, nth) => line.isTextblock && line.hasMarkup(now.child(nth).type, now.child(nth).attrs));
	const canMerge =
		[before, after].every(isLikeNow) &&
		before.children.every((line, nth) => !doMeet(line.content, after.child(nth).content, now.child(nth).content));
	if (!canMerge) {
		if (!after.content.eq(now.content)) keep(flat(after));
		return type.create(attrs, now.content);
	}
	const lines = before.children.map((line, nth) =>
		now.child(nth).copy(mergedContent(now.type.schema, line.content, after.child(nth).content, now.child(nth).content))
	);
	return type.create(attrs, lines);
}

/** The letters of a cell, its lines as lines. */
function flat(cell: Node): Fragment {
	const nodes: Node[] = [];
	cell.descendants((node) => {
		if (!node.isTextblock) return true;
		if (nodes.length > 0) nodes.push(cell.type.schema.nodes.hardBreak.create());
		nodes.push(...node.children);
		return false;
	});
	return Fragment.fromArray(nodes);
}

function cellsOf(table: Node): Map<string, Node> {
	return new Map(
		table.children.flatMap((row) => row.children.map((cell): [string, Node] => [cellName(row.attrs.uid, cell.attrs.col), cell]))
	);
}

function rowsOf(table: Node): string[] {
	return table.children.map(({ attrs }) => attrs.uid as string);
}

function columnsOf(table: Node): string[] {
	return table.firstChild!.children.map(({ attrs }) => attrs.col as string);
}

/** Whether each cell stands in one row and one column. */
function isPlain(table: Node): boolean {
	const columns = columnsOf(table).join();
	return table.children.every(
		({ children }) =>
			children.every(({ attrs }) => attrs.colspan === 1 && attrs.rowspan === 1) &&
			children.map(({ attrs }) => attrs.col).join() === columns
	);
}

function shapeOf(table: Node): string {
	return JSON.stringify(
		table.children.map((row) => [
			row.attrs.uid,
			row.children.map(({ attrs: { col, colspan, rowspan } }) => [col, colspan, rowspan])
		])
	);
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
