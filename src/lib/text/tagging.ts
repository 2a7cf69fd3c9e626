/** Sets and ends attributes of letters that no editor shows (MK3). */
import type { TextModel } from './model.ts';

/** Letters of a block, cell or field. */
export interface Letters {
	name: string;
	from: number;
	to: number;
}

/** Sets an attribute on letters, and on the markers between them. */
export function setAttribute(model: TextModel, { name, from, to }: Letters, attribute: string): void {
	const ranges: { text: string; from: number; to: number }[] = [];
	let at = 0;
	for (const { text, start, length } of model.pieces(name)) {
		const range = { text, from: start + Math.max(0, from - at), to: start + Math.min(length, to - at) };
		at += length;
		if (range.to <= range.from) continue;
		const last = ranges.at(-1);
		if (last?.text === text && last.to + 1 === range.from) last.to = range.to;
		else ranges.push(range);
	}
	for (const range of ranges) model.text(range.text).format(range.from, range.to - range.from, { [attribute]: true });
	for (const text of new Set(ranges.map(({ text }) => text))) model.textChanged(text);
}

/** Ends an attribute in all texts. A marker may have it also where no letter has it any more. */
export function endAttribute(model: TextModel, attribute: string): void {
	for (const [name, parts] of [...model.texts]) {
		if (parts.length === 1 && !parts[0].tags.some((tag) => tag.name === attribute)) continue;
		const text = model.text(name);
		if (!text.toDelta().some(({ attributes }: { attributes?: object }) => attributes && attribute in attributes)) continue;
		text.format(0, text.length, { [attribute]: null });
		model.textChanged(name);
	}
}
