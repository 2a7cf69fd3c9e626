/** Longer than this, a text is a sentence that lacks its full stop rather than a title (characters). */
const LONGEST_TITLE = 250;

/**
 * Whether the text of a Điều reads as a title, set bold, or as a sentence, of which only the number is (`Điều 1. Ban hành
 * kèm theo Nghị quyết này ….`): a title is short and does not end like a sentence. Screen and exports go by this rule.
 */
export function readsAsTitle(text: string): boolean {
	const trimmed = text.trim();
	return trimmed.length <= LONGEST_TITLE && !/[.;:,…][”"'’»)\]]*$/u.test(trimmed);
}
