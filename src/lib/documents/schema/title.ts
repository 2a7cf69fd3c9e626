/** Longer than this, a text is a sentence that lacks its full stop rather than a title (characters). */
const LONGEST_TITLE = 250;

/**
 * Whether a provision is set as a title, bold, or as text, of which only the number is. `titled` is what was decided of it;
 * where nothing was, in texts stored before this was kept, it is as the text reads. Screen and exports go by this.
 */
export function isSetAsTitle(titled: unknown, text: string): boolean {
	return typeof titled === 'boolean' ? titled : readsAsTitle(text);
}

/**
 * Whether the text of a Điều reads as a title, or as a sentence (`Điều 1. Ban hành kèm theo Nghị quyết này ….`): a title
 * is short and does not end like a sentence.
 */
export function readsAsTitle(text: string): boolean {
	const trimmed = text.trim();
	return trimmed.length <= LONGEST_TITLE && !/[.;:,…][”"'’»)\]]*$/u.test(trimmed);
}
