import { expect, test } from 'vitest';
import { numberProvisions } from '../numbering/numbering.ts';
import { jumpCandidates } from './jump.ts';
import { stateOf } from '../../../../tests/support/editor-states.ts';

const blocks = stateOf(
	'chapter#c1: Quy định chung',
	'article#d1: Phạm vi',
	'clause#k1: Một',
	'clause#k2: Hai',
	'point#a: Chữ a',
	'point=đ#dd: Chữ đ',
	'article#d2: Đối tượng áp dụng'
).doc.content.content;
const numbering = numberProvisions(blocks, 'nd30');

test.each([
	['1', 'd1'],
	['điều 2', 'd2'],
	['dieu 2', 'd2'],
	['d2', 'd2'],
	['1.2', 'k2'],
	['1 2', 'k2'],
	['1 k2', 'k2'],
	['d1k2', 'k2'],
	['1.2.a', 'a'],
	['1.2.đ', 'dd'],
	['điều 1 khoản 2', 'k2'],
	['khoản 2 Điều 1', 'k2'],
	['điểm a khoản 2 Điều 1', 'a'],
	['chương I', 'c1'],
	['doi tuong', 'd2']
])('%j goes to %s', (query, uid) => {
	expect(jumpCandidates(query, blocks, numbering)[0]?.uid).toBe(uid);
});

test.each(['', '99', 'không có'])('%j goes nowhere', (query) => {
	expect(jumpCandidates(query, blocks, numbering)).toEqual([]);
});
