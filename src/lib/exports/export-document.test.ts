import { expect, test } from 'vitest';
import type { JsonNode } from '../documents/schema/json.ts';
import { exportDocument } from './export-document.ts';
import { isExportFormat, type ExportFormat } from './formats.ts';
import { readImage } from './images.ts';
import * as sample from '../../../tests/support/sample-documents.ts';
import { balancedColumn, boldTextWidth } from './text-width.ts';

async function textOf(format: ExportFormat, content: JsonNode, title = 'T', profile: 'nd30' | 'party-2026' = 'nd30') {
	const { bytes } = await exportDocument({ title, profile, content, format });
	return new TextDecoder().decode(bytes);
}

test('plain text: one paragraph per line, tabs between cells, notes at the end', async () => {
	const content = sample.doc(
		sample.header({
			agency: 'UBND XÃ A',
			symbol: '1/KH-UBND',
			placeDate: 'A, ngày 1',
			kind: 'KẾ HOẠCH',
			subject: 'Về B'
		}),
		sample.basis('Căn cứ C;'),
		sample.chapter('Quy định chung'),
		sample.article('Phạm vi', sample.br(), 'áp dụng'),
		sample.clause('Khoản', sample.note('Ghi chú')),
		sample.list(sample.p('mục')),
		sample.table([
			['TT', 'Việc'],
			['1', 'họp']
		]),
		sample.signature({ position: 'CHỦ TỊCH', signer: 'D' }),
		sample.recipients('- Lưu: VT.'),
		sample.appendix('Biểu mẫu'),
		sample.point('điểm')
	);
	expect(await textOf('txt', content)).toBe(
		`UBND XÃ A
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1/KH-UBND
A, ngày 1

KẾ HOẠCH
Về B

Căn cứ C;
Chương I
Quy định chung
Điều 1. Phạm vi
áp dụng
1. Khoản[1]
• mục

TT	Việc
1	họp

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH
D

Phụ lục
Biểu mẫu
(Kèm theo Kế hoạch số 1/KH-UBND của UBND XÃ A)

a) điểm

[1] Ghi chú
`
	);
});

test('a page: headings by level, one title, everything escaped, nothing loaded from elsewhere', async () => {
	const content = sample.doc(
		sample.header({ kind: 'NGHỊ QUYẾT', subject: 'Về <b>' }),
		sample.chapter('Chung & riêng'),
		sample.named('a"1', sample.article('Tên')),
		sample.article('Có hiệu lực.'),
		sample.clause('theo ', sample.reference('a"1', '')),
		sample.table([['TT'], ['<script>alert(1)</script>']]),
		sample.block('image', { src: 'https://example.org/x.png', alt: '"onerror=' }),
		sample.block('image', { src: 'javascript:alert(1)', alt: 'x' })
	);
	const page = await textOf('html', content, '</title><script>');
	const headings = [...page.matchAll(/<(h\d)[^>]*>(.*?)<\/\1>/gsu)].map(([, tag, text]) => [tag, text.replace(/<[^>]*>/gu, '')]);
	expect(headings).toEqual([
		['h1', 'NGHỊ QUYẾTVề &lt;b&gt;'],
		['h2', 'Chương I Chung &amp; riêng'],
		['h3', 'Điều 1. Tên']
	]);
	expect(page).toContain('<p id="uid');
	expect(page).toContain('<b>Điều 2.</b> Có hiệu lực.');
	expect(page).toContain('<a href="#a&quot;1">Điều 1</a>');
	expect(page).toContain('<th scope="col">');
	expect(page).not.toContain('<script');
	expect(page).not.toMatch(/src="(?!data:)/u);
	expect(page).toContain('[&quot;onerror=]');
	expect(page).toContain('<html lang="vi">');
});

test('data: the title, the profile and the document as it is stored', async () => {
	const content = sample.doc(sample.clause('x'), { type: 'newer', attrs: { a: 1 } });
	expect(JSON.parse(await textOf('json', content, 'Tên', 'party-2026'))).toEqual({
		title: 'Tên',
		profile: 'party-2026',
		content
	});
});

test.each([
	[
		'Nghị quyết về Đô thị số',
		'nghi-quyet-ve-do-thi-so.docx',
		'Ngh%E1%BB%8B%20quy%E1%BA%BFt%20v%E1%BB%81%20%C4%90%C3%B4%20th%E1%BB%8B%20s%E1%BB%91.docx'
	],
	['05/QĐ-UBND: "họp"\r\nX: y', '05-qd-ubnd-hop-x-y.docx', '05%20Q%C4%90-UBND%20h%E1%BB%8Dp%20X%20y.docx'],
	['../../.', 'van-ban.docx', 'van-ban.docx'],
	['文書', 'van-ban.docx', '%E6%96%87%E6%9B%B8.docx'],
	['', 'van-ban.docx', 'van-ban.docx'],
	["O'Neil (1)*", 'o-neil-1.docx', 'O%27Neil%20%281%29.docx']
])('%j is saved under a safe name', async (title, ascii, encoded) => {
	const file = await exportDocument({ title, profile: 'nd30', content: sample.doc(), format: 'docx' });
	expect(file.filename).toBe(ascii);
	expect(file.disposition).toBe(`attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`);
	expect(file.contentType).toContain('wordprocessingml');
});

test('long titles make names of at most a hundred letters, cut between words', async () => {
	const title = 'Kế hoạch triển khai thực hiện '.repeat(10);
	const { filename } = await exportDocument({ title, profile: 'nd30', content: sample.doc(), format: 'txt' });
	expect(filename).toMatch(/^ke-hoach-[a-z-]+[a-z]\.txt$/u);
	expect(filename.length).toBeLessThanOrEqual(104);
});

test('the formats are named', () => {
	expect(['docx', 'txt', 'html', 'json', 'pdf', null].filter(isExportFormat)).toEqual(['docx', 'txt', 'html', 'json']);
});

test('an empty document makes a file in every format', async () => {
	for (const format of ['docx', 'txt', 'html', 'json'] as const) {
		const { bytes } = await exportDocument({ title: '', profile: 'nd30', content: { type: 'doc' }, format });
		expect(bytes.length).toBeGreaterThan(0);
	}
});

test.each([
	['png', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 1, 0, 0, 0, 0, 2], 256, 2],
	['gif', [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 3, 0, 4, 0], 3, 4],
	['jpg', [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 5, 0, 6, 1], 6, 5]
])('the size of a %s is read from its bytes', (type, bytes, width, height) => {
	expect(readImage(new Uint8Array(bytes))).toMatchObject({ type, width, height });
	expect(readImage(new Uint8Array(bytes.slice(0, 8)))).toBeNull();
});

test('a title of two lines is broken in the middle', () => {
	const title = 'Ban hành Kế hoạch triển khai nền tảng họp trực tuyến dùng chung của thành phố An Hải';
	const { column, isOneLine } = balancedColumn(title, 14, 453);
	expect(isOneLine).toBe(false);
	expect(column).toBeGreaterThan(boldTextWidth(title, 14) / 2);
	expect(column).toBeLessThan(boldTextWidth(title, 14) * 0.6);
	expect(balancedColumn('Ngắn', 14, 453).isOneLine).toBe(true);
});

test.each(sample.SAMPLES)('$profile: the HTML page has the words of the plain text, no more and no fewer', async (input) => {
	const words = (text: string) => text.split(/\s+/u).filter(Boolean).toSorted();
	const [html, txt] = await Promise.all(
		(['html', 'txt'] as const).map(async (format) => new TextDecoder().decode((await exportDocument({ ...input, format })).bytes))
	);
	const body = html
		.slice(html.indexOf('<main>'))
		.replace(/<sup><a .*?<\/sup>|<a href="#footnote-ref-.*?<\/a>/gsu, '')
		.replace(/<\/?(a|b|i|u|s|sup|sub|span style)\b[^>]*>/gu, '')
		.replace(/<[^>]+>/gu, ' ')
		.replace(/&(\w+|#39);/gu, (_whole, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? ' ');
	expect(words(body)).toEqual(words(txt.replace(/\[\d+\] ?/gu, '').replaceAll('• ', '')));
});

test('on the HTML page an appendix with a wide table lies across, up to the next', async () => {
	const row = ['1', '2', '3', '4', '5', '6'];
	const content = sample.doc(
		sample.article('Một'),
		sample.appendix('Rộng'),
		sample.table([row, row]),
		sample.appendix('Hẹp'),
		sample.p('sau')
	);
	const html = await textOf('html', content);
	expect(html).toContain('@page landscape { size: A4 landscape;');
	const [, across] = /<div class="landscape">(.*?<\/table>)<\/div>/su.exec(html) ?? [];
	expect(across).toContain('Rộng');
	expect(across).not.toContain('Hẹp');
	expect(html.indexOf('Hẹp')).toBeGreaterThan(html.indexOf('</table></div>'));
});
