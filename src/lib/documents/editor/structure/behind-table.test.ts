import { EditorState, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { clause, doc, p, recipients, table } from '../../../../../tests/support/sample-documents.ts';
import type { JsonNode } from '../../schema/json.ts';
import { documentSchema } from '../../schema/schema.ts';
import { goOnBehindTable, leaveTable } from './behind-table.ts';

/** The caret at the end of a word. */
function caretBehind(word: string, ...content: JsonNode[]): EditorState {
	const body = documentSchema.nodeFromJSON(doc(...content));
	let at = 0;
	body.descendants((node, position) => void (node.isText && node.text === word && (at = position + word.length)));
	return EditorState.create({ doc: body, selection: TextSelection.create(body, at) });
}

/** A view whose caret is on the last line of its block. */
const LAST_LINE = { endOfTextblock: () => true } as unknown as EditorView;

/** The kinds of block after a key; null when the key was left to others. `…` is where the caret is. */
function pressed(state: EditorState, command: ReturnType<typeof leaveTable>): string[] | null {
	let next: EditorState | null = null;
	if (!command(state, (transaction) => (next = state.apply(transaction)), LAST_LINE)) return null;
	const { doc: body, selection } = next as unknown as EditorState;
	return body.children.map(({ type }, index) => type.name + (selection.$from.index(0) === index ? '…' : ''));
}

const ROWS = [
	['a', 'b'],
	['c', 'd']
];
const BEFORE_FRAME = [clause('x'), table(ROWS), recipients('- Lưu.')];

test('down from the last row a line begins where nothing follows that one goes on writing in', () => {
	const begun = ['provision', 'table', 'paragraph…', 'recipients'];
	expect(pressed(caretBehind('c', ...BEFORE_FRAME), leaveTable('down'))).toEqual(begun);
	expect(pressed(caretBehind('d', ...BEFORE_FRAME), leaveTable('right'))).toEqual(begun);
	expect(pressed(caretBehind('d', clause('x'), table(ROWS)), leaveTable('down'))).toEqual(['provision', 'table', 'paragraph…']);
	const [, , last] = [0, 0, ['g', { text: 'h', span: [1, 1] as [number, number] }]];
	expect(pressed(caretBehind('h', table([...ROWS, last]), table(ROWS)), leaveTable('down'))?.[1]).toBe('paragraph…');
});

test('from another row, or where text follows, the keys do what they always do', () => {
	expect(pressed(caretBehind('b', ...BEFORE_FRAME), leaveTable('down'))).toBeNull();
	expect(pressed(caretBehind('c', ...BEFORE_FRAME), leaveTable('right')), 'to the next cell').toBeNull();
	expect(pressed(caretBehind('d', table(ROWS), clause('x')), leaveTable('down'))).toBeNull();
	expect(pressed(caretBehind('x', ...BEFORE_FRAME), leaveTable('down'))).toBeNull();
});

test('a cell that reaches down to the last row is in it', () => {
	const rows = [['a', { text: 'b', span: [1, 2] as [number, number] }], ['c']];
	expect(pressed(caretBehind('b', table(rows), recipients('- Lưu.')), leaveTable('down'))).toEqual([
		'table',
		'paragraph…',
		'recipients'
	]);
});

test('Ctrl Enter goes on behind a table from any of its cells, whatever follows', () => {
	expect(pressed(caretBehind('a', table(ROWS), p('y')), goOnBehindTable)).toEqual(['table', 'paragraph…', 'paragraph']);
	expect(pressed(caretBehind('x', ...BEFORE_FRAME), goOnBehindTable)).toBeNull();
});
