import { expect, test } from 'vitest';
import { numberProvisions } from '../numbering/numbering.ts';
import { inlineOf, node, type JsonNode } from '../schema/json.ts';
import { documentSchema } from '../schema/schema.ts';
import { linkCitations } from './link-citations.ts';
import { findCitations, parseCitation, resolveCitation } from './citation.ts';
import { entryText, findCandidates, printReference } from './references.ts';

function provision(uid: string, level: string, text = '', extra: Record<string, unknown> = {}): JsonNode {
	return node('provision', { uid, level, ...extra }, inlineOf(text));
}

const law = [
	provision('c1', 'chapter', 'QUY ĐỊNH CHUNG'),
	provision('a1', 'article', 'Phạm vi điều chỉnh'),
	provision('a1k1', 'clause', 'Một'),
	provision('a1k2', 'clause', 'Hai'),
	provision('a2', 'article', 'Giải thích từ ngữ'),
	provision('a2k1', 'clause', 'Dữ liệu số'),
	provision('a2k1a', 'point', 'thứ a'),
	provision('a2k1b', 'point', 'thứ b'),
	provision('a2k2', 'clause', 'Kho dữ liệu'),
	node('appendix', { uid: 'p1', kind: 'attachment' }),
	node('documentHeader', null, [
		node('headerField', { name: 'kind' }, inlineOf('QUY CHẾ')),
		node('headerField', { name: 'subject' }, inlineOf('Quản lý dữ liệu'))
	]),
	provision('b1', 'article', 'Phạm vi của quy chế'),
	provision('b1k1', 'clause', 'Một')
];
const numbering = numberProvisions(law, 'nd30');

const party = [
	provision('s1', 'section', 'TÌNH HÌNH'),
	provision('s1k1', 'clause', 'Kết quả'),
	provision('s2', 'section', 'MỤC TIÊU'),
	provision('s2k1', 'clause', 'Tổng quát'),
	provision('s2k1a', 'point', 'chi tiết')
];
const partyNumbering = numberProvisions(party, 'party-2026');

test.each([
	['Điều 2', undefined, 'a2'],
	['@Điều 2', undefined, 'a2'],
	['khoản 1 Điều 2', undefined, 'a2k1'],
	['điểm b khoản 1 Điều 2', undefined, 'a2k1b'],
	['điểm b, khoản 1, Điều 2', undefined, 'a2k1b'],
	['ĐIỂM B KHOẢN 1 ĐIỀU 2', undefined, 'a2k1b'],
	['Chương I', undefined, 'c1'],
	['khoản 2', 'a1k1', 'a1k2'],
	['khoản 2', 'a2k1a', 'a2k2'],
	['khoản 2 Điều này', 'a2k1a', 'a2k2'],
	['điểm a khoản này', 'a2k1b', 'a2k1a'],
	['Điều này', 'a1k2', 'a1'],
	['Điều 1', 'a2', 'a1'],
	['Điều 1', 'b1k1', 'b1'],
	['Điều 9', undefined, null],
	['điểm đ khoản 1 Điều 2', undefined, null],
	['khoản 2', undefined, null]
])('%s from %s', (text, from, expected) => {
	const citation = parseCitation(text);
	expect(citation).not.toBeNull();
	expect(citation && resolveCitation(citation, numbering, from)).toBe(expected);
});

test.each([
	['mục II', 's2'],
	['khoản 1 mục I', 's1k1'],
	['điểm 1, mục II', 's2k1'],
	['điểm a, khoản 1, mục II', 's2k1a']
])('Party form: %s', (text, expected) => {
	const citation = parseCitation(text);
	expect(citation && resolveCitation(citation, partyNumbering)).toBe(expected);
});

test.each(['', 'Điều', 'Điều khoản', 'khoản tiền', 'điểm cầu', 'Điều 5 của Luật', 'mục tiêu', 'phần lớn'])(
	'%j is no citation',
	(text) => expect(parseCitation(text)).toBeNull()
);

test('citations in running text', () => {
	const text = 'Theo điểm a khoản 2 Điều 54 và Điều 5 của Luật này; bán khoản 3; các điểm cầu; khoản 1 Điều này.';
	expect(findCitations(text).map(({ from, to }) => text.slice(from, to))).toEqual([
		'điểm a khoản 2 Điều 54',
		'Điều 5',
		'khoản 3',
		'khoản 1 Điều này'
	]);
});

test('a reference prints itself, shorter inside its own article', () => {
	expect(printReference('a2k1b', numbering)).toBe('điểm b khoản 1 Điều 2');
	expect(printReference('a2k1b', numbering, { from: 'a2k2' })).toBe('điểm b khoản 1 Điều này');
	expect(printReference('a2k1b', numbering, { from: 'a2k1a' })).toBe('điểm b khoản này');
	expect(printReference('a2k1b', numbering, { from: 'a2k1a', scope: 'document' })).toBe('điểm b khoản 1 Điều 2');
	expect(printReference('a2k1b', numbering, { from: 'a1' })).toBe('điểm b khoản 1 Điều 2');
	expect(printReference('b1', numbering, { from: 'a1' })).toBe('Điều 1 văn bản kèm theo');
	expect(printReference('b1', numbering, { from: 'b1k1' })).toBe('Điều 1');
	expect(printReference('b1k1', numbering, { from: 'b1' })).toBe('khoản 1 Điều này');
	expect(printReference('gone', numbering)).toBeNull();
});

test.each([
	['Điều 2', ['a2', 'a2k1']],
	['dieu 2', ['a2']],
	['@khoan 1 dieu 2', ['a2k1', 'a2k1a']],
	['du lieu', ['a2k1', 'a2k2', 'p1']],
	['không có gì như thế', []]
])('candidates for %j begin with %j', (query, expected) => {
	const found = findCandidates(law, numbering, query).map(({ uid }) => uid);
	expect(found.slice(0, expected.length)).toEqual(expected);
	if (!expected.length) expect(found).toEqual([]);
});

test('candidates of a live ProseMirror document are the same', () => {
	const doc = documentSchema.nodeFromJSON({ type: 'doc', content: law });
	const live = numberProvisions(doc.children, 'nd30');
	expect(live.entries).toEqual(numbering.entries);
	expect(findCandidates(doc.children, live, 'du lieu')).toEqual(findCandidates(law, numbering, 'du lieu'));
	const appendix = live.byUid.get('p1');
	expect(appendix && entryText(doc.children, appendix)).toBe('QUY CHẾ Quản lý dữ liệu');
});

test('typed citations become links only where they name one provision of this document', () => {
	const text = 'Theo khoản 1 Điều 2, Điều 9, Điều 1 của Luật Đất đai và Điều 1 của Nghị quyết này.';
	const content = [...law.slice(0, 9), provision('a3', 'article', 'Thi hành'), node('paragraph', null, inlineOf(text))];
	const linked = linkCitations(content, numberProvisions(content, 'nd30')).at(-1);
	expect(linked?.content?.map(({ type, text: words, attrs }) => [type, words ?? attrs?.target])).toEqual([
		['text', 'Theo '],
		['reference', 'a2k1'],
		['text', ', Điều 9, Điều 1 của Luật Đất đai và '],
		['reference', 'a1'],
		['text', ' của Nghị quyết này.']
	]);
});
