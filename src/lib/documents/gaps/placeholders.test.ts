import { expect, test } from 'vitest';
import { t } from '../../../../tests/support/sample-documents.ts';
import { findPlaceholders, withPlaceholders } from './placeholders.ts';

test.each([
	['Theo đề nghị của […] tại Tờ trình', ['…']],
	['Theo đề nghị của [...] và [ … ]', ['...', '…']],
	['Giao [tên cơ quan] chủ trì, [cơ quan, đơn vị] phối hợp', ['tên cơ quan', 'cơ quan, đơn vị']],
	['[Ban hành, phê duyệt …] [kèm theo Quyết định này].', ['Ban hành, phê duyệt …', 'kèm theo Quyết định này']],
	['Họ tên: [____]', ['____']]
])('in "%s" the places to fill in are %j', (text, labels) => {
	expect(findPlaceholders(text).map(({ label }) => label)).toEqual(labels);
	for (const { from, to } of findPlaceholders(text)) expect([text[from], text[to - 1]]).toEqual(['[', ']']);
});

test.each([
	'xem tài liệu [1] và [2, 3]',
	'hàng [a], cột [x]',
	'ô trống [ ] và [.]',
	'[sic]',
	'xem [cổng thông tin](https://example.org)',
	'ngoặc [không đóng',
	'Điều 5 được sửa như sau: “Cơ quan […] chịu trách nhiệm”'
])('"%s" has no place to fill in', (text) => {
	expect(findPlaceholders(text)).toEqual([]);
});

test('dots in brackets behind a quotation are a place to fill in again', () => {
	expect(findPlaceholders('“Cơ quan […]” và […]').map(({ from }) => from)).toEqual([17]);
});

test('written across differently marked letters it is one placeholder, without the italics of its brackets', () => {
	expect(withPlaceholders([t('Giao '), t('[tên', 'italic'), t(' cơ quan]', 'italic', 'bold'), t(' chủ trì')])).toEqual([
		t('Giao '),
		{ type: 'placeholder', attrs: { uid: null, label: 'tên cơ quan' } },
		t(' chủ trì')
	]);
});

test('in italic text a placeholder is italic, in bold text bold', () => {
	const marked = withPlaceholders([t('Căn cứ ', 'bold', 'italic'), t('[văn bản]', 'bold', 'italic')]);
	expect(marked[1]?.marks).toEqual([{ type: 'bold' }, { type: 'italic' }]);
});

test('elements among the letters stay where they are, and what has no placeholder stays the same array', () => {
	const inline = [t('a'), { type: 'hardBreak' }, t('b [nội dung] c'), { type: 'footnote', attrs: { text: 'x' } }];
	expect(withPlaceholders(inline).map(({ type }) => type)).toEqual([
		'text',
		'hardBreak',
		'text',
		'placeholder',
		'text',
		'footnote'
	]);
	const plain = [t('không có')];
	expect(withPlaceholders(plain)).toBe(plain);
});
