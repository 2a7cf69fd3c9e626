import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEVELS, type Level } from '../../text/levels.ts';
import { numberProvisions, type BlockLike } from './numbering.ts';

/** `article`, `clause 5a` (explicit), `roman` (a section with a Roman mark), `appendix`, `attachment`, `paragraph`. */
function blocks(...lines: string[]): BlockLike[] {
	return lines.map((line, index) => {
		const [word = '', ...rest] = line.split(' ');
		const number = rest.join(' ') || null;
		const uid = `u${index}`;
		if (word === 'paragraph') return { type: 'paragraph' };
		if (word === 'appendix' || word === 'attachment') return { type: 'appendix', attrs: { uid, kind: word, number } };
		const level = word === 'roman' ? 'section' : word;
		return { type: 'provision', attrs: { uid, level, mark: word === 'roman' ? 'roman' : null, number } };
	});
}

function labels(content: BlockLike[], profile: Parameters<typeof numberProvisions>[1] = 'nd30'): string[] {
	return numberProvisions(content, profile).entries.map((entry) => entry.label);
}

test('a law: Điều runs on, khoản and điểm start again', () => {
	const content = blocks(
		'chapter',
		'section',
		'article',
		'clause',
		'point',
		'point',
		'paragraph',
		'clause',
		'point',
		'section',
		'article',
		'clause',
		'chapter',
		'section',
		'subsection',
		'subsection',
		'article',
		'point'
	);
	expect(labels(content)).toEqual(
		[
			['Chương I', 'Mục 1', 'Điều 1.', '1.', 'a)', 'b)', '2.', 'a)', 'Mục 2', 'Điều 2.', '1.'],
			['Chương II', 'Mục 1', 'Tiểu mục 1', 'Tiểu mục 2', 'Điều 3.', 'a)']
		].flat()
	);
});

test('a part starts the chapters again but not the articles', () => {
	expect(labels(blocks('part', 'chapter', 'article', 'chapter', 'part', 'chapter', 'article'))).toEqual([
		'Phần I',
		'Chương I',
		'Điều 1.',
		'Chương II',
		'Phần II',
		'Chương I',
		'Điều 2.'
	]);
});

test.each([
	['party-2026', ['I-', '1.', 'a)', '-', 'II-', '1.']],
	['nd30', ['Mục 1', '1.', 'a)', '-', 'Mục 2', '1.']]
] as const)('sections without a mark in %s', (profile, expected) => {
	expect(labels(blocks('section', 'clause', 'point', 'indent', 'section', 'clause'), profile)).toEqual(expected);
});

test('Roman sections above articles run on; inside articles they start again', () => {
	expect(labels(blocks('roman', 'article', 'article', 'roman', 'article'))).toEqual([
		'I.',
		'Điều 1.',
		'Điều 2.',
		'II.',
		'Điều 3.'
	]);
	const inside = blocks('article', 'roman', 'clause', 'roman', 'clause', 'article', 'clause', 'article', 'roman');
	expect(labels(inside)).toEqual(['Điều 1.', 'I.', '1.', 'II.', '1.', 'Điều 2.', '1.', 'Điều 3.', 'I.']);
	const numbering = numberProvisions(inside, 'nd30');
	expect(numbering.citation('u4')).toBe('khoản 1 mục II Điều 1');
	expect(numbering.outline.map((item) => item.label)).toEqual(['Điều 1.', 'Điều 2.', 'Điều 3.']);
});

test('everything starts again at an appendix; several appendices are numbered', () => {
	const content = blocks('article', 'article', 'attachment', 'roman', 'clause', 'appendix', 'article', 'appendix');
	expect(labels(content)).toEqual(['Điều 1.', 'Điều 2.', '', 'I.', '1.', 'Phụ lục I', 'Điều 1.', 'Phụ lục II']);
	const numbering = numberProvisions(content, 'nd30');
	expect(numbering.citation('u4')).toBe('khoản 1 mục I văn bản kèm theo');
	expect(numbering.citation('u6')).toBe('Điều 1 Phụ lục I');
	expect(labels(blocks('article', 'appendix'))).toEqual(['Điều 1.', 'Phụ lục']);
});

test('explicit numbers: an integer sets the counter, a suffix does not move it', () => {
	expect(labels(blocks('article 5', 'article', 'article 6a', 'article', 'chapter V', 'chapter'))).toEqual([
		'Điều 5.',
		'Điều 6.',
		'Điều 6a.',
		'Điều 7.',
		'Chương V',
		'Chương VI'
	]);
	expect(labels(blocks('point đ', 'point', 'point e1', 'point'))).toEqual(['đ)', 'e)', 'e1)', 'g)']);
	expect(labels(blocks('part thứ nhất', 'part'))).toEqual(['Phần thứ nhất', 'Phần II']);
	expect(labels(blocks('indent', 'indent +', 'indent'))).toEqual(['-', '+', '-']);
});

test('citations go from small to large', () => {
	const content = blocks(
		'chapter',
		'section',
		'article',
		'clause',
		'clause',
		'point',
		'indent',
		'indent',
		'indent +',
		'chapter',
		'section'
	);
	const { citation } = numberProvisions(content, 'nd30');
	expect(citation('u5')).toBe('điểm a khoản 2 Điều 1');
	expect(citation('u7')).toBe('gạch đầu dòng thứ 2 điểm a khoản 2 Điều 1');
	expect(citation('u8')).toBe('gạch đầu dòng thứ 2 điểm a khoản 2 Điều 1');
	expect(citation('u2')).toBe('Điều 1');
	expect(citation('u1')).toBe('Mục 1 Chương I');
	expect(citation('u10')).toBe('Mục 1 Chương II');
	expect(citation('none')).toBeNull();
});

test('the outline is a tree of the levels that are there', () => {
	const { outline, byUid } = numberProvisions(blocks('chapter', 'article', 'point', 'clause', 'point'), 'nd30');
	expect(outline).toHaveLength(1);
	expect(outline[0]?.children[0]?.children.map((item) => item.label)).toEqual(['a)', '1.']);
	expect(byUid.get('u4')?.parents).toEqual(['u0', 'u1', 'u3']);
});

const level = fc.constantFrom<Level>(...LEVELS);

test('whatever the levels: numbers of one level under one parent are 1, 2, 3 …, Điều over all', () => {
	fc.assert(
		fc.property(fc.array(level, { maxLength: 60 }), (levels) => {
			const { entries } = numberProvisions(blocks(...levels), 'nd30');
			expect(entries).toHaveLength(levels.length);
			const articles = entries.filter((entry) => entry.level === 'article');
			expect(articles.map((entry) => entry.number)).toEqual(articles.map((_, index) => String(index + 1)));
			for (const [index, entry] of entries.entries()) {
				const parents = entry.parents.map((uid) => entries.find((other) => other.uid === uid)?.rank ?? -1);
				expect(parents).toEqual(parents.toSorted((a, b) => a - b));
				expect(parents.every((rank) => rank < entry.rank)).toBe(true);
				if (entry.level !== 'clause') continue;
				const before = entries.slice(0, index).findLastIndex((other) => other.rank < entry.rank);
				const siblings = entries.slice(before + 1, index).filter((other) => other.level === 'clause');
				expect(entry.number).toBe(String(siblings.length + 1));
			}
		})
	);
});
