/** What is mistyped in a text, as far as it can be told without a dictionary but with the words of a workspace. Pure: over a ProseMirror document. */
import type { Node } from '@tiptap/pm/model';
import { likeLatin } from './look-alikes.ts';
import { isSyllable } from './syllables.ts';
import { type ToneStyle, tonePlaceOf } from './tone-marks.ts';

export const FINDING_KINDS = ['look-alike', 'tone-mark', 'tone-style', 'double-space', 'space-before', 'unknown-word'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Letters that are to be others. */
export interface Finding {
	kind: FindingKind;
	/** The top-level block in which they are. */
	index: number;
	from: number;
	to: number;
	text: string;
	/** Null where only who writes knows what it should be. */
	replacement: string | null;
}

/** In a block, counted from where it begins. Of a syllable that is right in one style it says which. */
type Found = Omit<Finding, 'index'> & { style?: ToneStyle };

const known = new WeakMap<Node, readonly Found[]>();

/**
 * All findings of a document in order. Of syllables that can be written in two styles those are found whose style is the
 * rarer one in the document; none where it keeps to one. Of words that are no Vietnamese syllables those are found that are not
 * among `words` (small letters, NFC); without a list none. Blocks are immutable, so each is looked through once.
 */
export function findingsOf(doc: Node, words: ReadonlySet<string> | null = null): Finding[] {
	const styles: Record<ToneStyle, number> = { old: 0, new: 0 };
	doc.forEach((block) => {
		for (const { style } of foundIn(block)) if (style) styles[style]++;
	});
	const rarer: ToneStyle = styles.new > styles.old ? 'old' : 'new';
	const isMixed = styles.old > 0 && styles.new > 0;
	const findings: Finding[] = [];
	doc.forEach((block, position, index) => {
		for (const { style, ...found } of foundIn(block)) {
			if (style && !(isMixed && style === rarer)) continue;
			if (found.kind === 'unknown-word' && (!words || words.has(found.text))) continue;
			findings.push({ ...found, index, from: position + found.from, to: position + found.to });
		}
	});
	return findings;
}

/** Looks a block through ahead of time, so that `findingsOf` finds it done. */
export function foundIn(block: Node): readonly Found[] {
	let found = known.get(block);
	if (!found) {
		const made: Found[] = [];
		if (block.isTextblock) lookThrough(block, 1, made);
		else
			block.descendants((node, offset) => {
				if (node.isTextblock) lookThrough(node, offset + 2, made);
				return !node.isTextblock;
			});
		found = made;
		known.set(block, found);
	}
	return found;
}

function lookThrough(block: Node, start: number, found: Found[]): void {
	const letters = block.content.content.map((node) => node.text ?? '\ufffc').join('');
	const inBlock: Found[] = [];
	const add = (kind: FindingKind, at: number, text: string, replacement: string | null, style?: ToneStyle) =>
		inBlock.push({ kind, from: start + at, to: start + at + text.length, text, replacement, ...(style ? { style } : {}) });
	for (const { 0: spaces, index } of letters.matchAll(SPACE_BEFORE)) add('space-before', index, spaces, '');
	for (const { 0: spaces, index } of letters.matchAll(DOUBLE_SPACE)) add('double-space', index, spaces, ' ');
	for (const { 0: word, index } of letters.matchAll(SUSPECT)) {
		const latin = likeLatin(word);
		if (latin !== word) {
			add('look-alike', index, word, latin);
			continue;
		}
		const place = tonePlaceOf(word);
		if (!place) continue;
		if ('right' in place) add('tone-mark', index, word, place.right);
		else add('tone-style', index, word, place.other, place.style);
	}
	const isFound = (at: number) => inBlock.some(({ from, to }) => from <= start + at && start + at < to);
	for (const { 0: word, index } of letters.matchAll(SMALL))
		if (!isSyllable(word) && !isFound(index)) add('unknown-word', index, word, null);
	found.push(...inBlock.sort((a, b) => a.from - b.from));
}

/** Words in small letters by themselves: no names, abbreviations, addresses, or what hangs together with numbers and signs. */
const SMALL = /(?<![\p{L}\p{M}\p{N}._@/\\-])[\p{Ll}\p{M}]{2,}(?![\p{L}\p{M}\p{N}@_/\\-]|\.[\p{L}\p{N}]|:\/)/gu;
/** Behind a word or a bracket, in front of a mark that closes; `…` and `.5` may stand apart. */
const SPACE_BEFORE = /(?<=[\p{L}\p{N})”"’\]])[ \u00a0]+(?=[,;:!?)”]|\.(?![.\d]))/gu;
const DOUBLE_SPACE = /[ \u00a0]{2,}(?![ \u00a0,;:!?)”]|\.(?![.\d]))/gu;
const TONED = 'àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ';
const VOWEL = `[aăâeêioôơuưy${TONED}]`;
/** Words with a letter that is none of the Vietnamese alphabet, or with a marked vowel beside another vowel. */
const SUSPECT = new RegExp(
	`[\\p{L}\\p{M}]*(?:[ÐðƉɖ\\u0300-\\u036f\\u0370-\\u03ff\\u0400-\\u04ff]|[${TONED}]${VOWEL}|${VOWEL}[${TONED}])[\\p{L}\\p{M}]*`,
	'giu'
);
