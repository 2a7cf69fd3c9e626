/** Writes what changed in a table (rules TA). */
import { Fragment, type Node } from '@tiptap/pm/model';
import { TableMap } from '@tiptap/pm/tables';
import type { Changes, Range } from './changes.ts';
import { keyBetween } from './keys.ts';
import { leavesOf, type Leaf, OPAQUE } from './leaves.ts';
import { longestRising } from './longest-rising.ts';
import type { TextModel } from './model.ts';
import { type LineValue, ownAttrs } from './nodes.ts';
import { offsetInCell } from './positions.ts';
import { cellName, nameColumns } from './table.ts';
import type { LetterWriter } from './write-letters.ts';
import type { PlacedLeaf } from './changed-leaves.ts';

/** A table of the editor as a grid: which row and column each cell begins in. */
interface Grid {
	rows: string[];
	columns: string[];
	cells: Map<string, EditorCell>;
}

interface EditorCell {
	node: Node;
	/** Where its content begins, counted from the beginning of the table. */
	start: number;
	row: number;
	column: number;
	rowspan: number;
	colspan: number;
}

export class TableWriter {
	readonly #model: TextModel;
	readonly #letters: LetterWriter;
	readonly #grids = new WeakMap<Node, Grid>();

	constructor(model: TextModel, letters: LetterWriter) {
		this.#model = model;
		this.#letters = letters;
	}

	/** The births of rows and columns that the editor has and the model does not. */
	bear(table: string, node: Node): void {
		const { rows, columns } = this.#grid(table, node);
		this.#bearEntries(table, 'row', rows);
		this.#bearEntries(table, 'col', columns);
	}

	/** Makes the table of the model that of the editor; `before` is what the editor had, null when it is new. */
	write(table: string, before: PlacedLeaf | null, after: PlacedLeaf, changes: Changes): void {
		const grid = this.#grid(table, after.node);
		const old = before ? this.#grid(table, before.node) : null;
		this.#emptyGone(grid, old);
		this.#writeEntries('row', grid.rows, old?.rows ?? []);
		this.#writeEntries('col', grid.columns, old?.columns ?? []);
		this.#writeHeads(grid);
		const isOtherGrid = grid.rows.join() !== old?.rows.join() || grid.columns.join() !== old.columns.join();
		const isEmptied = [...grid.cells].some(([name, { node }]) => isEmpty(node) && !isEmpty(old?.cells.get(name)?.node ?? node));
		for (const [name, cell] of grid.cells) {
			const was = old?.cells.get(name);
			const isOther = was?.node !== cell.node;
			// A cell that reached over a column that is gone must not reach over one that is new there, nor over one that is
			// seen beside it only for its letters when these are deleted.
			if (isOther || ((isOtherGrid || isEmptied) && this.#model.entries.get(name, 'to'))) this.#writeSpan(name, cell, grid);
			if (isOther) this.#writeCell(name, cell, was ? rangesIn(was, before!.from, cell, after.from, changes) : []);
		}
	}

	/** Deletes all letters of a table that is taken out. */
	empty(table: string, before: Node): void {
		for (const name of this.#grid(table, before).cells.keys()) this.#clear(name);
	}

	/** Cells that are not there any more, or that another reaches over now. */
	#emptyGone(grid: Grid, old: Grid | null): void {
		for (const name of old?.cells.keys() ?? []) if (!grid.cells.has(name)) this.#clear(name);
	}

	#clear(name: string): void {
		const { length } = this.#model.part(name);
		if (length > 0) this.#letters.delete(name, 0, length);
	}

	/** The grid of a table. It is worked out once, while the model has the columns that were there before. */
	#grid(table: string, node: Node): Grid {
		const known = this.#grids.get(node);
		if (known) return known;
		const map = TableMap.get(node);
		const rows = node.children.map(({ attrs }) => attrs.uid as string);
		const columns: (string | null)[] = Array.from({ length: map.width }, () => null);
		const found: EditorCell[] = [];
		const seen = new Set<number>();
		for (let at = 0; at < map.map.length; at++) {
			const offset = map.map[at];
			if (seen.has(offset) || offset === 0) continue;
			seen.add(offset);
			const cell = node.nodeAt(offset);
			if (!cell) continue;
			const column = at % map.width;
			columns[column] ??= (cell.attrs.col as string | null) ?? null;
			found.push({
				node: cell,
				start: offset + 2,
				row: Math.floor(at / map.width),
				column,
				rowspan: cell.attrs.rowspan,
				colspan: cell.attrs.colspan
			});
		}
		const names = nameColumns(columns, this.#model.tables.columns(table));
		const cells = new Map(found.map((cell) => [cellName(rows[cell.row], names[cell.column]), cell]));
		const grid = { rows, columns: names, cells };
		this.#grids.set(node, grid);
		return grid;
	}

	#bearEntries(table: string, kind: 'row' | 'col', uids: readonly string[]): void {
		const { entries, tables, tag } = this.#model;
		if (uids.every((uid) => entries.births.has(uid))) return;
		const keys = tables.all(table, kind).map((other) => entries.placeOf(other)?.[1] ?? '');
		let at = 0;
		for (const uid of uids) {
			const known = entries.placeOf(uid)?.[1];
			if (known !== undefined) {
				at = Math.max(at, keys.indexOf(known) + 1);
				continue;
			}
			const key = keyBetween(keys[at - 1] ?? null, keys[at] ?? null, tag);
			keys.splice(at++, 0, key);
			this.#model.bear(uid, { kind, of: table, place: [null, key] });
		}
		this.#model.takeKeys();
	}

	/** Which rows or columns are there, and in which order. */
	#writeEntries(kind: 'row' | 'col', uids: readonly string[], old: readonly string[]): void {
		const { entries } = this.#model;
		const there = new Set(uids);
		const places = new Map(old.map((uid, nth) => [uid, nth]));
		for (const uid of old) if (!there.has(uid) && entries.is(uid)) this.#model.set(uid, 'is', 0);
		for (const uid of uids) if (!entries.is(uid)) this.#model.set(uid, 'is', 1);
		const stayed = uids.filter((uid) => places.has(uid));
		const rising = new Set(longestRising(stayed.map((uid) => places.get(uid)!)).map((nth) => stayed[nth]));
		const keyOf = (uid: string | undefined) => (uid === undefined ? null : (entries.placeOf(uid)?.[1] ?? null));
		for (const [nth, uid] of uids.entries()) {
			const left = keyOf(uids[nth - 1]);
			const own = keyOf(uid)!;
			const isRight = (left === null || own > left) && (places.has(uid) || (keyOf(uids[nth + 1]) ?? '~') > own);
			if (places.has(uid) ? rising.has(uid) : isRight) continue;
			const table = entries.births.get(uid)!.of!;
			const others = this.#model.tables
				.all(table, kind)
				.filter((other) => other !== uid)
				.map((other) => entries.placeOf(other)?.[1] ?? '');
			const right = others.find((key) => left === null || key > left) ?? null;
			this.#model.set(uid, 'place', [null, keyBetween(left, right, this.#model.tag)]);
		}
	}

	/** A row, or a column, of nothing but header cells is one of header cells, also where others add to it. */
	#writeHeads({ rows, columns, cells }: Grid): void {
		const { entries } = this.#model;
		const isHead = (cell: EditorCell) => cell.node.type.spec.tableRole === 'header_cell';
		const inRows: EditorCell[][] = rows.map(() => []);
		const inColumns: EditorCell[][] = columns.map(() => []);
		for (const cell of cells.values()) inRows[cell.row].push(cell);
		const all = (own: EditorCell[]) => own.length > 0 && own.every(isHead);
		const headRows = inRows.map(all);
		for (const cell of cells.values()) if (!headRows[cell.row]) inColumns[cell.column].push(cell);
		const headColumns = inColumns.map(all);
		const put = (uid: string, kind: 'row' | 'col', value: boolean) => {
			if (Boolean(entries.entryAttribute(uid, kind, 'head')) !== value) this.#model.set(uid, '@head', value ? true : null);
		};
		for (const [row, uid] of rows.entries()) put(uid, 'row', headRows[row]);
		for (const [column, uid] of columns.entries())
			put(uid, 'col', headColumns[column] && rows.length > headRows.filter(Boolean).length);
		for (const [name, cell] of cells) {
			const usual = headRows[cell.row] || Boolean(entries.entryAttribute(columns[cell.column], 'col', 'head'));
			const own = entries.get(name, 'head');
			if ((typeof own === 'boolean' ? own : usual) !== isHead(cell))
				this.#model.set(name, 'head', isHead(cell) === usual ? null : isHead(cell));
		}
	}

	/** How far a cell reaches, how wide its columns are, and how it is aligned. */
	#writeSpan(name: string, { node, row, column, rowspan, colspan }: EditorCell, { rows, columns }: Grid): void {
		const { entries } = this.#model;
		const to =
			rowspan > 1 || colspan > 1
				? [rows[Math.min(rows.length, row + rowspan) - 1], columns[Math.min(columns.length, column + colspan) - 1]]
				: null;
		const old = entries.get(name, 'to') ?? null;
		if (JSON.stringify(to) !== JSON.stringify(old)) this.#model.set(name, 'to', to);
		if ((node.attrs.align ?? null) !== (entries.get(name, 'align') ?? null)) this.#model.set(name, 'align', node.attrs.align);
		const widths = (node.attrs.colwidth as number[] | null) ?? [];
		for (const [nth, width] of widths.entries()) {
			const uid = columns[column + nth];
			if (uid !== undefined && width > 0 && entries.entryAttribute(uid, 'col', 'width') !== width)
				this.#model.set(uid, '@width', width);
		}
	}

	#writeCell(name: string, { node }: EditorCell, ranges: readonly Range[]): void {
		const { first, content } = flatCell(node);
		this.#letters.write(name, this.#model.part(name).content, content, ranges);
		this.#letters.writeLine(name, this.#model.lineOf(name), first);
	}
}

/** The stretches that the editor says it replaced in a cell, in letters and separators. */
function rangesIn(was: EditorCell, from: number, is: EditorCell, fromAfter: number, changes: Changes): Range[] {
	const inside = (cell: EditorCell, table: number) => ({
		from: table + cell.start,
		to: table + cell.start + cell.node.content.size
	});
	return changes.rangesIn(inside(was, from), inside(is, fromAfter)).map((range) => ({
		fromBefore: offsetInCell(was.node, range.fromBefore),
		toBefore: offsetInCell(was.node, range.toBefore),
		fromAfter: offsetInCell(is.node, range.fromAfter),
		toAfter: offsetInCell(is.node, range.toAfter)
	}));
}

/** The blocks of a cell as one text, with a separator before each but the first. */
export function flatCell(cell: Node): { first: LineValue; content: Fragment } {
	const lines = cell.children.flatMap((block) => leavesOf(block));
	const nodes: Node[] = [];
	for (const [nth, line] of lines.entries()) {
		if (nth > 0) nodes.push(cell.type.schema.nodes[OPAQUE].create({ is: { p: lineValue(line) } }));
		if (line.node.isTextblock) nodes.push(...line.node.children);
	}
	return { first: lines.length > 0 ? lineValue(lines[0]) : { kind: 'paragraph', attrs: {} }, content: Fragment.fromArray(nodes) };
}

/** Whether the text of a cell has nothing in it. */
function isEmpty(cell: Node): boolean {
	return cell.childCount <= 1 && (cell.firstChild?.isTextblock ?? true) && (cell.firstChild?.childCount ?? 0) === 0;
}

/** A nested table or header block has no lines of its own kind: it is kept as a paragraph. */
function lineValue(leaf: Leaf): LineValue {
	const isLine = leaf.node.isTextblock || leaf.node.isLeaf;
	return isLine ? { kind: leaf.kind, attrs: ownAttrs(leaf.node.type, leaf.attrs) } : { kind: 'paragraph', attrs: {} };
}
