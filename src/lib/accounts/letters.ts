import { formatDateTime, type Locale } from '../i18n/formats.ts';
import { m } from '../i18n/paraglide/messages.js';
import { layOut, type Mail } from '../server/outbox/letter.ts';

interface Invited {
	workspace: string;
	/** Null when their account is gone. */
	inviter: string | null;
	link: string;
	expiresAt: string;
}

/** What an invitation says to a future member. */
export function memberLetter({ agency, workspace, ...invited }: Invited & { agency: string }, locale: Locale): Mail {
	const { inviter } = invited;
	const invites = inviter
		? m.accounts_mail_member({ inviter, workspace, agency }, { locale })
		: m.accounts_mail_member_unnamed({ workspace, agency }, { locale });
	return invitationLetter(m.accounts_invitation_mail_subject({ workspace }, { locale }), invites, invited, locale);
}

/** What an invitation says to a future guest on one document. */
export function guestLetter(
	{ document, organisation, workspace, ...invited }: Invited & { document: string; organisation: string },
	locale: Locale
): Mail {
	const { inviter } = invited;
	const invites = inviter
		? m.accounts_mail_guest({ inviter, document, workspace, organisation }, { locale })
		: m.accounts_mail_guest_unnamed({ document, workspace, organisation }, { locale });
	return invitationLetter(m.accounts_guest_mail_subject({ document }, { locale }), invites, invited, locale);
}

/** The link for somebody who forgot their password. */
export function passwordLetter({ name, link }: { name: string; link: string }, locale: Locale): Mail {
	return layOut(
		{
			subject: m.accounts_reset_mail_subject({}, { locale }),
			paragraphs: [m.accounts_mail_greeting({ name }, { locale }), m.accounts_mail_reset({}, { locale })],
			action: { label: m.accounts_mail_reset_action({}, { locale }), link },
			notes: [m.accounts_mail_reset_until({}, { locale }), m.accounts_mail_reset_ignore({}, { locale })]
		},
		locale
	);
}

function invitationLetter(
	subject: string,
	invites: string,
	{ link, expiresAt }: Pick<Invited, 'link' | 'expiresAt'>,
	locale: Locale
): Mail {
	const until = m.accounts_mail_invitation_until({ time: formatDateTime(expiresAt, locale) }, { locale });
	return layOut(
		{
			subject,
			paragraphs: [invites],
			action: { label: m.accounts_mail_open_invitation({}, { locale }), link },
			notes: [until, m.accounts_mail_invitation_ignore({}, { locale })]
		},
		locale
	);
}
