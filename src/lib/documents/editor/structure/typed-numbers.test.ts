import { expect, test } from 'vitest';
import { readTypedNumber } from './typed-numbers.ts';

test.each([
	['Điều 5. ', 'article', null, null],
	['điều 12: ', 'article', null, null],
	['Điều 5a. ', 'article', null, '5a'],
	['Điều 5. '.normalize('NFD'), 'article', null, null],
	['1. ', 'clause', null, null],
	['12. ', 'clause', null, null],
	['2a. ', 'clause', null, '2a'],
	['a) ', 'point', null, null],
	['đ) ', 'point', null, null],
	['a1) ', 'point', null, 'a1'],
	['- ', 'indent', null, null],
	['– ', 'indent', null, null],
	['+ ', 'indent', null, '+'],
	['I- ', 'section', 'roman', null],
	['IV. ', 'section', 'roman', null],
	['II - ', 'section', 'roman', null],
	['Chương II ', 'chapter', null, null],
	['CHƯƠNG IX. ', 'chapter', null, null],
	['Mục 2 ', 'section', null, null],
	['Tiểu mục 1. ', 'subsection', null, null],
	['Phần thứ nhất ', 'part', null, 'thứ nhất'],
	['Phần II. ', 'part', null, null]
])('%j makes a provision', (text, level, mark, number) => {
	expect(readTypedNumber(text)).toEqual({ level, mark, number });
});

test.each(['Điều 5 ', 'Điều. ', '1.5. ', '1) ', 'f) ', 'ab) ', 'Kinh tế. ', '2026. năm ', '1.', 'Mục ', '-- ', 'X '])(
	'%j is text',
	(text) => {
		expect(readTypedNumber(text)).toBeNull();
	}
);
