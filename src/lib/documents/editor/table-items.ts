import type { Editor } from '@tiptap/core';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { MenuItem } from '$lib/ui/controls/menu.ts';

/** What can be done with the table of the cursor; what is not possible now is greyed out. */
export function tableItems(editor: Editor): MenuItem[] {
	const can = editor.can();
	const item = (label: string, name: TableCommand, danger = false): MenuItem => ({
		label,
		danger,
		disabled: !can[name](),
		onselect: () => void editor.chain().focus()[name]().run()
	});
	return [
		item(m.editor_table_row_above(), 'addRowBefore'),
		item(m.editor_table_row_below(), 'addRowAfter'),
		item(m.editor_table_column_left(), 'addColumnBefore'),
		item(m.editor_table_column_right(), 'addColumnAfter'),
		'separator',
		item(m.editor_table_merge(), 'mergeCells'),
		item(m.editor_table_split(), 'splitCell'),
		item(m.editor_table_header_row(), 'toggleHeaderRow'),
		'separator',
		item(m.editor_table_delete_row(), 'deleteRow', true),
		item(m.editor_table_delete_column(), 'deleteColumn', true),
		item(m.editor_table_delete(), 'deleteTable', true)
	];
}

type TableCommand =
	| 'addRowBefore'
	| 'addRowAfter'
	| 'addColumnBefore'
	| 'addColumnAfter'
	| 'mergeCells'
	| 'splitCell'
	| 'toggleHeaderRow'
	| 'deleteRow'
	| 'deleteColumn'
	| 'deleteTable';
