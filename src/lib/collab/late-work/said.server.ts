import { formatDateTime } from '../../i18n/formats.ts';
import { m } from '../../i18n/paraglide/messages.js';

/** A text is in the language of those it is for, whoever's page brings something into it. */
const LOCALE = 'vi';

/** What stands in front of a wording that is kept beside: whose it is, and from when. */
export function saidOf({ name, agency }: { name: string; agency: string }, when: Date | string): string {
	return m.collab_late_said(
		{ who: agency ? `${name} (${agency})` : name, time: formatDateTime(when, LOCALE) },
		{ locale: LOCALE }
	);
}
