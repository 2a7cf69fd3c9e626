import { EditorState, TextSelection } from '@tiptap/pm/state';
import type { DecorationSet } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { profileOf } from '../../schema/profiles.ts';
import { documentSchema as schema } from '../../schema/schema.ts';
import type { JsonNode } from '../../schema/json.ts';
import { appendix, clause, document, fields, paragraph, table } from '../../templates/build.ts';
import { appendixMarks, attachedLines, writeAttachedLine } from './appendix-marks.ts';

const PROFILE = profileOf('nd30');
const HEADER = fields('documentHeader', [
	['agency', 'ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN'],
	['symbol', 'Số: 7/KH-UBND'],
	['placeDate', 'Bình Sơn, ngày 05 tháng 3 năm 2026'],
	['kind', 'KẾ HOẠCH']
]);
const LINE = '(Kèm theo Kế hoạch số 7/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh Bình Sơn)';
const wide = (columns: number) =>
	table(
		Array.from({ length: columns }, (_none, nth) => `Cột ${nth}`),
		[]
	);

function open(...blocks: JsonNode[]): EditorState {
	return EditorState.create({ doc: schema.nodeFromJSON(document(...blocks)), plugins: [appendixMarks(PROFILE)] });
}

/** What each marked block has, by the number of the block. */
function marked(state: EditorState): unknown[] {
	const [plugin] = state.plugins;
	const set = plugin.props.decorations!.call(plugin, state) as DecorationSet;
	return set.find().map(({ from, ...mark }) => {
		const attributes = (mark as unknown as { type: { attrs: Record<string, string> } }).type.attrs;
		return [state.doc.resolve(from).index(0), attributes['data-attached-to'] ?? null, attributes.class ?? null];
	});
}

test('an appendix shows what it is attached to, as the header says it by now', () => {
	const state = open(HEADER, clause('Nội dung'), appendix('DANH MỤC'), paragraph('Một'));
	expect(marked(state)).toEqual([[2, LINE, null]]);
	let at = 0;
	state.doc.descendants((node, position) => void (node.attrs.name === 'symbol' && (at = position + 1)));
	const changed = state.apply(state.tr.insertText('9', at + 'Số: '.length, at + 'Số: 7'.length));
	expect(marked(changed)).toEqual([[2, LINE.replace('số 7', 'số 9'), null]]);
	const typed = state.apply(state.tr.split(state.doc.child(0).nodeSize + 3));
	expect(marked(typed), 'it goes along').toEqual([[3, LINE, null]]);
});

test('the line is written into the text where the caret is, and then stands there once', () => {
	const state = open(HEADER, appendix('Một'), paragraph('a'), appendix('Hai'), paragraph('b'));
	const start = state.doc.content.size - 1;
	const there = state.apply(state.tr.setSelection(TextSelection.create(state.doc, start)));
	let written = there;
	expect(writeAttachedLine(PROFILE)(there, (transaction) => (written = there.apply(transaction)))).toBe(true);
	expect(written.doc.children.map(({ textContent }) => textContent).slice(1)).toEqual(['Một', 'a', 'Hai', LINE, 'b']);
	expect(written.doc.child(4).attrs.align).toBe('center');
	expect(written.selection.$head.parent.textContent).toBe(LINE);
	expect(marked(written)).toEqual([
		[1, LINE, null],
		[4, null, 'attached-line']
	]);
	expect(writeAttachedLine(PROFILE)(written), 'once').toBe(false);
	expect(writeAttachedLine(PROFILE)(state.apply(state.tr.setSelection(TextSelection.create(state.doc, 2)))), 'not outside').toBe(
		false
	);
});

test('the pages of an appendix with a wide table lie across, up to the next', () => {
	const state = open(HEADER, appendix('Một'), wide(6), paragraph('a'), appendix('Hai'), wide(5));
	expect(marked(state)).toEqual([
		[1, LINE, 'across'],
		[2, null, 'across'],
		[3, null, 'across'],
		[4, LINE, null]
	]);
	expect(marked(open(clause('Không có phụ lục'), wide(7)))).toEqual([]);
});

test('an attached text with a header of its own has the line under it, to be written behind it', () => {
	const own = fields('documentHeader', [
		['kind', 'KẾ HOẠCH'],
		['subject', 'Tổ chức thực hiện']
	]);
	const state = open(HEADER, appendix('', 'attachment'), own, clause('a'));
	const uid = state.doc.child(1).attrs.uid;
	const [plugin] = state.plugins;
	const [mark] = (plugin.props.decorations!.call(plugin, state) as DecorationSet).find();
	expect(state.doc.resolve(mark!.from).parent, 'inside the header, behind its fields').toBe(state.doc.child(2));
	expect(mark!.spec.key).toBe(LINE);
	expect(attachedLines(state.doc, PROFILE)).toEqual(new Map([[uid, LINE]]));
	const there = state.apply(state.tr.setSelection(TextSelection.create(state.doc, state.doc.content.size - 1)));
	let written = there;
	writeAttachedLine(PROFILE)(there, (transaction) => (written = there.apply(transaction)));
	expect(written.doc.children.map(({ type }) => type.name)).toEqual([
		'documentHeader',
		'appendix',
		'documentHeader',
		'paragraph',
		'provision'
	]);
	expect(attachedLines(written.doc, PROFILE)).toEqual(new Map());
});
