import { fold } from '../../base/fold.ts';
import { m } from '../../i18n/paraglide/messages.js';

/** Whether somebody typed the word by which a deletion for good is confirmed, however they write it. */
export function isDeletionWord(typed: string): boolean {
	return fold(typed.trim()) === fold(m.library_delete_word());
}
