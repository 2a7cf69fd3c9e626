import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Word } from './comparison.ts';
import { tokensOf } from './tokens.ts';
import { areSame, compareWords, textOf } from './words.ts';

/** `[-gone-]` and `{+come+}` among what stayed. */
function marked(before: string, after: string): string {
	return compareWords(tokensOf(before.normalize('NFC')), tokensOf(after.normalize('NFC')))
		.map(([op, text]) => (op === 'removed' ? `[-${text}-]` : op === 'added' ? `{+${text}+}` : text))
		.join('');
}

describe('words', () => {
	test.each([
		['a changed syllable is marked alone', 'quy định về thuế', 'quy chế về thuế', 'quy [-định-]{+chế+} về thuế'],
		['a changed tone is a changed word', 'phần thưởng', 'phần thường', 'phần [-thưởng-]{+thường+}'],
		[
			'a number goes with what it counts',
			'không quá 36 tháng kể từ',
			'không quá 24 tháng kể từ',
			'không quá [-36 tháng-]{+24 tháng+} kể từ'
		],
		['a percentage is one word', 'ít nhất 85% mức lương', 'ít nhất 90% mức lương', 'ít nhất [-85%-]{+90%+} mức lương'],
		['a cited provision is one word', 'theo khoản 2 Điều 5', 'theo khoản 3 Điều 5', 'theo [-khoản 2-]{+khoản 3+} Điều 5'],
		[
			'the symbol of a text is one word',
			'Luật số 45/2019/QH14',
			'Luật số 10/2012/QH13',
			'Luật số [-45/2019/QH14-]{+10/2012/QH13+}'
		],
		['what comes in takes its sign along', 'của hợp đồng.', 'của hợp đồng, trừ dự án.', 'của hợp đồng{+, trừ dự án+}.'],
		[
			'a lone syllable between two changes is part of them',
			'sở và huyện họp',
			'xã và phường họp',
			'[-sở và huyện-]{+xã và phường+} họp'
		],
		[
			'two syllables between two changes stay',
			'sở tài chính huyện họp',
			'xã tài chính phường họp',
			'[-sở-]{+xã+} tài chính [-huyện-]{+phường+} họp'
		],
		[
			'what has nothing in common is not looked through for bits',
			'một hai ba',
			'bốn năm sáu bảy',
			'[-một hai ba-]{+bốn năm sáu bảy+}'
		]
	])('%s', (_what, before, after, expected) => {
		expect(marked(before, after)).toBe(expected.normalize('NFC'));
	});

	test('Vietnamese typed in another form of letters is the same', () => {
		const text = 'Ủy ban nhân dân thành phố Đà Nẵng';
		expect(marked(text.normalize('NFD'), text)).toBe(text.normalize('NFC'));
	});

	const syllable = fc.constantFrom(
		'cơ',
		'quan',
		'nhà',
		'nước',
		'quy',
		'định',
		'về',
		'36 tháng',
		'khoản 2',
		',',
		'.',
		'(',
		'2025',
		'điểm a'
	);
	const sentence = fc.array(syllable, { maxLength: 30 }).map((words) => words.join(' '));
	/** As a set: what was taken out stands in front of what was put in, on either way. */
	const listed = (words: readonly Word[]) => words.map(([op, text]) => `${op} ${text}`).sort();
	const turned = ([op, text]: Word): Word => [op === 'added' ? 'removed' : op === 'removed' ? 'added' : 'same', text];

	test('any two texts are rebuilt from their words, and the way back is the reverse', () => {
		fc.assert(
			fc.property(sentence, sentence, (before, after) => {
				const words = compareWords(tokensOf(before), tokensOf(after));
				expect(textOf(words, 'before')).toBe(before);
				expect(textOf(words, 'after')).toBe(after);
				expect(areSame(words)).toBe(before === after);
				expect(listed(compareWords(tokensOf(after), tokensOf(before)).map(turned))).toEqual(listed(words));
			}),
			{ numRuns: 500 }
		);
	});

	test('a text of ten thousand other words is one taken out and one put in, at once', () => {
		const long = (word: string) => Array.from({ length: 10_000 }, (_, nth) => `${word}${nth}`).join(' ');
		expect(compareWords(tokensOf(`Điều ${long('a')}`), tokensOf(`Điều ${long('b')}`)).map(([op]) => op)).toEqual([
			'same',
			'removed',
			'added'
		]);
	});
});
