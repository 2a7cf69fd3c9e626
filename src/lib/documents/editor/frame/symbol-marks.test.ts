import { EditorState } from '@tiptap/pm/state';
import type { DecorationSet } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { clause, doc, header } from '../../../../../tests/support/sample-documents.ts';
import { profileOf } from '../../schema/profiles.ts';
import { documentSchema } from '../../schema/schema.ts';
import { symbolMarks } from './symbol-marks.ts';

function open(symbol: string): EditorState {
	const body = documentSchema.nodeFromJSON(doc(header({ agency: 'SỞ NỘI VỤ', symbol }), clause('x')));
	return EditorState.create({ doc: body, plugins: [symbolMarks(profileOf('nd30'))] });
}

/** What is drawn before which symbol. */
function drawn(state: EditorState): string[] {
	const [plugin] = state.plugins;
	const set = plugin!.props.decorations!.call(plugin!, state) as DecorationSet;
	return set.find().map(({ from, to, ...mark }) => {
		const { attrs } = (mark as unknown as { type: { attrs: Record<string, string> } }).type;
		return attrs['data-prefix']! + state.doc.slice(from, to).content.firstChild!.textContent;
	});
}

test('a symbol has before it what exports print there, unless it says so itself or is empty', () => {
	expect(drawn(open('05/QĐ-SNV'))).toEqual(['Số: 05/QĐ-SNV']);
	expect(drawn(open('Số: 05/QĐ-SNV'))).toEqual([]);
	expect(drawn(open(''))).toEqual([]);
});

test('it follows what is typed in the header, and moves with what is typed before it', () => {
	const state = open('05/QĐ-SNV');
	const changed = state.apply(state.tr.insertText('ủa ', 4));
	expect(drawn(changed)).toEqual(['Số: 05/QĐ-SNV']);
	let at = 0;
	changed.doc.descendants((node, position) => void (node.attrs.name === 'symbol' && (at = position + 1)));
	expect(drawn(changed.apply(changed.tr.insertText('Số ', at)))).toEqual([]);
	const below = changed.apply(changed.tr.insertText('y', changed.doc.content.size - 1));
	expect(drawn(below)).toEqual(['Số: 05/QĐ-SNV']);
});
