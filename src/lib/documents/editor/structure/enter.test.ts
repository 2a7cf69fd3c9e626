import { expect, test } from 'vitest';
import { enterAfterHeading, enterInArticleText, enterInLegalBasis, enterInProvision, enterInRecipients } from './enter.ts';
import { after, linesOf, stateOf } from '../../../../../tests/support/editor-states.ts';

test.each([
	['the middle of a clause', ['article: Phạm vi', 'clause: Một |hai'], ['article: Phạm vi', 'clause: Một', 'clause: |hai']],
	['the end of a clause', ['clause: Một|'], ['clause: Một', 'clause: |']],
	['a clause that opens a list', ['clause: Gồm:|'], ['clause: Gồm:', 'point: |']],
	['a point that opens a list', ['point: Gồm: |'], ['point: Gồm:', 'indent: |']],
	['a title', ['article: Phạm vi|'], ['article: Phạm vi', 'paragraph: |']],
	['the middle of a title', ['article: Phạm |vi'], ['article: Phạm', 'paragraph: |vi']],
	[
		'a chapter whose siblings have sections',
		['chapter: A', 'section: B', 'chapter: C|'],
		['chapter: A', 'section: B', 'chapter: C', 'section: |']
	],
	['a Điều that is a sentence', ['article: Có hiệu lực từ ngày ký.|'], ['article: Có hiệu lực từ ngày ký.', 'article: |']],
	['a Điều that opens a list', ['article: Phê duyệt:|'], ['article: Phê duyệt:', 'clause: |']],
	['a chapter', ['chapter: Quy định chung|'], ['chapter: Quy định chung', 'article: |']],
	['a Roman section', ['roman: Mục đích|'], ['roman: Mục đích', 'clause: |']],
	['the start of a clause', ['clause: |Một'], ['clause:', 'clause: |Một']],
	['an empty point', ['article: A', 'clause: B', 'point: |'], ['article: A', 'clause: B', 'clause: |']],
	['an empty indent', ['clause: B', 'indent: |'], ['clause: B', 'clause: |']],
	['an empty clause', ['article: A', 'clause: |'], ['article: A', 'article: |']],
	['an empty clause with no Điều over it', ['roman: A', 'clause: |'], ['roman: A', 'paragraph: |']],
	['an empty Điều', ['article: |'], ['paragraph: |']],
	['a selection', ['clause: M|ộ|t'], ['clause: M', 'clause: |t']]
])('Enter in %s', (_name, before, expected) => {
	const state = after(stateOf(...before), enterInProvision('nd30'));
	expect(state && linesOf(state)).toEqual(expected);
});

test('Enter in an empty line of the text of a Điều begins the next one', () => {
	const next = after(stateOf('article: A', 'paragraph: Một.', 'paragraph: |'), enterInArticleText);
	expect(next && linesOf(next)).toEqual(['article: A', 'paragraph: Một.', 'article: |']);
	expect(after(stateOf('article: A', 'clause: B', 'paragraph: |'), enterInArticleText)).toBeNull();
	expect(after(stateOf('article: A', 'paragraph: Một|'), enterInArticleText)).toBeNull();
});

test('a Party section is followed by a clause', () => {
	const state = after(stateOf('section: Tình hình|'), enterInProvision('party-2026'));
	expect(state && linesOf(state)).toEqual(['section: Tình hình', 'clause: |']);
});

test('the first part keeps the uid; at the start the text keeps it', () => {
	const middle = after(stateOf('clause#a: Một |hai'), enterInProvision('nd30'));
	expect(middle && linesOf(middle, ['a'])).toEqual(['clause#a: Một', 'clause#new: |hai']);
	const start = after(stateOf('clause#a: |Một'), enterInProvision('nd30'));
	expect(start && linesOf(start, ['a'])).toEqual(['clause#new:', 'clause#a: |Một']);
});

test('an explicit number stays with the first part', () => {
	const state = after(stateOf('clause=2a#a: Một |hai'), enterInProvision('nd30'));
	expect(state && linesOf(state)).toEqual(['clause=2a: Một', 'clause: |hai']);
});

test('legal bases, headings, fields and recipients', () => {
	const basis = after(stateOf('legalBasis: Căn cứ Luật;|'), enterInLegalBasis);
	expect(basis && linesOf(basis)).toEqual(['legalBasis: Căn cứ Luật;', 'legalBasis: |']);
	const empty = after(stateOf('legalBasis: |'), enterInLegalBasis);
	expect(empty && linesOf(empty)).toEqual(['paragraph: |']);
	const enacting = after(stateOf('enactingLine: QUYẾT NGHỊ:|'), enterAfterHeading('nd30'));
	expect(enacting && linesOf(enacting)).toEqual(['enactingLine: QUYẾT NGHỊ:', 'article: |']);
	const party = after(stateOf('enactingLine: QUYẾT NGHỊ:|'), enterAfterHeading('party-2026'));
	expect(party && linesOf(party)).toEqual(['enactingLine: QUYẾT NGHỊ:', 'section: |']);
	expect(after(stateOf('paragraph: a|'), enterInProvision('nd30'))).toBeNull();
	expect(after(stateOf('recipients: - Như trên;|'), enterInRecipients)).toBeNull();
});
