import { diffArrays } from 'diff';
import type { Word } from './comparison.ts';
import { isShort, type Token } from './tokens.ts';

/** Texts that differ in more words than this are shown as one taken out and one put in. */
const MOST_EDITS = 1500;
/** So are texts with fewer words in common than this, of all words of both. */
const LEAST_COMMON = 0.2;

/** Words that both have, or what stands in the one instead of words of the other. */
interface Stretch {
	same: boolean;
	before: Token[];
	after: Token[];
}

/** How the words of one text became those of another. What `compareWords(b, a)` says is the reverse. */
export function compareWords(before: readonly Token[], after: readonly Token[]): Word[] {
	let start = 0;
	while (start < before.length && start < after.length && before[start].key === after[start].key) start++;
	const most = Math.min(before.length, after.length) - start;
	let end = 0;
	while (end < most && before[before.length - 1 - end].key === after[after.length - 1 - end].key) end++;
	const middle = stretchesOf(before.slice(start, before.length - end), after.slice(start, after.length - end));
	return printed([
		{ same: true, before: before.slice(0, start), after: after.slice(0, start) },
		...withoutLoneWords(middle),
		{ same: true, before: before.slice(before.length - end), after: after.slice(after.length - end) }
	]);
}

/** Whether nothing of the text is another. */
export function areSame(words: readonly Word[]): boolean {
	return words.every(([op]) => op === 'same' || op === 'renumbered');
}

/** The text of one side. */
export function textOf(words: readonly Word[], side: 'before' | 'after'): string {
	const gone = side === 'before' ? 'added' : 'removed';
	return words.map(([op, was, is]) => (op === gone ? '' : op === 'renumbered' && side === 'after' ? is : was)).join('');
}

function stretchesOf(before: Token[], after: Token[]): Stretch[] {
	if (before.length === 0 && after.length === 0) return [];
	const whole = [{ same: false, before, after }];
	if (before.length === 0 || after.length === 0) return whole;
	const [was, is] = [before.map(({ key }) => key), after.map(({ key }) => key)];
	// Of two shortest ways the library takes one by its direction, so both ways are asked in the same.
	const isTurned = was.length === is.length ? was.join('\n') > is.join('\n') : was.length > is.length;
	const changes = isTurned
		? diffArrays(is, was, { maxEditLength: MOST_EDITS })
		: diffArrays(was, is, { maxEditLength: MOST_EDITS });
	if (!changes) return whole;
	const stretches: Stretch[] = [];
	let [at, atAfter, common] = [0, 0, 0];
	for (const { added, removed, count } of changes) {
		const same = !added && !removed;
		const fromBefore = same || (isTurned ? added : removed) ? count : 0;
		const fromAfter = same || (isTurned ? removed : added) ? count : 0;
		if (same) common += count;
		const next = { same, before: before.slice(at, at + fromBefore), after: after.slice(atAfter, atAfter + fromAfter) };
		const last = stretches.at(-1);
		if (last && last.same === same) addTo(last, next);
		else stretches.push(next);
		at += fromBefore;
		atAfter += fromAfter;
	}
	return common < LEAST_COMMON * Math.min(before.length, after.length) ? whole : stretches;
}

/** A single syllable between two changes becomes part of them: `cơ quan và người` and not bits of it. */
function withoutLoneWords(stretches: readonly Stretch[]): Stretch[] {
	const found: Stretch[] = [];
	for (const [nth, next] of stretches.entries()) {
		const isBetween = nth > 0 && nth < stretches.length - 1;
		const isLone = next.same && isBetween && next.before.length === 1 && isShort(next.before[0]);
		const last = found.at(-1);
		if (last && !last.same && (isLone || !next.same)) addTo(last, next);
		else found.push({ ...next, before: [...next.before], after: [...next.after] });
	}
	return found;
}

function addTo(stretch: Stretch, { before, after }: Stretch): void {
	stretch.before.push(...before);
	stretch.after.push(...after);
}

function printed(stretches: readonly Stretch[]): Word[] {
	const words: Word[] = [];
	let [removed, added] = ['', ''];
	const close = () => {
		if (removed) words.push(['removed', removed]);
		if (added) words.push(['added', added]);
		[removed, added] = ['', ''];
	};
	const keep = (text: string) => {
		if (text === '') return;
		close();
		const last = words.at(-1);
		if (last?.[0] === 'same') last[1] += text;
		else words.push(['same', text]);
	};
	for (const { same, before, after } of stretches) {
		if (!same) {
			const isAlike = before.length > 0 && after.length > 0 && before[0].space === after[0].space;
			if (isAlike && removed === '' && added === '') {
				keep(before[0].space);
				before[0] = { ...before[0], space: '' };
				after[0] = { ...after[0], space: '' };
			}
			for (const { space, text } of before) removed += space + text;
			for (const { space, text } of after) added += space + text;
			continue;
		}
		for (const [nth, was] of before.entries()) {
			const is = after[nth];
			if (was.space === is.space) keep(was.space);
			else {
				removed += was.space;
				added += is.space;
			}
			if (was.text === is.text) keep(was.text);
			else {
				close();
				words.push(['renumbered', was.text, is.text]);
			}
		}
	}
	close();
	return words;
}
