import { Fragment } from '@tiptap/pm/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentSchema as schema } from '../../src/lib/documents/schema/schema.ts';
import { mergedParts, type ThreeWayPart, threeWayParts } from '../../src/lib/text/three-way-parts.ts';

const content = (words: string) => Fragment.from(words === '' ? null : schema.text(words));
const said = ({ kind, was, is, proposed }: ThreeWayPart) =>
	kind === 'same' ? lettersOf(was) : [kind, lettersOf(was), lettersOf(is), lettersOf(proposed)];
const lettersOf = (fragment: Fragment) => fragment.textBetween(0, fragment.size, '', '*');
const parts = (was: string, is: string, proposed: string) => threeWayParts(content(was), content(is), content(proposed));

describe('what two made of one wording', () => {
	test('what only one of them changed is merged, what both changed is to be chosen', () => {
		const was = 'cung cấp trực tuyến mức độ 4; tỷ lệ hồ sơ đạt từ 80% trở lên; kết quả được công bố hằng năm.';
		const is = 'cung cấp trực tuyến toàn trình; tỷ lệ hồ sơ đạt từ 90% trở lên; kết quả được công bố hằng năm.';
		const proposed = 'cung cấp trực tuyến mức độ 4; tỷ lệ hồ sơ đạt từ 85% trở lên; kết quả được công bố hằng quý.';
		const found = parts(was, is, proposed);
		expect(found.map(said)).toEqual([
			'cung cấp trực tuyến ',
			['now', 'mức độ 4', 'toàn trình', 'mức độ 4'],
			'; tỷ lệ hồ sơ đạt từ ',
			['conflict', '80', '90', '85'],
			'% trở lên; kết quả được công bố hằng ',
			['proposed', 'năm', 'năm', 'quý'],
			'.'
		]);
		expect(lettersOf(mergedParts(found, [content('88')]))).toBe(
			'cung cấp trực tuyến toàn trình; tỷ lệ hồ sơ đạt từ 88% trở lên; kết quả được công bố hằng quý.'
		);
	});

	test('two who put something in at one place are to be chosen between, unless it is the same', () => {
		expect(parts('trở lên.', 'trở lên, trừ vùng khó khăn.', 'trở lên vào năm 2028.').map(said)).toEqual([
			'trở lên',
			['conflict', '', ', trừ vùng khó khăn', ' vào năm 2028'],
			'.'
		]);
		expect(parts('đến 2030.', 'đến năm 2030.', 'đến năm 2030.').map(said)).toEqual([
			'đến ',
			['both', '', 'năm ', 'năm '],
			'2030.'
		]);
	});

	test('conflicts in one phrase are one choice', () => {
		expect(
			parts('từ 80% trở lên.', 'từ 90% trở xuống.', 'từ 85% hoặc lên.').filter(({ kind }) => kind === 'conflict')
		).toHaveLength(1);
	});

	const words = fc.array(fc.constantFrom('một', 'hai', 'ba', 'bốn', 'năm,', '6%'), { maxLength: 12 }).map((all) => all.join(' '));
	test('the stretches of each side together are all of it, whatever both did', () => {
		fc.assert(
			fc.property(words, words, words, (was, is, proposed) => {
				const found = parts(was, is, proposed);
				const all = (side: 'was' | 'is' | 'proposed') => found.map((part) => lettersOf(part[side])).join('');
				expect([all('was'), all('is'), all('proposed')]).toEqual([was, is, proposed]);
			}),
			{ numRuns: 500 }
		);
	});

	test('where one of both changed nothing there is nothing to choose, and the other one’s wording stands', () => {
		fc.assert(
			fc.property(words, words, (was, other) => {
				expect(lettersOf(mergedParts(parts(was, was, other), []))).toBe(other);
				expect(lettersOf(mergedParts(parts(was, other, was), []))).toBe(other);
				expect(lettersOf(mergedParts(parts(was, other, other), []))).toBe(other);
			}),
			{ numRuns: 300 }
		);
	});
});
