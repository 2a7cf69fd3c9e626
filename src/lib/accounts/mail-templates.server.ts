import type { QueuedMail, Template } from '../server/outbox/send-mail.ts';
import type { Sql } from '../server/sql.ts';
import { invitationLink } from './invitations.server.ts';
import { guestLetter, memberLetter, passwordLetter } from './letters.ts';
import { hashToken, newToken } from './tokens.server.ts';

/** The mails that accounts send. System door: nobody is signed in when they are written. `origin` is what links begin with. */
export function accountTemplates(origin: string): Record<string, Template> {
	return {
		invitation: (tx, mail) => invitationMail(tx, mail, origin),
		'password-reset': (tx, mail) => passwordMail(tx, mail, origin)
	};
}

interface InvitedTo {
	workspace: string;
	inviter: string | null;
	expiresAt: string;
	agency: string | null;
	organisation: string | null;
	document: string | null;
}

async function invitationMail(tx: Sql, { invitationId, locale }: QueuedMail, origin: string) {
	const [to] = await tx.query<InvitedTo>(
		`select w.name as workspace, p.full_name as inviter, i.expires_at as "expiresAt", a.name as agency, i.organisation, d.title as document
		from public.invitations i join public.workspaces w on w.id = i.workspace_id
		left join public.people p on p.id = i.created_by left join public.agencies a on a.id = i.agency_id left join public.documents d on d.id = i.document_id
		where i.id = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()`,
		[invitationId]
	);
	if (!to) return null;
	const token = newToken();
	await tx.query('insert into public.invitation_links (token_hash, invitation_id) values ($1, $2)', [
		hashToken(token),
		invitationId
	]);
	const { workspace, inviter, expiresAt, agency, organisation, document } = to;
	const invited = { workspace, inviter, expiresAt, link: invitationLink(origin, token) };
	if (agency !== null) return memberLetter({ ...invited, agency }, locale);
	return guestLetter({ ...invited, document: document!, organisation: organisation! }, locale);
}

/** A link is of use to whoever asked a moment ago; after a day they have asked again or found another way. */
async function passwordMail(tx: Sql, { passwordResetId, personId, locale }: QueuedMail, origin: string) {
	const [person] = await tx.query<{ name: string }>(
		`select p.full_name as name from public.password_resets r join public.people p on p.id = r.person_id
		where r.id = $1 and r.person_id = $2 and r.token_hash is null and r.requested_at > now() - interval '1 day'`,
		[passwordResetId, personId]
	);
	if (!person) return null;
	const token = newToken();
	await tx.query(
		`insert into public.password_resets (person_id, token_hash, expires_at) values ($1, $2, now() + interval '1 hour')`,
		[personId, hashToken(token)]
	);
	return passwordLetter({ name: person.name, link: `${origin}/reset-password?token=${token}` }, locale);
}
