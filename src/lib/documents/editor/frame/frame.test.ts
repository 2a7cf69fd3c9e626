import { EditorState, AllSelection, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { after, linesOf, stateOf } from '../../../../../tests/support/editor-states.ts';
import { wordsOf } from '../../schema/element-text.ts';
import { frameOf } from '../../templates/facts.ts';
import { clearAcross } from './clear-across.ts';
import { frameGuard, stopAtFrame } from './guard.ts';
import { addFramePart, removeFramePart } from './parts.ts';
import { missingParts } from './places.ts';

const RESOLUTION = [
	'documentHeader: Về chuyển đổi số',
	'legalBasis: Căn cứ Luật;',
	'enactingLine: QUYẾT NGHỊ:',
	'article: Phạm vi|',
	'recipients: - Như trên;',
	'signature: Nguyễn Văn A',
	'appendix: DANH MỤC',
	'paragraph: Bảng'
];
const EMPTIED = ['documentHeader:', 'paragraph: |', 'recipients:', 'signature:'];

function cleared(state: EditorState): string[] | null {
	const transaction = clearAcross(state);
	return transaction && linesOf(state.apply(transaction));
}

/** The lines without the caret. */
function linesAlone(state: EditorState): string[] {
	return linesOf(state).map((line) => line.replace('|', '').trimEnd());
}

function all(state: EditorState): EditorState {
	return state.apply(state.tr.setSelection(new AllSelection(state.doc)));
}

test('deleting everything empties header, signature and recipients, and leaves a line to write in', () => {
	expect(cleared(all(stateOf(...RESOLUTION)))).toEqual(EMPTIED);
	const { doc } = stateOf(...RESOLUTION);
	const letters = TextSelection.between(doc.resolve(0), doc.resolve(doc.content.size));
	expect(cleared(EditorState.create({ doc, selection: letters }))).toEqual(EMPTIED);
});

test.each([
	[
		'from the header into the text',
		['documentHeader: Về |số', 'article: Phạm vi', 'clause: Mộ|t', 'signature: A'],
		['documentHeader: Về |', 'clause: t', 'signature: A']
	],
	[
		'from the text into the signature',
		['documentHeader: Về', 'article: Ph|ạm', 'clause: Một', 'recipients: - X', 'signature: A|B'],
		['documentHeader: Về', 'article: Ph|', 'recipients:', 'signature: B']
	],
	['the last line before the frame, down to it', ['article: Ph|ạm', 'recipients: |- X'], ['article: Ph|', 'recipients: - X']],
	[
		'out of the signature into an appendix',
		['signature: A|B', 'appendix: Danh mục', 'paragraph: Bả|ng'],
		['signature: A|', 'paragraph: ng']
	],
	[
		'an attached text with its own header',
		['article: A', 'signature: |B', 'appendix: ', 'documentHeader: Kế hoạch', 'section: M|ột'],
		['article: A', 'signature: |', 'section: ột']
	]
])('a selection %s', (_what, before, expected) => {
	expect(cleared(stateOf(...before))).toEqual(expected);
});

test('what crosses no part of the frame is the editor’s business', () => {
	expect(cleared(stateOf('article: A|b', 'clause: C|d', 'signature: X'))).toBeNull();
	expect(cleared(stateOf('documentHeader: Về |chuyển| đổi'))).toBeNull();
});

test('what is lost all the same stands empty where it belongs; only a choice takes it out', () => {
	const before = EditorState.create({ doc: stateOf(...RESOLUTION).doc, plugins: [frameGuard()] });
	const lost = before.applyTransaction(before.tr.delete(0, before.doc.content.size).setMeta('uiEvent', 'drop')).state;
	expect(linesAlone(lost)).toEqual(['documentHeader:', 'paragraph:', 'recipients:', 'signature:']);

	const inHeader = before.apply(before.tr.setSelection(TextSelection.create(before.doc, 4)));
	const chosen = after(inHeader, removeFramePart);
	expect(chosen && linesOf(chosen)[0]).toBe('legalBasis: |Căn cứ Luật;');
	expect(after(stateOf('article: A|'), removeFramePart)).toBeNull();
});

test('a cut header that is pasted takes the place of the one that stayed empty', () => {
	const before = EditorState.create({
		doc: stateOf('documentHeader: ', 'paragraph: |', 'signature: ').doc,
		plugins: [frameGuard()]
	});
	const pasted = stateOf('documentHeader: Về', 'article: A|', 'signature: B').doc.content;
	const { state } = before.applyTransaction(before.tr.insert(before.doc.child(0).nodeSize, pasted).setMeta('paste', true));
	expect(linesAlone(state)).toEqual(['documentHeader: Về', 'article: A', 'signature: B', 'paragraph:']);
});

test.each([
	['documentHeader: |Về', -1, true],
	['documentHeader: Về|', 1, true],
	['documentHeader: V|ề', 1, false],
	['recipients: |- X', -1, true]
] as const)('%s: the key %i stops: %s', (line, direction, stops) => {
	expect(after(stateOf('paragraph: a', line, 'paragraph: b'), stopAtFrame(direction)) !== null).toBe(stops);
});

test('beside the frame an empty line goes, words stay where they are', () => {
	const back = stopAtFrame(-1);
	expect(after(stateOf('documentHeader: Về', 'paragraph: |a', 'signature: B'), back)).not.toBeNull();
	expect(after(stateOf('documentHeader: Về', 'paragraph: |', 'signature: B'), back), 'all that is left').not.toBeNull();
	expect(after(stateOf('documentHeader: Về', 'paragraph: |', 'article: B'), back)).toBeNull();
});

const FRAME = frameOf('resolution', 'nd30', { agency: 'Ủy ban nhân dân thành phố Hải Phòng', code: 'UBND', year: 2026 });

test.each([
	['documentHeader', 0, 'ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG'],
	['legalBasis', 1, 'Căn cứ [văn bản quy định thẩm quyền, nội dung];'],
	['enactingLine', 2, 'QUYẾT NGHỊ:'],
	['recipients', 4, '- Như Điều …;'],
	['signature', 5, 'TM. ỦY BAN NHÂN DÂN'],
	['appendix', 6, '[TÊN PHỤ LỤC]']
] as const)('a missing %s comes back where it belongs, filled as in a new document', (part, place, words) => {
	const state = stateOf(...RESOLUTION.filter((each, nth) => !each.startsWith(`${part}:`) && !(part === 'appendix' && nth > 5)));
	expect(missingParts(state.doc)).toEqual([part]);
	const whole = after(state, addFramePart(part, FRAME));
	expect(whole && missingParts(whole.doc)).toEqual([]);
	const added = whole!.doc.child(place);
	expect(added.type.name).toBe(part);
	expect(wordsOf(added).trim().split('\n')[0]).toBe(words);
});

test('a normative resolution has no enacting line to add', () => {
	const frame = frameOf('resolution', 'vbqppl-187', { agency: 'Hội đồng nhân dân' });
	expect(after(stateOf('article: A|'), addFramePart('enactingLine', frame))).toBeNull();
});
