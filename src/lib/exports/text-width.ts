/**
 * The width of a line of bold Times-like text, in points. Good to a few per cent, which is what a rule under a line needs;
 * combining marks have no width, but for the horn of ơ and ư. Regular text is a little narrower.
 * @param size font size in points
 */
export function boldTextWidth(text: string, size: number): number {
	let thousandths = 0;
	for (const char of text.normalize('NFD')) {
		if (/\p{M}/u.test(char)) {
			if (char === HORN) thousandths += HORN_WIDTH;
			continue;
		}
		thousandths += WIDTHS.get(char) ?? (char === char.toLowerCase() ? 500 : 722);
	}
	return (thousandths / 1000) * size;
}

/** A column of text: its width, the width of the last line in it (points), and whether that is the only one. */
export interface Column {
	column: number;
	lastLine: number;
	isOneLine: boolean;
}

/**
 * The narrowest column in which the text needs no more lines than in `room`, and the width of its last line there: set
 * so, a centred title of two lines has two lines of like length instead of a full one and a word. All in points.
 */
export function balancedColumn(text: string, size: number, room: number): Column {
	const words = text
		.trim()
		.split(/\s+/u)
		.map((word) => boldTextWidth(word, size));
	const gap = boldTextWidth(' ', size);
	const fewest = wrap(words, gap, room).length;
	if (fewest === 1) return { column: room, lastLine: boldTextWidth(text.trim(), size), isOneLine: true };
	let [low, high] = [Math.max(...words), room];
	while (high - low > 1) {
		const middle = (low + high) / 2;
		if (wrap(words, gap, middle).length <= fewest) high = middle;
		else low = middle;
	}
	return { column: Math.min(high, room), lastLine: wrap(words, gap, high).at(-1) ?? 0, isOneLine: false };
}

/** The widths of the lines that words of these widths make in a column. */
function wrap(words: number[], gap: number, column: number): number[] {
	const lines: number[] = [];
	for (const word of words) {
		const last = lines.at(-1);
		if (last !== undefined && last + gap + word <= column) lines[lines.length - 1] = last + gap + word;
		else lines.push(word);
	}
	return lines;
}

const HORN = '\u031B';
const HORN_WIDTH = 50;

/** Advance widths of the bold roman face, in thousandths of the font size. */
const WIDTHS = new Map<string, number>(
	[
		[
			'ABCDEFGHIJKLMNOPQRSTUVWXYZĐ',
			'722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667 722'
		],
		[
			'abcdefghijklmnopqrstuvwxyzđ',
			'500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 556'
		],
		[' .,:;-–/()"%…', '250 250 250 333 333 333 500 278 333 333 555 1000 1000']
	].flatMap(([chars, widths]) => {
		const values = widths.split(' ').map(Number);
		return [...chars].map((char, index): [string, number] => [char, values[index]]);
	})
);
