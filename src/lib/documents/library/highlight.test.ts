import { expect, test } from 'vitest';
import { highlight, tidySnippet } from './highlight.ts';

const hits = (text: string, query: string) =>
	highlight(text, query)
		.filter(({ hit }) => hit)
		.map(({ text }) => text);

test.each([
	['Giao Ủy ban và Uỷ ban', 'uy ban', ['Ủy ban', 'Uỷ ban']],
	['Điều 5. Ủy quyền', 'quyền ủy', ['Ủy', 'quyền']],
	['quy định của ủy ban', 'uy dinh', ['định', 'ủy']],
	['Không có gì', 'xyz', []],
	['Số 05/NQ-HĐND', '05/nq-hdnd', ['05/NQ-HĐND']]
])('in "%s", "%s" marks %j', (text, query, expected) => {
	expect(hits(text, query)).toEqual(expected);
	expect(
		highlight(text, query)
			.map((piece) => piece.text)
			.join('')
	).toBe(text);
});

test.each([
	['…ăn bản này\nquy định về tổ chức và hoạt độ…', '…bản này quy định về tổ chức và hoạt…'],
	['ỦY BAN\nNHÂN DÂN và hoạt độ…', 'ỦY BAN NHÂN DÂN và hoạt…'],
	['Điều 1. Phạm vi', 'Điều 1. Phạm vi']
])('the snippet %j is shown as %j', (snippet, shown) => {
	expect(tidySnippet(snippet)).toBe(shown);
});
