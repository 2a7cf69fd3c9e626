/** A quotation never runs over more lines than this: beyond, a mark was forgotten. */
const LONGEST = 400;

/**
 * For each line, whether it lies inside a quotation that began on an earlier line: a law that amends another quotes
 * whole articles. A quotation that never closes is none.
 */
export function quotedLines(lines: readonly (string | null)[]): boolean[] {
	const quoted = lines.map(() => false);
	const marks = lines.map((line) => line?.replace(/[^“”]+/g, '') ?? '');
	for (let start = 0; start < lines.length; start++) {
		const opened = depthAfter(marks[start], 0);
		if (opened <= 0 || quoted[start]) continue;
		const end = closingLine(marks, start, opened);
		if (end !== null) quoted.fill(true, start + 1, end + 1);
	}
	return quoted;
}

function closingLine(lines: readonly string[], start: number, opened: number): number | null {
	let depth = opened;
	for (let index = start + 1; index < Math.min(lines.length, start + LONGEST); index++) {
		depth = depthAfter(lines[index], depth);
		if (depth <= 0) return index;
	}
	return null;
}

/** How many quotations are open after the marks of a line. */
function depthAfter(marks: string | undefined, before: number): number {
	let depth = before;
	for (const character of marks ?? '') {
		if (character === '“') depth++;
		else if (character === '”' && depth > 0) depth--;
	}
	return depth;
}
