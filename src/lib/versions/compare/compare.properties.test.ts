import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonNode } from '../../documents/schema/json.ts';
import { block, doc } from '../../../../tests/support/sample-documents.ts';
import { compareContents } from './compare.ts';
import type { Row, Word } from './comparison.ts';
import { textOf } from './words.ts';

const SYLLABLES =
	'an bình cường dũng giang hà hải hòa hùng hương khánh lam lan linh long mai minh nam nga ngân nghĩa ngọc nguyên nhân phong phúc quang quân sơn tâm thanh thảo thắng thiện thu trang trí trung tuấn tùng vân việt vinh xuân yến ánh đạt đức'.split(
		' '
	);
const LEVELS = ['article', 'clause', 'clause', 'point', 'point'];

const sentence = fc.array(fc.constantFrom(...SYLLABLES), { minLength: 16, maxLength: 26 }).map((words) => words.join(' '));
const ACTS = ['change', 'insert', 'delete', 'split', 'join'] as const;

/** A text of provisions, and what is done to some that stand apart from one another. */
const story = fc.record({
	sentences: fc.uniqueArray(sentence, { minLength: 24, maxLength: 40 }),
	acts: fc.array(
		fc.record({
			act: fc.constantFrom(...ACTS),
			gap: fc.integer({ min: 0, max: 3 }),
			words: sentence,
			at: fc.integer({ min: 6, max: 10 })
		}),
		{
			maxLength: 6
		}
	),
	isMoved: fc.boolean()
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

interface Provision {
	uid: string;
	level: string;
	text: string;
}

/** Both texts, and what somebody who did this to one would say. */
function told({ sentences, acts, isMoved }: Story) {
	const before = sentences.map((text, nth): Provision => ({ uid: `u${nth}`, level: LEVELS[nth % LEVELS.length], text }));
	const after: Provision[] = [];
	const said = { changed: 0, new: 0, deleted: 0, split: 0, joined: 0, moved: 0 };
	let next = 1;
	let at = 0;
	for (const { act, gap, words, at: place } of acts) {
		const target = next + gap;
		if (target + 3 >= before.length - 6) break;
		while (at < target) after.push(before[at++]);
		const own = before[at++];
		const [head, tail] = [own.text.split(' ').slice(0, place).join(' '), own.text.split(' ').slice(place).join(' ')];
		if (act === 'change') {
			after.push({ ...own, text: `${head} sửa ${tail}` });
			said.changed++;
		} else if (act === 'insert') {
			after.push(own, { uid: `new${at}`, level: own.level, text: `thêm ${words}` });
			said.new++;
		} else if (act === 'delete') said.deleted++;
		else if (act === 'split') {
			after.push({ ...own, text: head }, { uid: `new${at}`, level: own.level, text: tail });
			said.split++;
		} else {
			after.push({ ...own, text: `${own.text} ${before[at++].text}` });
			said.joined++;
		}
		next = at + 2;
	}
	after.push(...before.slice(at));
	if (isMoved) {
		// The last but one comes to the front, in front of passages that stayed.
		after.unshift(...after.splice(-2, 1));
		said.moved++;
	}
	return { before, after, said };
}

function contentOf(provisions: readonly Provision[], rename = (uid: string) => uid) {
	const blocks = provisions.map(({ uid, level, text }): JsonNode => block('provision', { uid: rename(uid), level }, text));
	return { content: doc(...blocks), profile: 'nd30' as const };
}

test('whatever was done to a text is counted as what it was', () => {
	fc.assert(
		fc.property(story, (done) => {
			const { before, after, said } = told(done);
			expect(compareContents(contentOf(before), contentOf(after)).counts).toMatchObject(said);
		}),
		{ numRuns: 300 }
	);
});

test('and so it is in another document, where nothing has the same uid', () => {
	fc.assert(
		fc.property(story, (done) => {
			const { before, after, said } = told(done);
			expect(
				compareContents(
					contentOf(before),
					contentOf(after, (uid) => `other-${uid}`)
				).counts
			).toMatchObject(said);
		}),
		{ numRuns: 300 }
	);
});

/** Texts that have anything in common, or nothing: the same words in any order, under uids of either. */
const provisions = fc.array(
	fc.record({
		uid: fc.integer({ min: 0, max: 30 }),
		level: fc.constantFrom(...LEVELS),
		text: fc.array(fc.constantFrom(...SYLLABLES.slice(0, 12)), { maxLength: 9 }).map((words) => words.join(' '))
	}),
	{ maxLength: 25 }
);
const anyText = provisions.map((list) => {
	const known = new Set<number>();
	return list.filter(({ uid }) => !known.has(uid) && known.add(uid)).map((own): Provision => ({ ...own, uid: `u${own.uid}` }));
});

test('the words of all rows are both texts, and each passage is in one row', () => {
	fc.assert(
		fc.property(anyText, anyText, (before, after) => {
			const { rows, counts } = compareContents(contentOf(before), contentOf(after));
			for (const { words, before: was, after: is } of rows) {
				expect(textOf(words, 'before')).toBe(was?.text ?? '');
				expect(textOf(words, 'after')).toBe(is?.text ?? '');
			}
			expect(uidsOf(rows, 'after')).toEqual(after.map(({ uid }) => uid));
			expect(uidsOf(rows, 'before').sort()).toEqual(before.map(({ uid }) => uid).sort());
			expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(rows.length);
		}),
		{ numRuns: 500 }
	);
});

test('the way back is the reverse: new is deleted, split is joined, words that came in go', () => {
	const other = { new: 'deleted', deleted: 'new', split: 'joined', joined: 'split', same: 'same', changed: 'changed' } as const;
	const back = { added: 'removed', removed: 'added', same: 'same', renumbered: 'renumbered' } as const;
	const turned = ({ kind, moved, renumbered, before, after, words }: Row) => ({
		kind: other[kind],
		moved,
		renumbered,
		before: after,
		after: before,
		words: words.map(([op, ...texts]): unknown => [back[op], ...texts.reverse()])
	});
	const sorted = (rows: { words: unknown }[]) =>
		rows
			.map(({ words, ...row }) => JSON.stringify({ ...row, words: (words as Word[]).map((word) => word.join(' ')).sort() }))
			.sort();
	fc.assert(
		fc.property(anyText, anyText, (before, after) => {
			const there = compareContents(contentOf(before), contentOf(after)).rows;
			const again = compareContents(contentOf(after), contentOf(before)).rows;
			const plain = there.map(({ kind, moved, renumbered, before: was, after: is, words }) => ({
				kind,
				moved,
				renumbered,
				before: was,
				after: is,
				words
			}));
			expect(sorted(again.map(turned))).toEqual(sorted(plain));
		}),
		{
			numRuns: 500,
			// Two that changed places, of which either may be said to have moved.
			examples: [
				[
					[
						{ uid: 'u20', level: 'article', text: '' },
						{ uid: 'u11', level: 'article', text: '' }
					],
					[
						{ uid: 'u11', level: 'article', text: 'hương' },
						{ uid: 'u20', level: 'article', text: 'hương' }
					]
				]
			]
		}
	);
});

function uidsOf(rows: readonly Row[], side: 'before' | 'after'): string[] {
	return rows.flatMap((row) => row[side]?.parts?.map(({ uid }) => uid) ?? (row[side] ? [row[side].uid] : []));
}
