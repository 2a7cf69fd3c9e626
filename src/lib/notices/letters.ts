import type { Locale } from '../i18n/formats.ts';
import { m } from '../i18n/paraglide/messages.js';
import { layOut, type Mail } from '../server/outbox/letter.ts';
import { type Notice, noticeText } from './notices.ts';

/** A notice as a mail tells of it. */
export interface ToldNotice extends Pick<Notice, 'kind'> {
	/** Empty for the system. */
	actor: string;
	title: string;
}

interface Told {
	workspace: string;
	/** At least one. */
	notices: readonly ToldNotice[];
	link: string;
	/** Where one chooses how to hear. */
	choices: string;
}

/** No mail is longer; the page has the rest. */
const MOST_TOLD = 50;

/** What happened that concerns somebody: one thing, or those of a day. */
export function noticesLetter({ workspace, notices, link, choices }: Told, locale: Locale): Mail {
	const sentences = notices.map((notice) => sentenceOf(notice, locale));
	const more = notices.length - MOST_TOLD;
	return layOut(
		{
			subject: sentences.length === 1 ? sentences[0] : m.notices_mail_subject({ n: notices.length, workspace }, { locale }),
			paragraphs: [
				m.notices_mail_intro({ workspace }, { locale }),
				...sentences.slice(0, MOST_TOLD),
				...(more > 0 ? [m.notices_mail_more({ n: more }, { locale })] : [])
			],
			action: { label: m.notices_mail_action({}, { locale }), link },
			notes: [m.notices_mail_choices({ link: choices }, { locale })]
		},
		locale
	);
}

function sentenceOf({ kind, actor, title }: ToldNotice, locale: Locale): string {
	return `${actor || m.notices_system({}, { locale })} ${noticeText({ kind }, locale)} “${title}”.`;
}
