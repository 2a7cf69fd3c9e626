import { numberProvisions } from '../../src/lib/documents/numbering/numbering.ts';
import { inlineText, type JsonNode } from '../../src/lib/documents/schema/json.ts';
import { profileOf, type ProfileId } from '../../src/lib/documents/schema/profiles.ts';
import type { Recognised } from '../../src/lib/documents/import/recognise.ts';

/** The characters of a document as it is printed: labels and text, without white space and case. */
export function printedCharacters(content: JsonNode, profile: ProfileId): string {
	const blocks = content.content ?? [];
	const { entries } = numberProvisions(blocks, profile);
	const labels = new Map(entries.map((entry) => [entry.index, entry.label]));
	const prefix = profileOf(profile).legalBasis.prefix;
	const lines = blocks.map((block, index) => {
		return `${block.type === 'legalBasis' ? prefix : (labels.get(index) ?? '')}${allText(block)}`;
	});
	return characters(lines.join(''));
}

/** A text without white space and case. */
function characters(text: string): string {
	return text.normalize('NFC').replace(/\s+/gu, '').toLowerCase();
}

/**
 * Where the characters of a document differ from those of its source, apart from what the layout prints by itself; null
 * when they are the same.
 */
export function difference(source: string, printed: string, { report }: Recognised): string | null {
	const pieces = report.printed.map(characters);
	return align(characters(source), printed, pieces);
}

/** Takes each piece off the source once, in order, at a place that leaves everything before it equal. */
function align(source: string, printed: string, pieces: string[]): string | null {
	const [piece, ...rest] = pieces;
	let at = 0;
	while (at < source.length && source[at] === printed[at]) at++;
	if (piece === undefined) return source === printed ? null : around(source, printed, at);
	let failure: string | null = `no place for ${piece} before ${source.slice(at, at + 40)}`;
	for (let place = source.indexOf(piece); place >= 0 && place <= at; place = source.indexOf(piece, place + 1)) {
		failure = align(source.slice(place + piece.length), printed.slice(place), rest);
		if (failure === null) return null;
	}
	return failure;
}

function around(source: string, printed: string, at: number): string {
	return `${source.slice(Math.max(0, at - 20), at + 40)} ≠ ${printed.slice(Math.max(0, at - 20), at + 40)}`;
}

/** One line per block: `article 5a|Text`, `paragraph|Text`. */
export function summary(content: JsonNode): string[] {
	return (content.content ?? []).map((block) => {
		const { level, kind, number, mark } = block.attrs ?? {};
		const name = [level ?? kind ?? block.type, mark, number].filter(Boolean).join(' ');
		return `${name}|${allText(block, ' / ')}`;
	});
}

function allText(node: JsonNode, between = ''): string {
	const isTextblock = node.content?.some((child) => child.type === 'text');
	if (isTextblock || !node.content) return inlineText(node).replaceAll('\n', between ? ' // ' : '\n');
	return node.content.map((child) => allText(child, between)).join(between);
}
