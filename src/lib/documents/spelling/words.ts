import * as v from 'valibot';
import { m } from '../../i18n/paraglide/messages.js';

/** A word of a workspace, as people and programs send it: letters alone, kept in small ones. */
export const NewWord = v.object({
	word: v.pipe(
		v.string(),
		v.normalize('NFC'),
		v.trim(),
		v.transform((word) => word.toLocaleLowerCase('vi')),
		v.regex(/^[\p{L}\p{M}]{2,60}$/u, () => m.editor_words_error())
	)
});
