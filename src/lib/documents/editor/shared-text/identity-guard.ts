import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import { TableMap } from '@tiptap/pm/tables';
import { newUid } from '../../../base/ids.ts';
import { leavesOf } from '../../../text/leaves.ts';
import type { TextModel } from '../../../text/model.ts';
import { nameColumns } from '../../../text/table.ts';
import { changedBlocks } from '../numbers/sequence.ts';
import { isOwnEdit } from './shared-text.ts';

/**
 * Every block, row, footnote, reference and placeholder has a uid of its own, and the cells below one another the name of one column:
 * what is missing is filled, and of two with one uid the one that was there keeps it. Only somebody's own edits are
 * answered, never a colleague's: so two pages never correct each other.
 */
export function identityGuard(model: TextModel): Plugin {
	return new Plugin({
		appendTransaction: (transactions, before, state) => {
			if (!transactions.some(isOwnEdit)) return null;
			const changed = changedBlocks(before.doc, state.doc);
			if (!changed) return null;
			const window = { from: changed.from, to: changed.toAfter };
			const old = uidsIn(before.doc, { from: changed.from, to: changed.toBefore });
			const joined = joinGroups(state, window);
			if (joined) return joined;
			if (!needsRepair(state.doc, window, old)) return null;
			const repair = new Repair(state, model, window, old);
			return repair.made.docChanged ? repair.made : null;
		}
	});
}

/** Lists that stand side by side are one, and so are recipients: the model has lines and nothing around them. */
function joinGroups(state: EditorState, window: Window): Transaction | null {
	const seams: number[] = [];
	const look = (parent: Node, start: number, from: number, to: number) => {
		let position = start;
		parent.forEach((child, _offset, nth) => {
			if (nth >= from && nth < to) {
				const before = nth > 0 ? parent.child(nth - 1) : null;
				if (before?.type === child.type && (child.type.name === 'bulletList' || child.type.name === 'recipients'))
					seams.push(position);
				if (!child.isTextblock && !child.isLeaf) look(child, position + 1, 0, child.childCount);
			}
			position += child.nodeSize;
		});
	};
	look(state.doc, 0, window.from, window.to + 1);
	if (seams.length === 0) return null;
	const joined = state.tr;
	for (const seam of seams.toReversed()) joined.join(seam);
	return joined;
}

interface Window {
	from: number;
	to: number;
}

/** The uids of blocks, rows, columns and inline elements in some top-level blocks, in order, with doublets. */
function* claims(doc: Node, { from, to }: Window): Generator<unknown> {
	for (let nth = from; nth < to; nth++) {
		const block = doc.child(nth);
		for (const { uid } of leavesOf(block)) yield uid;
		if (block.isTextblock && block.childCount === 1 && block.firstChild!.isText) continue;
		const inner: unknown[] = [];
		block.descendants((node, _position, parent) => {
			if (node.isText) return false;
			if (node.type.name === 'tableRow' || (node.isInline && 'uid' in node.attrs)) inner.push(node.attrs.uid);
			if ('col' in node.attrs) inner.push(`${String(parent!.attrs.uid)}:${String(node.attrs.col)}`);
			if (isInCell(parent) && node.attrs.uid != null) inner.push(null);
			return true;
		});
		yield* inner;
	}
}

function uidsIn(doc: Node, window: Window): Set<unknown> {
	return new Set(claims(doc, window));
}

function needsRepair(doc: Node, window: Window, old: ReadonlySet<unknown>): boolean {
	const seen = new Set<unknown>();
	for (const uid of claims(doc, window)) {
		if (!uid || !old.has(uid) || seen.has(uid)) return true;
		seen.add(uid);
	}
	for (let nth = window.from; nth < window.to; nth++)
		if (doc.child(nth).type.name === 'table' && !isNamed(doc.child(nth))) return true;
	return false;
}

/** Whether all cells that begin in a column have its name, and no other column has. */
function isNamed(table: Node): boolean {
	const map = TableMap.get(table);
	const names: unknown[] = [];
	const seen = new Set<number>();
	for (const [at, offset] of map.map.entries()) {
		const cell = seen.has(offset) ? null : table.nodeAt(offset);
		seen.add(offset);
		if (!cell) continue;
		const column = at % map.width;
		if (names[column] === undefined ? names.includes(cell.attrs.col) : names[column] !== cell.attrs.col) return false;
		names[column] = cell.attrs.col;
	}
	return true;
}

class Repair {
	readonly made: Transaction;
	readonly #model: TextModel;
	readonly #old: ReadonlySet<unknown>;
	readonly #taken: Set<unknown>;

	constructor(state: EditorState, model: TextModel, window: Window, old: ReadonlySet<unknown>) {
		this.made = state.tr;
		this.#model = model;
		this.#old = old;
		const { doc } = state;
		this.#taken = new Set([
			...claims(doc, { from: 0, to: window.from }),
			...claims(doc, { from: window.to, to: doc.childCount })
		]);
		let position = 0;
		for (let nth = 0; nth < doc.childCount; nth++) {
			const block = doc.child(nth);
			if (nth >= window.from && nth < window.to) this.#repair(block, position);
			position += block.nodeSize;
		}
	}

	#repair(block: Node, position: number): void {
		for (const { node, offset, uid } of leavesOf(block)) {
			this.#claim(position + offset, uid, this.#isStale(uid));
			if (node.type.name === 'table') this.#repairTable(node, position + offset);
		}
		block.descendants((node, offset, parent) => {
			if (node.isText) return false;
			const at = position + 1 + offset;
			if (node.isInline && 'uid' in node.attrs) this.#claim(at, node.attrs.uid, false);
			else if (isInCell(parent) || (parent && isInList(node, parent))) {
				// Lines of a cell are known by where they stand, lists by their lines.
				if (block.type.name === 'table' && node.attrs.uid != null) this.made.setNodeAttribute(at, 'uid', null);
			}
			return true;
		});
	}

	#repairTable(table: Node, position: number): void {
		const uid = this.made.doc.nodeAt(position)?.attrs.uid as string;
		table.forEach((row, offset) => {
			const birth = this.#model.entries.births.get(row.attrs.uid as string);
			this.#claim(position + 1 + offset, row.attrs.uid, birth !== undefined && birth.of !== uid);
		});
		const map = TableMap.get(table);
		const found: (string | null)[] = [];
		for (let column = 0; column < map.width; column++) found.push(this.#columnName(table, map, column, uid, found));
		const names = nameColumns(found, this.#model.tables.columns(uid));
		for (const offset of new Set(map.map)) {
			const cell = table.nodeAt(offset);
			if (!cell || !('col' in cell.attrs)) continue;
			const name = names[map.map.indexOf(offset) % map.width];
			if (cell.attrs.col !== name) this.made.setNodeAttribute(position + 1 + offset, 'col', name);
		}
	}

	/** The name that the cells beginning in a column have, if no other column and no other table has it. */
	#columnName(table: Node, map: TableMap, column: number, uid: string, taken: readonly (string | null)[]): string | null {
		for (let row = 0; row < map.height; row++) {
			const at = row * map.width + column;
			const isBeginning = column === 0 || map.map[at] !== map.map[at - 1];
			const name = isBeginning ? (table.nodeAt(map.map[at])?.attrs.col as string | null | undefined) : null;
			if (!name || taken.includes(name)) continue;
			const birth = this.#model.entries.births.get(name);
			if (birth === undefined || birth.of === uid) return name;
		}
		return null;
	}

	/** Gives a node a new uid where it has none, one that another has, or one that it must not have. */
	#claim(position: number, uid: unknown, isStale: boolean): void {
		const kept = typeof uid === 'string' && uid !== '' && !this.#taken.has(uid) && !isStale ? uid : newUid();
		this.#taken.add(kept);
		if (kept !== uid) this.made.setNodeAttribute(position, 'uid', kept);
	}

	/** What is pasted must not have the uid of a block that is part of another by now, or that a colleague brought back. */
	#isStale(uid: string): boolean {
		if (this.#old.has(uid)) return false;
		const { births } = this.#model.entries;
		const birth = births.get(uid);
		if (!birth) return false;
		return (
			birth.place === undefined ||
			birth.in !== undefined ||
			this.#model.entries.intoOf(uid) !== null ||
			this.#model.entries.is(uid)
		);
	}
}

function isInCell(parent: Node | null): boolean {
	const role = parent?.type.spec.tableRole as string | undefined;
	return role === 'cell' || role === 'header_cell';
}

function isInList(node: Node, parent: Node): boolean {
	return node.isTextblock && (parent.type.name === 'listItem' || parent.type.name === 'recipients');
}
