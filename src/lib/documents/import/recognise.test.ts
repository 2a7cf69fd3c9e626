import { describe, expect, test } from 'vitest';
import { jsonToUpdate } from '../schema/body.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { recognise } from './recognise.ts';
import { summary } from '../../../../tests/support/recognised.ts';
import { textToBlocks } from './text.ts';

function read(text: string, profile: ProfileId = 'nd30', fragment = false) {
	const result = recognise(textToBlocks(text), { profile, fragment });
	jsonToUpdate(result.content);
	return { ...result, lines: summary(result.content), doubts: result.report.unsure.map(({ reason }) => reason) };
}

/** The blocks of a body, after an article that opens it. */
function body(...lines: string[]) {
	const { lines: blocks, doubts } = read(['Điều 1. Mở đầu', ...lines].join('\n'));
	return { blocks: blocks.slice(1), doubts };
}

describe('levels', () => {
	test('titles stand on the line of the number or below it', () => {
		const { lines } = read(
			[
				'PHẦN THỨ NHẤT',
				'NHỮNG QUY ĐỊNH CHUNG',
				'Chương I. QUY ĐỊNH CHUNG',
				'Mục 1',
				'Dữ liệu số',
				'TIỂU MỤC 1. KHO DỮ LIỆU',
				'VÀ NỀN TẢNG SỐ',
				'Điều 1',
				'Phạm vi điều chỉnh',
				'Nghị quyết này quy định về dữ liệu.',
				'Chương II: Tổ chức thực hiện'
			].join('\n')
		);
		expect(lines).toEqual([
			'part thứ nhất|NHỮNG QUY ĐỊNH CHUNG',
			'chapter|QUY ĐỊNH CHUNG',
			'section|Dữ liệu số',
			'subsection|KHO DỮ LIỆU VÀ NỀN TẢNG SỐ',
			'article|Phạm vi điều chỉnh',
			'paragraph|Nghị quyết này quy định về dữ liệu.',
			'chapter|Tổ chức thực hiện'
		]);
	});

	test('khoản, điểm with đ, and dashes', () => {
		const { blocks, doubts } = body(
			'1. Một:',
			'a) A;',
			'b) B;',
			'c) C;',
			'd) D;',
			'đ) Đ;',
			'e) E;',
			'g) G:',
			'- gạch một;',
			'+ cộng một;',
			'– gạch hai.',
			'2. Hai.'
		);
		expect(blocks).toEqual(
			[
				['clause|Một:', 'point|A;', 'point|B;', 'point|C;', 'point|D;', 'point|Đ;', 'point|E;', 'point|G:'],
				['indent|gạch một;', 'indent +|cộng một;', 'indent|gạch hai.', 'clause|Hai.']
			].flat()
		);
		expect(doubts).toEqual([]);
	});

	test.each([
		['party-2026', 'section'],
		['nd30', 'section roman']
	] as const)('Roman sections in %s', (profile, name) => {
		const { lines } = read('I- TÌNH HÌNH\n1. Kết quả.\na) Một.\n- Hai.\nII- MỤC TIÊU\n1. Chung.', profile);
		expect(lines).toEqual([
			`${name}|TÌNH HÌNH`,
			'clause|Kết quả.',
			'point|Một.',
			'indent|Hai.',
			`${name}|MỤC TIÊU`,
			'clause|Chung.'
		]);
	});
});

describe('look-alikes', () => {
	test.each([
		['a number that does not continue', ['1. Một.', '5. Năm là số.'], 'paragraph|5. Năm là số.'],
		['a year', ['2019. Luật này có hiệu lực.'], 'paragraph|2019. Luật này có hiệu lực.'],
		['an amount', ['5.000 doanh nghiệp tham gia.'], 'paragraph|5.000 doanh nghiệp tham gia.'],
		['a date', ['1. Một.', '2.9 là ngày Quốc khánh.'], 'paragraph|2.9 là ngày Quốc khánh.'],
		['Điều in a sentence', ['Điều 2 của Luật này quy định.'], 'paragraph|Điều 2 của Luật này quy định.'],
		['several Điều', ['Điều 2, Điều 3 và Điều 4.'], 'paragraph|Điều 2, Điều 3 và Điều 4.'],
		['Chương in a sentence', ['Chương I của Luật này.'], 'paragraph|Chương I của Luật này.'],
		['Mục in a sentence', ['Mục 1 Chương này áp dụng.'], 'paragraph|Mục 1 Chương này áp dụng.'],
		['Phụ lục in a sentence', ['Phụ lục I ban hành kèm theo.'], 'paragraph|Phụ lục I ban hành kèm theo.'],
		['a letter that does not continue', ['a) Một;', 'k) Mười.'], 'paragraph|k) Mười.'],
		['a first letter that is not a', ['b) Hai.'], 'paragraph|b) Hai.'],
		['a decimal number', ['1.1. Mục tiêu chung.'], 'paragraph|1.1. Mục tiêu chung.'],
		['a level the layout has not', ['1) Một.'], 'paragraph|1) Một.']
	])('%s', (_name, lines, expected) => {
		const { blocks } = body(...lines);
		expect(blocks.at(-1)).toBe(expected);
	});

	test('a number that jumps ahead of one that still comes', () => {
		const { lines } = read('Điều 1. Sửa đổi\nĐiều 54. Lương hưu\nĐiều 2. Hiệu lực\nĐiều 3. Thi hành');
		expect(lines).toEqual(['article|Sửa đổi', 'paragraph|Điều 54. Lương hưu', 'article|Hiệu lực', 'article|Thi hành']);
	});

	test('quoted articles of another law are text', () => {
		const { blocks, doubts } = body(
			'a) Sửa đổi Điều 54 như sau: “Điều 54. Lương hưu',
			'1. Một.',
			'a) Hai.',
			'Điều 2. Ba.”;',
			'b) Bãi bỏ Điều 55.',
			'Điều 2. Hiệu lực'
		);
		expect(blocks.map((line) => line.split('|')[0])).toEqual([
			'point',
			'paragraph',
			'paragraph',
			'paragraph',
			'point',
			'article'
		]);
		expect(doubts).toEqual(['quoted', 'quoted', 'quoted']);
	});

	test('a quotation that never closes is none', () => {
		expect(body('1. Gọi là “dữ liệu số.', '2. Hai.').blocks).toEqual(['clause|Gọi là “dữ liệu số.', 'clause|Hai.']);
	});
});

describe('numbers that differ from the computed ones are kept', () => {
	test.each([
		['Điều 5. Năm\nĐiều 6. Sáu', ['article 5|Năm', 'article|Sáu'], ['start']],
		['Điều 1. A\nĐiều 1a. B\nĐiều 2. C', ['article|A', 'article 1a|B', 'article|C'], []],
		['Điều 1. A\nĐiều 3. B\nĐiều 4. C', ['article|A', 'article 3|B', 'article|C'], ['gap']],
		['Chương 1\nMột\nChương 2\nHai', ['chapter 1|Một', 'chapter 2|Hai'], []],
		['Điều 1. A\n1. B.\n1a. C.\n2. D.', ['article|A', 'clause|B.', 'clause 1a|C.', 'clause|D.'], []],
		['Điều 1. A\nd) B', ['article|A', 'paragraph|d) B'], ['sequence']],
		['Điều 1. A\n1. B.\n3. C.', ['article|A', 'clause|B.', 'clause 3|C.'], ['gap']],
		['Điều 1. A\n1. B.\nVề dữ liệu:\n1. C.', ['article|A', 'clause|B.', 'paragraph|Về dữ liệu:', 'clause 1|C.'], ['restart']],
		['Điều 1. A\na. B;\nb. C.', ['article|A', 'point|B;', 'point|C.'], []],
		['Điều 1. A\n1) B;\n(i) C.', ['article|A', 'paragraph|1) B;', 'paragraph|(i) C.'], ['decimal', 'decimal']],
		['Điều 1. A\na) B;\nb) C;\nc) D;\nd) E;\ne) F;\nf) G;\ng) H.', null, ['gap', 'gap']]
	])('%j', (text, expected, doubts) => {
		const result = read(text);
		if (expected) expect(result.lines).toEqual(expected);
		expect(result.doubts).toEqual(doubts);
	});

	test('a pasted piece begins anywhere and is computed', () => {
		const { lines, doubts } = read('c) Ba;\nd) Bốn;\n3. Hai.\n4. Ba.', 'nd30', true);
		expect(lines).toEqual(['point|Ba;', 'point|Bốn;', 'clause|Hai.', 'clause|Ba.']);
		expect(doubts).toEqual([]);
	});
});

describe('wrapped lines', () => {
	test.each([
		[['Điều 2. Ban hành Chương trình của', 'Chính phủ về dữ liệu.'], 'article|Ban hành Chương trình của Chính phủ về dữ liệu.'],
		[['1. Cơ quan chủ trì có trách', 'nhiệm báo cáo.'], 'clause|Cơ quan chủ trì có trách nhiệm báo cáo.'],
		[['Văn bản này quy định,', 'hướng dẫn thi hành.'], 'paragraph|Văn bản này quy định, hướng dẫn thi hành.']
	])('%j is one block', (lines, expected) => {
		expect(body(...lines).blocks).toEqual([expected]);
	});

	test('an uncertain one stays a paragraph and is listed', () => {
		const { blocks, doubts } = body('1. Giao Sở Tài chính', 'Ủy ban nhân dân phường phối hợp.');
		expect(blocks).toEqual(['clause|Giao Sở Tài chính', 'paragraph|Ủy ban nhân dân phường phối hợp.']);
		expect(doubts).toEqual(['continuation']);
	});
});
