import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPoint, toRoman } from '../numbering/numerals.ts';
import { jsonToUpdate } from '../schema/body.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { recognise } from './recognise.ts';
import { difference, printedCharacters, summary } from '../../../../tests/support/recognised.ts';
import { textToBlocks } from './text.ts';

/** Real texts, read where they are; a machine without them has the generated ones below. */
const LEGAL = new URL('../../../../../shared/data/legal/', import.meta.url);
const files = existsSync(LEGAL) ? readdirSync(LEGAL).filter((name) => name.endsWith('.txt')) : [];

/**
 * The counts of each text, by hand: lines that begin with the number of a level outside of quotations, less what a
 * flattened table left behind (in 982-QD-TTg four lines of the appendix, `2.` to `5.`, whose `1.` is inside a line).
 */
const COUNTS: Record<string, Record<string, number>> = {
	'45-2019': { chapter: 17, section: 24, article: 220, clause: 638, point: 267, indent: 0, appendix: 0 },
	'24-2018': { chapter: 7, section: 0, article: 43, clause: 164, point: 175, indent: 0, appendix: 0 },
	'105-NQ-CP': { chapter: 0, section: 3, article: 3, clause: 11, point: 24, indent: 50, appendix: 3 },
	'982-QD-TTg': { chapter: 0, section: 4, article: 3, clause: 27, point: 62, indent: 5, appendix: 1 }
};

describe.skipIf(files.length === 0)('real texts', () => {
	test.each(files)('%s: no word is lost, whatever the profile', (file) => {
		const source = readFileSync(new URL(file, LEGAL), 'utf8');
		for (const profile of ['nd30', 'vbqppl-187'] as const) {
			const result = recognise(textToBlocks(source), { profile });
			expect(difference(source, printedCharacters(result.content, profile), result)).toBeNull();
			jsonToUpdate(result.content);
		}
	});

	test.each(Object.entries(COUNTS))('%s: its own counts', (name, counts) => {
		const file = files.find((candidate) => candidate.startsWith(name));
		if (!file) return;
		const source = readFileSync(new URL(file, LEGAL), 'utf8');
		expect(recognise(textToBlocks(source), { profile: 'nd30' }).report.counts).toMatchObject(counts);
	});
});

if (files.length === 0) console.info('The real legal texts are not here: only generated texts were read.');

const WORDS = 'dữ liệu số cơ quan nhà nước bảo đảm an toàn thông tin người dân doanh nghiệp thực hiện ủy ban'.split(' ');
const words = (min: number, max: number) =>
	fc.array(fc.constantFrom(...WORDS), { minLength: min, maxLength: max }).map((list) => list.join(' '));
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const title = words(2, 8).map(capital);
const caps = words(2, 6).map((text) => text.toUpperCase());
const sentence = fc.tuple(words(3, 25), fc.constantFrom('.', ';', ':')).map(([text, end]) => capital(text) + end);

/** A generated clause, article or chapter: its source lines and what they are to be recognised as. */
interface Piece {
	lines: string[];
	blocks: string[];
}

const point = fc.record({ text: sentence, indents: fc.array(sentence, { maxLength: 2 }) });
const clause = fc.record({
	text: sentence,
	points: fc.array(point, { maxLength: 24 }),
	after: fc.option(sentence, { nil: null })
});
const article = fc.record({
	title,
	lead: fc.option(sentence, { nil: null }),
	clauses: fc.array(clause, { maxLength: 4 })
});
const chapter = fc.record({
	title: caps,
	sections: fc.array(fc.record({ title: caps, articles: fc.array(article, { minLength: 1, maxLength: 2 }) }), {
		maxLength: 2
	}),
	articles: fc.array(article, { maxLength: 2 })
});

type Clause = typeof clause extends fc.Arbitrary<infer T> ? T : never;
type Article = typeof article extends fc.Arbitrary<infer T> ? T : never;
type Chapter = typeof chapter extends fc.Arbitrary<infer T> ? T : never;

function writeClauses(clauses: Clause[], { lines, blocks }: Piece): void {
	for (const [index, { text, points, after }] of clauses.entries()) {
		lines.push(`${index + 1}. ${text}`);
		blocks.push(`clause|${text}`);
		for (const [at, each] of points.entries()) {
			lines.push(`${toPoint(at + 1)}) ${each.text}`, ...each.indents.map((indent) => `- ${indent}`));
			blocks.push(`point|${each.text}`, ...each.indents.map((indent) => `indent|${indent}`));
		}
		if (after) {
			lines.push(after);
			blocks.push(`paragraph|${after}`);
		}
	}
}

function writeLaw(chapters: Chapter[]): Piece {
	const piece: Piece = { lines: [], blocks: [] };
	const { lines, blocks } = piece;
	let count = 0;
	const writeArticle = ({ title: name, lead, clauses }: Article) => {
		count++;
		lines.push(`Điều ${count}. ${name}`);
		blocks.push(`article|${name}`);
		if (lead) {
			lines.push(lead);
			blocks.push(`paragraph|${lead}`);
		}
		writeClauses(clauses, piece);
	};
	for (const [index, { title: name, sections, articles }] of chapters.entries()) {
		lines.push(`Chương ${toRoman(index + 1)}`, name);
		blocks.push(`chapter|${name}`);
		articles.forEach(writeArticle);
		for (const [at, section] of sections.entries()) {
			lines.push(`Mục ${at + 1}`, section.title);
			blocks.push(`section|${section.title}`);
			section.articles.forEach(writeArticle);
		}
	}
	return piece;
}

function writeProgramme(sections: { title: string; clauses: Clause[] }[], suffix: string, mark: string): Piece {
	const piece: Piece = { lines: [], blocks: [] };
	for (const [index, { title: name, clauses }] of sections.entries()) {
		piece.lines.push(`${toRoman(index + 1)}${suffix} ${name}`);
		piece.blocks.push(`section${mark}|${name}`);
		writeClauses(clauses, piece);
	}
	return piece;
}

const HEADER = ['ỦY BAN NHÂN DÂN', 'Số: 5/NQ-UBND', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'];
const PLACE = 'Hải Phòng, ngày 05 tháng 3 năm 2026';
const END = ['Nơi nhận:', '- Như Điều 3;', '- Lưu: VT.', 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH', 'Nguyễn Văn An'];

/** Where the white space of a source may vary without changing what it says. */
function loosen(lines: string[], seed: number): string {
	return lines.map((line, index) => ((index * 7 + seed) % 5 ? line : `  ${line}\t\n\n`)).join('\n');
}

describe('generated texts', () => {
	const seed = fc.nat(100);

	test('a law of any shape is recognised as it was written', () => {
		fc.assert(
			fc.property(fc.array(chapter, { minLength: 1, maxLength: 4 }), seed, (chapters, salt) => {
				const law = writeLaw(chapters);
				const source = loosen(law.lines, salt);
				const result = recognise(textToBlocks(source), { profile: 'nd30' });
				expect(summary(result.content)).toEqual(law.blocks);
				expect(difference(source, printedCharacters(result.content, 'nd30'), result)).toBeNull();
			}),
			{ numRuns: 60 }
		);
	});

	test.each([
		['nd30', '.', ' roman'],
		['party-2018', '-', '']
	] as const)('a programme in %s', (profile, suffix, mark) => {
		const section = fc.record({ title: caps, clauses: fc.array(clause, { minLength: 1, maxLength: 4 }) });
		fc.assert(
			fc.property(fc.array(section, { minLength: 1, maxLength: 6 }), seed, (sections, salt) => {
				const programme = writeProgramme(sections, suffix, mark);
				const source = loosen(programme.lines, salt);
				const result = recognise(textToBlocks(source), { profile });
				expect(summary(result.content)).toEqual(programme.blocks);
				expect(difference(source, printedCharacters(result.content, profile), result)).toBeNull();
			}),
			{ numRuns: 60 }
		);
	});

	test('a whole document with header, end and attachment', () => {
		const articles = fc.array(article, { minLength: 1, maxLength: 3 });
		fc.assert(
			fc.property(title, fc.array(words(2, 9), { minLength: 1, maxLength: 4 }), articles, articles, (about, bases, one, two) => {
				const main = writeLaw([{ title: '', sections: [], articles: one }]);
				const attached = writeLaw([{ title: '', sections: [], articles: two }]);
				const source = [
					...HEADER,
					PLACE,
					'NGHỊ QUYẾT',
					about,
					...bases.map((basis, index) => `Căn cứ ${basis}${index < bases.length - 1 ? ';' : '.'}`),
					'QUYẾT NGHỊ:',
					...main.lines.slice(2),
					...END,
					'QUY CHẾ',
					about,
					'(Kèm theo Nghị quyết số 5/NQ-UBND)',
					...attached.lines.slice(2)
				].join('\n');
				const result = recognise(textToBlocks(source), { profile: 'nd30' });
				expect(difference(source, printedCharacters(result.content, 'nd30'), result)).toBeNull();
				const blocks = summary(result.content);
				expect(blocks.filter((block) => block.startsWith('legalBasis'))).toHaveLength(bases.length);
				const begin = blocks.indexOf('enactingLine|QUYẾT NGHỊ:') + 1;
				expect(blocks.slice(begin, begin + main.blocks.length - 1)).toEqual(main.blocks.slice(1));
				expect(blocks.slice(1 - attached.blocks.length)).toEqual(attached.blocks.slice(1));
			}),
			{ numRuns: 40 }
		);
	});

	const anything = fc.oneof(
		sentence,
		title,
		caps,
		fc.constantFrom('Điều 7', 'Điều 2. Hai', '3. ba', 'd) bốn', 'Phụ lục I', 'II. HAI', '“Điều 9. Chín', 'hết.”', '- x', '*'),
		fc.constantFrom('Nơi nhận:', 'TM. ỦY BAN', 'Căn cứ Luật;', 'Chương V', 'Mục 3', '1.1. Một', 'NGHỊ QUYẾT', PLACE, ...HEADER),
		fc.string({ unit: 'grapheme', maxLength: 30 })
	);

	test.each(['nd30', 'party-2026'] as const)('lines in any order lose no letter in %s', (profile: ProfileId) => {
		fc.assert(
			fc.property(fc.array(anything, { maxLength: 30 }), (lines) => {
				const source = lines.join('\n');
				const result = recognise(textToBlocks(source), { profile });
				jsonToUpdate(result.content);
				const letters = (text: string) =>
					text
						.normalize('NFC')
						.toLowerCase()
						.replace(/[^\p{L}\p{N}]/gu, '');
				result.report.printed = result.report.printed.map(letters).filter(Boolean);
				const printed = letters(printedCharacters(result.content, profile));
				expect(difference(letters(source), printed, result)).toBeNull();
			}),
			{ numRuns: 300 }
		);
	});

	test('a text of 1,300 lines takes far less than a second', () => {
		const lines = Array.from({ length: 220 }, (_, index) => [
			`Điều ${index + 1}. Quản lý dữ liệu số`,
			...['1. Một.', 'a) Hai;', 'b) Ba.', '2. Bốn.', 'Một đoạn văn.']
		]).flat();
		const blocks = textToBlocks(lines.join('\n'));
		const start = performance.now();
		const { report } = recognise(blocks, { profile: 'nd30' });
		expect(performance.now() - start).toBeLessThan(1000);
		expect(report.counts.article).toBe(220);
	});
});
