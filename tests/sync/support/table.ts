import type { Node } from '@tiptap/pm/model';
import { type Command, TextSelection } from '@tiptap/pm/state';
import { jsonToUpdate } from '../../../src/lib/documents/schema/body.ts';
import { inlineOf, node } from '../../../src/lib/documents/schema/json.ts';
import type { Editing } from '../../text/support/person.ts';

export const HEADINGS = ['Nhiệm vụ', 'Cơ quan', 'Thời hạn'];
export const ROWS = [HEADINGS, ['Rà soát', 'Sở Tư pháp', 'quý I'], ['Ban hành', 'Văn phòng', 'quý II']];
/** The cell that the last of the rows begins with. */
export const LAST_ROW = 6;

/** What the tests of tables begin with: a line of text and these rows, of which the first has heading cells. */
export const TABLE_START = jsonToUpdate({
	type: 'doc',
	content: [
		node('paragraph', null, inlineOf('Bảng:')),
		node(
			'table',
			null,
			ROWS.map((row, nth) =>
				node(
					'tableRow',
					null,
					row.map((text) => cell(text, nth))
				)
			)
		)
	]
});

function cell(text: string, row: number) {
	return node(row === 0 ? 'tableHeader' : 'tableCell', null, [node('paragraph', null, inlineOf(text))]);
}

/** The texts of the cells, row by row. */
export function rowsOf({ doc }: Editing): string[][] {
	const table = doc.children.find(({ type }) => type.name === 'table');
	return (table?.children ?? []).map((row) => row.children.map(({ textContent }) => textContent));
}

/** Where each cell of the document begins. */
function cellsOf(doc: Node): number[] {
	const positions: number[] = [];
	doc.descendants(({ type }, position) => {
		const isCell = /^table(Cell|Header)$/.test(type.name);
		if (isCell) positions.push(position);
		return !isCell;
	});
	return positions;
}

/** Puts the cursor at the end of a cell, counted from the first of the table, and types or edits there. */
export function inCell(editing: Editing, nth: number, edit: Command | string): void {
	const { doc, tr } = editing.state;
	const at = cellsOf(doc)[nth];
	editing.dispatch(tr.setSelection(TextSelection.create(doc, at + doc.nodeAt(at)!.nodeSize - 2)));
	if (typeof edit === 'string') editing.type(edit);
	else editing.run(edit);
}
