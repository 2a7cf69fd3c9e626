import { getLocale } from '$lib/i18n/paraglide/runtime.js';

/** Sample text of this page in the language shown; not worth a message file, since no user ever sees it. */
export function sample(vi: string, en: string): string {
	return getLocale() === 'vi' ? vi : en;
}
