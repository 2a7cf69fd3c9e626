/** What two contents of a block have in common, word by word: a replaced text keeps the letters that are the same (WR2). */
import type { Fragment, Node } from '@tiptap/pm/model';

/** A stretch that both have, counted in letters. */
export interface Kept {
	before: number;
	after: number;
	length: number;
}

/** A word, the space between two, a sign, or an element among letters. */
interface Word {
	text: string;
	length: number;
}

const WORDS = /[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu;
/** Stands for any element. */
const ELEMENT = '\uFFFC';
/** Comparing takes as many steps as the words of the one times those of the other; longer texts are compared at their ends only. */
const MOST_STEPS = 1_000_000;

/** The stretches that two contents have in common, in order, whatever they are marked with. */
export function keptBetween(before: Fragment, after: Fragment): Kept[] {
	return withLetters(keptWords(before, after), before, after);
}

/** The same of whole words only. */
export function keptWords(before: Fragment, after: Fragment): Kept[] {
	const old = wordsOf(before);
	const now = wordsOf(after);
	let start = 0;
	while (start < old.length && start < now.length && old[start].text === now[start].text) start++;
	let end = 0;
	while (end < Math.min(old.length, now.length) - start && old[old.length - 1 - end].text === now[now.length - 1 - end].text)
		end++;
	const middle = commonWords(old.slice(start, old.length - end), now.slice(start, now.length - end));
	const pairs: [number, number][] = [];
	for (let nth = 0; nth < start; nth++) pairs.push([nth, nth]);
	for (const [nth, nthAfter] of middle) pairs.push([start + nth, start + nthAfter]);
	for (let nth = end; nth > 0; nth--) pairs.push([old.length - nth, now.length - nth]);
	return stretchesOf(pairs, old, now);
}

/** The parts of kept stretches that lie in `[from, to)` of the first content, as places of the second. */
export function* keptWithin(kept: readonly Kept[], from: number, to: number): Generator<{ from: number; to: number }> {
	for (const { before, after, length } of kept) {
		const start = Math.max(from, before);
		const end = Math.min(to, before + length);
		if (end > start) yield { from: after + start - before, to: after + end - before };
	}
}

/** The place in the second content that is behind the last kept letter in front of a place of the first. */
export function placeBehindKept(kept: readonly Kept[], place: number): number {
	const last = kept.findLast(({ before }) => before < place);
	return last ? last.after + Math.min(last.length, place - last.before) : 0;
}

/** The node that each letter belongs to. */
export function nodesByLetter(content: Fragment): Node[] {
	return content.content.flatMap((node) => Array.from({ length: node.nodeSize }, () => node));
}

function wordsOf(content: Fragment): Word[] {
	const words: Word[] = [];
	let letters = '';
	const end = () => {
		for (const [text] of letters.matchAll(WORDS)) words.push({ text, length: text.length });
		letters = '';
	};
	content.forEach((node) => {
		if (node.isText) return void (letters += node.text);
		end();
		words.push({ text: `\u0000${node.type.name}/${node.attrs.uid ?? JSON.stringify(node.attrs)}`, length: node.nodeSize });
	});
	end();
	return words;
}

/** A longest row of words that both have in this order. Spaces between words that are not the same are not worth keeping. */
function commonWords(old: readonly Word[], now: readonly Word[]): [number, number][] {
	if (old.length * now.length > MOST_STEPS) return [];
	const width = now.length + 1;
	const longest = new Uint16Array((old.length + 1) * width);
	for (let a = old.length - 1; a >= 0; a--) {
		for (let b = now.length - 1; b >= 0; b--) {
			const here = a * width + b;
			longest[here] =
				old[a].text === now[b].text ? longest[here + width + 1] + 1 : Math.max(longest[here + width], longest[here + 1]);
		}
	}
	const pairs: [number, number][] = [];
	for (let a = 0, b = 0; a < old.length && b < now.length;) {
		if (old[a].text === now[b].text) pairs.push([a++, b++]);
		else if (longest[(a + 1) * width + b] >= longest[a * width + b + 1]) a++;
		else b++;
	}
	const isNextTo = (one: [number, number] | undefined, other: [number, number]) =>
		one !== undefined && Math.abs(one[0] - other[0]) === 1 && Math.abs(one[1] - other[1]) === 1;
	return pairs.filter(
		(pair, nth) => old[pair[0]].text.trim() !== '' || isNextTo(pairs[nth - 1], pair) || isNextTo(pairs[nth + 1], pair)
	);
}

function stretchesOf(pairs: readonly [number, number][], old: readonly Word[], now: readonly Word[]): Kept[] {
	const places = placesOf(old);
	const placesAfter = placesOf(now);
	const kept: Kept[] = [];
	for (const [nth, nthAfter] of pairs) {
		const { length } = old[nth];
		const last = kept.at(-1);
		const isNext = last && last.before + last.length === places[nth] && last.after + last.length === placesAfter[nthAfter];
		if (isNext) last.length += length;
		else kept.push({ before: places[nth], after: placesAfter[nthAfter], length });
	}
	return kept;
}

/** Where letters only came into a word, or only went, the others of it are kept as well. */
function withLetters(kept: readonly Kept[], before: Fragment, after: Fragment): Kept[] {
	const found: Kept[] = [];
	let at = 0;
	let atAfter = 0;
	for (const next of [...kept, { before: before.size, after: after.size, length: 0 }]) {
		const old = before.textBetween(at, next.before, '', ELEMENT);
		const now = after.textBetween(atAfter, next.after, '', ELEMENT);
		const shorter = old.length < now.length ? old : now;
		let start = 0;
		while (start < shorter.length && old[start] === now[start]) start++;
		const rest = shorter.length - start;
		if (
			shorter !== '' &&
			!shorter.includes(ELEMENT) &&
			old.endsWith(shorter.slice(start)) &&
			now.endsWith(shorter.slice(start))
		) {
			if (start > 0) found.push({ before: at, after: atAfter, length: start });
			if (rest > 0) found.push({ before: next.before - rest, after: next.after - rest, length: rest });
		}
		if (next.length > 0) found.push(next);
		at = next.before + next.length;
		atAfter = next.after + next.length;
	}
	return found;
}

function placesOf(words: readonly Word[]): number[] {
	let at = 0;
	return words.map(({ length }) => (at += length) - length);
}
