import type { Word } from './comparison.ts';

/** A passage among several that are one side of a row. */
interface Part {
	label: string;
	text: string;
}

/**
 * Words with the label of each part put in front of it, as `op`. The parts stand in the text of one side, below one another;
 * words of the other side stay where they are.
 */
export function withLabels(
	words: readonly Word[],
	parts: readonly Part[],
	side: 'before' | 'after',
	op: 'same' | 'added' | 'removed'
): Word[] {
	const starts = new Map<number, string>();
	let start = 0;
	for (const { label, text } of parts) {
		starts.set(start, label);
		start += text.length + 1;
	}
	const found: Word[] = [];
	const put = (place: number) => {
		const label = starts.get(place);
		starts.delete(place);
		if (label) found.push([op, `${label} `]);
	};
	put(0);
	let at = 0;
	for (const word of words) {
		if (word[0] === (side === 'before' ? 'added' : 'removed')) {
			found.push(word);
			continue;
		}
		if (word[0] === 'renumbered') {
			found.push(word);
			at += word[side === 'before' ? 1 : 2].length;
			continue;
		}
		let from = 0;
		for (const place of [...starts.keys()].filter((place) => place > at && place <= at + word[1].length)) {
			found.push([word[0], word[1].slice(from, place - at)]);
			put(place);
			from = place - at;
		}
		if (from < word[1].length) found.push([word[0], word[1].slice(from)]);
		at += word[1].length;
	}
	return found;
}
