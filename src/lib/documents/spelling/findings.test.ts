import { expect, test } from 'vitest';
import { article, clause, doc, header, note, p, t, table } from '../../../../tests/support/sample-documents.ts';
import type { JsonNode } from '../schema/json.ts';
import { documentSchema } from '../schema/schema.ts';
import { findingsOf } from './findings.ts';

function told(...content: JsonNode[]): string[] {
	return toldWith(null, ...content);
}

function toldWith(words: ReadonlySet<string> | null, ...content: JsonNode[]): string[] {
	const body = documentSchema.nodeFromJSON(doc(...content));
	return findingsOf(body, words).map(({ kind, from, to, text, replacement }) => {
		expect(body.textBetween(from, to)).toBe(text);
		return `${kind}: ${text} → ${replacement}`;
	});
}

test.each([
	['Ðiều 5', ['look-alike: Ðiều → Điều']],
	['Quyết định của \u0421hủ tịch', ['look-alike: \u0421hủ → Chủ']],
	['tie\u0302\u0301ng Vie\u0323\u0302t', ['look-alike: tie\u0302\u0301ng → tiếng', 'look-alike: Vie\u0323\u0302t → Việt']],
	['đựơc thực hiện', ['tone-mark: đựơc → được']],
	['hai  dấu cách', ['double-space:    →  ']],
	['dấu chấm , dấu phẩy .', ['space-before:   → ', 'space-before:   → ']],
	['kết thúc  ;', ['space-before:    → ']]
])('in %j is found %j', (text, findings) => {
	expect(told(p(text))).toEqual(findings);
});

test.each([
	'Ngày … tháng … năm 2026, đạt .5 điểm ...',
	'Москва и Ελλάδα là tên riêng',
	'Pokémon, café, Đắk Lắk, Krông Nô, Plei Ku',
	'Ủy ban nhân dân xã Hòa Bình, thủy lợi, khỏe mạnh',
	'Kính gửi: “các cơ quan”; (theo mẫu)/.'
])('nothing is found in %j', (text) => {
	expect(told(p(text))).toEqual([]);
});

test('where two styles of tone marks are mixed the rarer one is found, of two that are as frequent the new one', () => {
	expect(told(article('Ủy ban xã Hòa Bình'), clause('Uỷ ban'), table([['hoà']]))).toEqual([
		'tone-style: Uỷ → Ủy',
		'tone-style: hoà → hòa'
	]);
	expect(told(clause('uỷ hoá hòa'))).toEqual(['tone-style: hòa → hoà']);
	expect(told(clause('uỷ hòa'))).toEqual(['tone-style: uỷ → ủy']);
});

test('it is found across differently marked letters, in fields, and beside what is no letter', () => {
	expect(told(header({ agency: 'ỦY BAN  XÃ' }), clause(t('đự'), t('ơc', 'bold'), note('x'), ' , có'))).toEqual([
		'double-space:    →  ',
		'tone-mark: đựơc → được'
	]);
});

test('words that are no Vietnamese syllables are found, but for those of the workspace; without its list none', () => {
	const text = p('Nền tảng blockchain cho doanh ngiệp, theo website của Sở.');
	expect(toldWith(new Set(['blockchain']), text)).toEqual(['unknown-word: ngiệp → null', 'unknown-word: website → null']);
	expect(told(text)).toEqual([]);
});

test.each([
	'Ông Nguyễn Văn Lắk, tỉnh Đắk Lắk, UBND và HĐND',
	'thư gửi về so-tt@thanhpho.gov.vn hoặc https://thanhpho.gov.vn/abc',
	'45/2019/QH14, 12km, kw/h, covid-19, vbqppl.2',
	'a) b) đ) điểm x'
])('no word is found in %j', (text) => {
	expect(toldWith(new Set(), p(text))).toEqual([]);
});
