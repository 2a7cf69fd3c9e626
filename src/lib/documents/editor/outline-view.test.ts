import { expect, test } from 'vitest';
import { numberProvisions } from '../numbering/numbering.ts';
import { digestOf } from './digest.ts';
import { shownAt, visibleRows } from './outline-view.ts';
import { stateOf } from '../../../../tests/support/editor-states.ts';

const { doc } = stateOf(
	'legalBasis#l: Căn cứ Luật;',
	'chapter#c: Chung',
	'article#d1: Phạm vi',
	'clause#k1: Một hai',
	'article#d2: Đối tượng',
	'clause#k2: Ba'
);
const digest = digestOf(doc, numberProvisions(doc.content.content, 'nd30'), null);
const uids = (rows: { uid: string }[]) => rows.map((row) => row.uid);

test('the digest counts and keeps what has not changed', () => {
	expect(digest).toMatchObject({ provisions: 5, legalBases: 1, words: 11, gaps: [], footnotes: [] });
	const again = digestOf(doc, numberProvisions(doc.content.content, 'nd30'), digest);
	expect(again.outline.every((row, index) => row === digest.outline[index])).toBe(true);
});

test('chapters are open, articles only where the cursor is or when asked', () => {
	expect(uids(visibleRows(digest.outline, new Map(), null))).toEqual(['c', 'd1', 'd2']);
	expect(uids(visibleRows(digest.outline, new Map(), 'k2'))).toEqual(['c', 'd1', 'd2', 'k2']);
	expect(uids(visibleRows(digest.outline, new Map([['d1', true]]), null))).toEqual(['c', 'd1', 'k1', 'd2']);
	expect(uids(visibleRows(digest.outline, new Map([['c', false]]), null))).toEqual(['c']);
});

test('a colleague in something folded is shown at what holds it', () => {
	const visible = visibleRows(digest.outline, new Map(), null);
	expect(shownAt(digest.outline, visible).get('k2')).toBe('d2');
});
