import type { Locale } from '../i18n/formats.ts';
import { m } from '../i18n/paraglide/messages.js';
import type { App } from '../server/app.ts';
import type { Client } from '../server/client.ts';
import { hashPassword } from '../server/passwords.ts';
import { nameActor } from './name-actor.server.ts';
import { hashToken, newToken } from './tokens.server.ts';

const BCRYPT_COST = 10;

/**
 * Notes that somebody forgot the password of `email`, and queues the mail with a link. Where no mail goes out the request waits
 * on the people page of an owner, and when no owner could answer it the link is printed for the operator of this server. Says
 * nothing about whether the account exists. System door, because the visitor is not signed in.
 */
export async function requestPasswordReset(
	{ sql, config }: Pick<App, 'sql'> & { config: Pick<App['config'], 'origin' | 'port' | 'smtpUrl'> },
	email: string,
	print: (text: string) => void = printLine
): Promise<void> {
	const [person] = await sql.query<{ id: string; full_name: string; locale: Locale }>(
		'select id, full_name, locale from public.people where lower(email) = lower($1)',
		[email]
	);
	if (!person) return;
	if (config.smtpUrl || (await hasHelper(sql, person.id)))
		return void (await sql.query('select private.mail_password_reset($1)', [person.id]));
	// Never the Host that the request named: anybody could have the link point to their own server.
	const link = await makeLink(sql, person.id, config.origin ?? `http://localhost:${config.port}`);
	print(m.accounts_reset_printed({ name: person.full_name, link }, { locale: person.locale }));
}

/** An owner makes a link for a person all of whose workspaces are theirs; the database decides. @throws Refusal 404, 403 */
export async function offerPasswordReset(client: Client, personId: string, origin: string): Promise<string> {
	await client.from('people').select('id').eq('id', personId).single().throwOnError();
	const token = newToken();
	await client.rpc('offer_password_reset', { person: personId, token_hash: hashToken(token) }).throwOnError();
	return resetLink(origin, token);
}

/** Whose password the link sets; null when it is unknown, used or older than an hour. System door: the link is the proof. */
export async function findPasswordReset(
	{ sql }: Pick<App, 'sql'>,
	token: string
): Promise<{ email: string; fullName: string } | null> {
	const [row] = await sql.query<{ email: string; fullName: string }>(
		`select p.email, p.full_name as "fullName" from public.password_resets r join public.people p on p.id = r.person_id
		where r.token_hash = $1 and r.used_at is null and r.expires_at > now()`,
		[hashToken(token)]
	);
	return row ?? null;
}

/**
 * Uses the link: sets the password and ends every session of the person, live connections too. Answers the e-mail address to
 * sign in with, or null when the link is not valid any more. System door: auth offers no such act in all three sizes.
 */
export async function resetPassword(
	{ sql, sessions }: Pick<App, 'sql' | 'sessions'>,
	token: string,
	password: string
): Promise<{ email: string } | null> {
	const encrypted = await hashPassword(password, BCRYPT_COST);
	const person = await sql.transaction(async (tx) => {
		// The lock decides who uses the link, so two at once cannot both succeed.
		const [link] = await tx.query<{ id: string; person_id: string; email: string }>(
			`select r.id, r.person_id, p.email from public.password_resets r join public.people p on p.id = r.person_id
			where r.token_hash = $1 and r.used_at is null and r.expires_at > now() for update of r`,
			[hashToken(token)]
		);
		if (!link) return null;
		await nameActor(tx, link.person_id);
		await tx.query('update public.password_resets set used_at = now() where id = $1', [link.id]);
		await tx.query('delete from public.password_resets where person_id = $1 and used_at is null', [link.person_id]);
		await tx.query('update auth.users set encrypted_password = $2, updated_at = now() where id = $1', [
			link.person_id,
			encrypted
		]);
		await tx.query('delete from auth.sessions where user_id = $1', [link.person_id]);
		return { id: link.person_id, email: link.email };
	});
	if (!person) return null;
	sessions.end(person.id);
	return { email: person.email };
}

/** Whether some owner may answer the request: one who owns every workspace of the person. */
async function hasHelper(sql: App['sql'], personId: string): Promise<boolean> {
	const [row] = await sql.query(
		`select 1 from public.members o where o.role = 'owner' and o.person_id <> $1
			and exists (select 1 from public.members own where own.person_id = $1 and own.workspace_id = o.workspace_id)
			and not exists (
				select 1 from public.members own where own.person_id = $1 and not exists (
					select 1 from public.members x where x.workspace_id = own.workspace_id and x.person_id = o.person_id and x.role = 'owner'))
		limit 1`,
		[personId]
	);
	return row !== undefined;
}

async function makeLink(sql: App['sql'], personId: string, origin: string): Promise<string> {
	const token = newToken();
	await sql.query(
		`insert into public.password_resets (person_id, token_hash, expires_at) values ($1, $2, now() + interval '1 hour')`,
		[personId, hashToken(token)]
	);
	return resetLink(origin, token);
}

function resetLink(origin: string, token: string): string {
	return `${origin}/reset-password?token=${token}`;
}

function printLine(text: string): void {
	process.stdout.write(`\n  ${text.replace(/\p{Cc}+/gu, ' ')}\n\n`); // a name with a line feed would forge a line of the log
}
