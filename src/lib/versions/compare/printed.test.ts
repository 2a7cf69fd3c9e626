import { expect, test } from 'vitest';
import { block, doc } from '../../../../tests/support/sample-documents.ts';
import { readZip } from '../../exports/zip-reader.ts';
import { compareContents } from './compare.ts';
import type { MeasuredSide } from './compared.ts';
import { printComparison, TooLong, type PrintedRow } from './printed.ts';
import { writeComparisonDocx } from './write-docx.ts';
import { writeComparisonHtml } from './write-html.ts';

const article = (uid: string, text: string) => block('provision', { uid, level: 'article', titled: true }, text);
const clause = (uid: string, text: string) => block('provision', { uid, level: 'clause' }, text);
const BEFORE = [
	article('a1', 'Phạm vi'),
	clause('c1', 'Nghị quyết này quy định về chuyển đổi số.'),
	clause('c2', 'Thời hạn không quá 36 tháng.'),
	clause('c3', 'Bãi bỏ các quy định trước đây.'),
	clause('c4', 'Sở Tài chính báo cáo hằng năm.')
];
const AFTER = [
	BEFORE[0],
	BEFORE[1],
	clause('c2', 'Thời hạn không quá 24 tháng <mới>.'),
	BEFORE[4],
	clause('n', 'Tổ công tác giúp Ủy ban nhân dân.')
];

const side = (label: string, more: Partial<MeasuredSide> = {}): MeasuredSide => ({
	kind: 'version',
	id: label,
	documentId: 'd',
	title: 'Nghị quyết về chuyển đổi số',
	label,
	createdAt: '2026-11-10T02:00:00Z',
	articles: 1,
	provisions: 5,
	...more
});

function printed(onlyChanges = false, after = side('Dự thảo lần 2'), explanations: Map<string, string> | null = null) {
	const { rows } = compareContents({ content: doc(...BEFORE), profile: 'nd30' }, { content: doc(...AFTER), profile: 'nd30' });
	return printComparison(rows, side('Dự thảo lần 1'), after, { onlyChanges, explanations });
}

const plain = (row: PrintedRow) =>
	'folded' in row
		? row.folded
		: row.cells.map((cell) => cell.map((line) => line.map(({ text }) => text).join('')).join(' / ')).join(' | ');

test('a comparison is a table with both texts beside one another, and says what is new and what is gone', () => {
	const { title, subject, columns, rows } = printed();
	expect([title, subject, ...columns]).toEqual([
		'BẢN SO SÁNH',
		'Nghị quyết về chuyển đổi số: Dự thảo lần 2 với Dự thảo lần 1',
		'Dự thảo lần 1',
		'Dự thảo lần 2'
	]);
	expect(rows.map(plain)).toEqual([
		'Điều 1. Phạm vi | Điều 1. Phạm vi',
		'1. Nghị quyết này quy định về chuyển đổi số. | 1. Nghị quyết này quy định về chuyển đổi số.',
		'2. Thời hạn không quá 36 tháng. | 2. Thời hạn không quá 24 tháng <mới>.',
		'3. Bãi bỏ các quy định trước đây. | (Bãi bỏ)',
		'4. Sở Tài chính báo cáo hằng năm. | 3. Sở Tài chính báo cáo hằng năm.',
		'(Dòng mới) | 4. Tổ công tác giúp Ủy ban nhân dân.'
	]);
});

test('with changes alone, what is left out is said in a line, and a khoản says where it stands', () => {
	expect(printed(true).rows.map(plain).slice(0, 2)).toEqual([
		'Từ Điều 1 đến khoản 1 Điều 1: không đổi',
		'[khoản 2 Điều 1] / 2. Thời hạn không quá 36 tháng. | [khoản 2 Điều 1] / 2. Thời hạn không quá 24 tháng <mới>.'
	]);
});

test('with the explanations there is a third column', async () => {
	const explained = printed(true, side('Dự thảo lần 2'), new Map([['c2', 'Rút ngắn thời hạn.\nTheo ý kiến Sở Tài chính.']]));
	expect([explained.title, explained.columns.at(-1)]).toEqual(['BẢN SO SÁNH, THUYẾT MINH', 'Thuyết minh']);
	expect(plain(explained.rows[1])).toMatch(/ \| Rút ngắn thời hạn\. \/ Theo ý kiến Sở Tài chính\.$/);
	const xml = new TextDecoder().decode(readZip(await writeComparisonDocx(explained)).get('word/document.xml'));
	expect(xml).toContain('Theo ý kiến Sở Tài chính.');
	expect([...xml.matchAll(/<w:gridCol /g)]).toHaveLength(3);
});

test('two documents are called by their titles, and the text as it is by what it is', () => {
	const live = side('', { kind: 'live', documentId: 'other', title: 'Kế hoạch', createdAt: null });
	expect(printed(false, live)).toMatchObject({
		subject: 'Kế hoạch, Bản đang soạn thảo với Nghị quyết về chuyển đổi số, Dự thảo lần 1',
		columns: ['Nghị quyết về chuyển đổi số, Dự thảo lần 1', 'Kế hoạch, Bản đang soạn thảo']
	});
});

test('the page marks what went and came, and escapes every letter', () => {
	const html = writeComparisonHtml(printed());
	expect(html).toContain('<td><p>2. Thời hạn không quá <del>36 tháng</del>.</p></td>');
	expect(html).toContain('<ins>24 tháng &lt;mới&gt;</ins>');
	expect(html).not.toContain('<mới>');
});

test('the Word file lies across, repeats its head, strikes out what went and sets what came bold and italic', async () => {
	const xml = new TextDecoder().decode(readZip(await writeComparisonDocx(printed())).get('word/document.xml'));
	expect(xml).toMatch(/<w:pgSz [^>]*w:orient="landscape"/);
	expect(xml).toContain('<w:tblHeader/>');
	expect(xml).toMatch(/<w:strike\/>(?:(?!<\/w:r>).)*36 tháng/);
	expect(xml).toMatch(/<w:b\/>(?:(?!<\/w:r>).)*<w:i\/>(?:(?!<\/w:r>).)*24 tháng &lt;mới&gt;/);
	expect([...xml.matchAll(/<w:tr>|<w:tr /g)]).toHaveLength(7);
});

test('more rows than Word takes are refused, unless few of them changed', () => {
	const many = Array.from({ length: 5100 }, (_, nth) => clause(`c${nth}`, `Khoản thứ ${nth}`));
	const content = { content: doc(...many), profile: 'nd30' as const };
	const { rows } = compareContents(content, content);
	expect(() => printComparison(rows, side('1'), side('2'), { onlyChanges: false, explanations: null })).toThrow(TooLong);
	expect(printComparison(rows, side('1'), side('2'), { onlyChanges: true, explanations: null }).rows).toHaveLength(1);
});
