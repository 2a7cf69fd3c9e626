import { type Command, Selection } from '@tiptap/pm/state';
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, TableMap } from '@tiptap/pm/tables';
import { insertTable } from '../../src/lib/documents/editor/structure/insert.ts';
import type { Editing } from '../text/support/person.ts';
import { BlockActs, type Place } from './block-acts.ts';
import { blockIn, type BlockName, type NamedBlock, number, oneOf, words } from './block-places.ts';

const MOST_IN_TABLE = 50;
const SIDES = ['before', 'after'] as const;

/** What a person does with tables; rows, columns and lines of a cell are counted from 0. */
export abstract class TableActs extends BlockActs {
	/** A table behind a block, or in its place when that is an empty paragraph; answers its uid. */
	insertTable({ block, rows, columns }: { block: BlockName; rows: number; columns: number }): string | null {
		const size = [number('rows', rows, MOST_IN_TABLE, 1), number('columns', columns, MOST_IN_TABLE, 1)] as const;
		return this.making(() => this.onBlock(block, () => insertTable(...size), 'followed by a table'));
	}

	/** A row `after` (or `before`) another; below the last when `row` is absent. */
	addRow({ block, row, side = 'after' }: { block: BlockName; row?: number; side?: string }): void {
		const command = oneOf('side', side, SIDES) === 'after' ? addRowAfter : addRowBefore;
		this.act((editor) => this.#inCell(editor, block, row, 0, command));
	}

	/** A column `after` (or `before`) another; behind the last when `column` is absent. */
	addColumn({ block, column, side = 'after' }: { block: BlockName; column?: number; side?: string }): void {
		const command = oneOf('side', side, SIDES) === 'after' ? addColumnAfter : addColumnBefore;
		this.act((editor) => this.#inCell(editor, block, 0, column, command));
	}

	/** Types at the end of the first line of a cell, or at a place of another `line`. */
	typeInCell({
		block,
		row,
		column,
		text,
		at,
		line = 0
	}: Place & { row: number; column: number; text: string; line?: number }): void {
		const letters = words('text', text);
		if (letters === '' || /[\n\r]/.test(letters)) throw new RangeError('text is one line');
		this.act((editor) => {
			const start = cellAt(blockIn(editor.doc, block), number('row', row, Infinity), number('column', column, Infinity));
			const cell = editor.doc.nodeAt(start)!;
			const nth = number('line', line, cell.childCount - 1);
			let from = start + 1;
			for (let above = 0; above < nth; above++) from += cell.child(above).nodeSize;
			const { isTextblock, content } = cell.child(nth);
			if (!isTextblock) throw new RangeError(`line ${nth} of the cell holds no text`);
			editor.select(from + 1 + (at === undefined ? content.size : number('at', at, content.size)));
			editor.type(letters);
		});
	}

	#inCell(editor: Editing, block: BlockName, row: number | undefined, column: number | undefined, command: Command): void {
		const found = blockIn(editor.doc, block);
		const at = cellAt(
			found,
			row === undefined ? -1 : number('row', row, Infinity),
			column === undefined ? -1 : number('column', column, Infinity)
		);
		editor.dispatch(editor.state.tr.setSelection(Selection.near(editor.doc.resolve(at + 1))));
		this.run(command, 'extended');
	}
}

/** The position in front of the cell that covers a place of the grid; -1 is the last row or column. */
function cellAt({ kind, node, from, uid }: NamedBlock, row: number, column: number): number {
	if (kind !== 'table') throw new RangeError(`block ${uid} is a ${kind}, not a table`);
	const map = TableMap.get(node);
	const line = row < 0 ? map.height - 1 : number('row', row, map.height - 1);
	const place = column < 0 ? map.width - 1 : number('column', column, map.width - 1);
	return from + 1 + map.map[line * map.width + place];
}
