import type { Numbering } from '../../documents/numbering/numbering.ts';
import { printReference } from '../../documents/references/references.ts';
import { elementText } from '../../documents/schema/element-text.ts';
import type { JsonNode } from '../../documents/schema/json.ts';
import { printable } from '../../exports/inlines.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Letters of a passage, or a reference among them with the uid of what it names. */
export interface Piece {
	text: string;
	target: string | null;
}

/**
 * What a block prints, below one another what stands in it below one another. In NFC; spaces beside one another count as one.
 * @param from uid of the provision that it stands in, which shortens references
 */
export function piecesOf(block: JsonNode, numbering: Numbering, from: string | null): Piece[] {
	const pieces: Piece[] = [];
	const visit = (node: JsonNode) => {
		if (node.type === 'reference') {
			const target = String(node.attrs?.target ?? '');
			const scope = node.attrs?.scope === 'document' ? 'document' : null;
			const text = printReference(target, numbering, { from, scope });
			pieces.push({ text: text ?? String(node.attrs?.text ?? ''), target: text === null ? null : target });
		} else if (node.type === 'hardBreak') pieces.push({ text: '\n', target: null });
		else if (node.type === 'footnote') pieces.push({ text: ` [${String(node.attrs?.text ?? '')}]`, target: null });
		else if (node.type === 'image') pieces.push({ text: '[hình ảnh]', target: null });
		else if (node.type === 'placeholder') pieces.push({ text: elementText(node.type, node.attrs), target: null });
		else if (node.text !== undefined) pieces.push({ text: node.text, target: null });
		else {
			for (const [nth, child] of (node.content ?? []).entries()) {
				if (nth > 0 && isBlock(child)) pieces.push({ text: '\n', target: null });
				visit(child);
			}
		}
	};
	visit(block);
	return tidied(pieces);
}

export function textOfPieces(pieces: readonly Piece[]): string {
	return pieces.map(({ text }) => text).join('');
}

/**
 * The words of both sides. A reference to the same provision is one word with one key where it prints another number by
 * now; everywhere else it is the words that it prints.
 * @param counterpart the uid that a provision of the earlier text has in the later one; null when it is not there
 */
export function tokensOfBoth(
	before: readonly Piece[],
	after: readonly Piece[],
	counterpart: (uid: string) => string | null
): [Token[], Token[]] {
	const was = printedByTarget(before, counterpart);
	const is = printedByTarget(after, (uid) => uid);
	const isRenumbered = (target: string | null) =>
		target !== null && was.has(target) && is.has(target) && was.get(target) !== is.get(target);
	const tokens = (pieces: readonly Piece[], named: (uid: string) => string | null) =>
		withReferences(pieces, (uid) => {
			const target = named(uid);
			return isRenumbered(target) ? target : null;
		});
	return [tokens(before, counterpart), tokens(after, (uid) => uid)];
}

function printedByTarget(pieces: readonly Piece[], named: (uid: string) => string | null): Map<string, string> {
	const printed = new Map<string, string>();
	for (const { text, target } of pieces) {
		const name = target === null ? null : named(target);
		if (name !== null) printed.set(name, text);
	}
	return printed;
}

function withReferences(pieces: readonly Piece[], keyOf: (uid: string) => string | null): Token[] {
	const tokens: Token[] = [];
	let letters = '';
	const close = () => {
		tokens.push(...tokensOf(letters));
		letters = '';
	};
	for (const { text, target } of pieces) {
		const key = target === null ? null : keyOf(target);
		if (key === null) {
			letters += text;
			continue;
		}
		const space = /\s*$/.exec(letters)![0];
		letters = letters.slice(0, letters.length - space.length);
		close();
		tokens.push({ space, text, key: `\u0000${key}` });
	}
	close();
	return tokens;
}

/** In NFC, without characters that no file may hold, with one space between words and none at the ends of lines. */
function tidied(pieces: readonly Piece[]): Piece[] {
	const found: Piece[] = [];
	for (const { text, target } of pieces) {
		let tidy = printable(text.normalize('NFC'))
			.replace(/\r\n?|[\u2028\v]/gu, '\n')
			.replace(/[^\S\n]+/gu, ' ');
		tidy = tidy.replace(/ ?\n ?/gu, '\n').replace(/\n+/gu, '\n');
		if (tidy.startsWith('\n')) trimLast(found);
		const previous = found.at(-1);
		if (!previous || (/\s$/u.test(previous.text) && !tidy.startsWith('\n'))) tidy = tidy.trimStart();
		if (tidy === '') continue;
		if (previous && previous.target === null && target === null) previous.text = (previous.text + tidy).normalize('NFC');
		else found.push({ text: tidy, target });
	}
	trimLast(found);
	return found;
}

function trimLast(pieces: Piece[]): void {
	const last = pieces.at(-1);
	if (!last) return;
	last.text = last.text.replace(/\s+$/u, '');
	if (last.text === '') pieces.pop();
}

function isBlock({ type }: JsonNode): boolean {
	return ['paragraph', 'listItem', 'bulletList', 'image', 'headerField'].includes(type);
}
