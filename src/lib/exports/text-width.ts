/**
 * The width of a line of bold Times-like text, in points. Good to a few per cent, which is what a rule under a line needs;
 * combining marks have no width.
 * @param size font size in points
 */
export function boldTextWidth(text: string, size: number): number {
	let thousandths = 0;
	for (const char of text.normalize('NFD')) {
		if (/\p{M}/u.test(char)) continue;
		thousandths += WIDTHS.get(char) ?? (char === char.toLowerCase() ? 500 : 722);
	}
	return (thousandths / 1000) * size;
}

/** Advance widths of the bold roman face, in thousandths of the font size. */
const WIDTHS = new Map<string, number>(
	[
		['ABCDEFGHIJKLMNOPQRSTUVWXYZĐ', '722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667 722'],
		['abcdefghijklmnopqrstuvwxyzđ', '500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 556'],
		[' .,:;-–/()"', '250 250 250 333 333 333 500 278 333 333 555']
	].flatMap(([chars, widths]) => {
		const values = widths.split(' ').map(Number);
		return [...chars].map((char, index): [string, number] => [char, values[index]]);
	})
);
