import { m } from '$lib/i18n/paraglide/messages.js';
import { articleChoices } from '../article-choices.ts';
import { blockChoices } from '../block-choices.ts';
import type { EditorSession } from '../editor-session.svelte.ts';
import { frameChoices } from '../frame/frame-choices.ts';
import { insertBulletList, insertFootnote, insertTable } from '../structure/insert.ts';

/** A line of the menu that opens with `/`. */
export interface SlashItem {
	id: string;
	label: string;
	hint: string;
	keywords: string;
	run: () => void;
}

/** Everything that can be made at the cursor: the kinds of block, then what is put in. */
export function slashItems(session: EditorSession, dialogs: { onreference: () => void; onimage: () => void }): SlashItem[] {
	return [
		...blockChoices(session.profile).map(({ id, label, sample, keywords, command }) => ({
			id,
			label,
			hint: sample,
			keywords,
			run: () => void session.run(command)
		})),
		...articleChoices(session.selection).map(({ command, ...choice }) => ({ ...choice, run: () => void session.run(command) })),
		...frameChoices(session).map(({ id, label, keywords, command }) => ({
			id,
			label,
			hint: '',
			keywords,
			run: () => void session.run(command)
		})),
		{
			id: 'table',
			label: m.editor_insert_table(),
			hint: m.editor_table_size({ rows: 3, columns: 4 }),
			keywords: 'bang table',
			run: () => void session.run(insertTable(3, 4))
		},
		{
			id: 'image',
			label: m.editor_insert_image(),
			hint: '',
			keywords: 'hinh anh image',
			run: dialogs.onimage
		},
		{
			id: 'list',
			label: m.editor_insert_list(),
			hint: '•',
			keywords: 'danh sach list bullet',
			run: () => void session.run(insertBulletList)
		},
		{
			id: 'footnote',
			label: m.editor_insert_footnote(),
			hint: 'Ctrl Alt F',
			keywords: 'chu thich footnote',
			run: () => void session.run(insertFootnote, { focus: false })
		},
		{
			id: 'reference',
			label: m.editor_insert_reference(),
			hint: '@',
			keywords: 'dan chieu vien dan reference',
			run: dialogs.onreference
		}
	];
}
