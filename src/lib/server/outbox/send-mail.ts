import type { Locale } from '../../i18n/formats.ts';
import type { JobHandler } from '../jobs/job.ts';
import { queueJob } from '../jobs/queue.ts';
import type { Sql } from '../sql.ts';
import type { Mail } from './letter.ts';
import { NotSent, type Transport } from './transport.ts';

export const SEND_MAIL = 'send-mail';

/** A mail of the outbox whose turn it is. */
export interface QueuedMail {
	id: string;
	template: string;
	invitationId: string | null;
	passwordResetId: string | null;
	/** Whom it goes to, when that is somebody with an account. */
	personId: string | null;
	locale: Locale;
}

/**
 * Writes a mail of one kind at the moment when it is sent: reads what it is about, and makes the secret link, if there is one in
 * it. Null when what it is about does not stand any more; then nothing is sent.
 */
export type Template = (tx: Sql, mail: QueuedMail) => Promise<Mail | null>;

interface Begun extends QueuedMail {
	to: string | null;
	messageId: string;
	/** 1 for the first. */
	attempt: number;
}

interface Options {
	sql: Sql;
	transport: Transport;
	/** By name. */
	templates: Record<string, Template>;
	/** The first pause before a mail is tried again (ms). */
	retryMs?: number;
}

const RETRY_MS = 30_000;
const RETRY_MAX_MS = 6 * 3_600_000;
/** With the pauses above, about three days: as long as mail servers themselves try. */
const MOST_ATTEMPTS = 20;

/**
 * Sends the mail that a job names. The server's answer and the end of the job are two things, so a process that is killed
 * between them has the mail sent twice, with the same Message-ID. A passing failure ends the job and queues another for later.
 */
export function sendMails({ sql, transport, templates, retryMs = RETRY_MS }: Options): JobHandler<{ mail: string }> {
	return async ({ payload, complete }) => {
		const mail = await begin(sql, payload.mail);
		if (!mail) return;
		try {
			const written = await write(sql, templates, mail);
			if (!written) return await complete((tx) => end(tx, mail, 'cancelled'));
			await transport.send({ ...written, to: mail.to!, messageId: mail.messageId });
		} catch (error) {
			const reason = reasonOf(error);
			if ((error instanceof NotSent && error.isPermanent) || mail.attempt >= MOST_ATTEMPTS)
				return await complete((tx) => end(tx, mail, 'failed', reason));
			const next = new Date(Date.now() + pauseAfter(mail.attempt, retryMs));
			return await complete((tx) => postpone(tx, mail, next, reason));
		}
		await complete((tx) => end(tx, mail, 'sent'));
	};
}

async function begin(sql: Sql, id: string): Promise<Begun | null> {
	const [mail] = await sql.query<Begun>(
		`select o.id, o.template, o.invitation_id as "invitationId", o.password_reset_id as "passwordResetId", o.person_id as "personId",
			o.locale, coalesce(o.address, p.email) as "to", o.message_id as "messageId", o.attempts as attempt
		from private.begin_mail($1) o left join public.people p on p.id = o.person_id`,
		[id]
	);
	return mail ?? null;
}

/** In a transaction of its own: the link in the mail must hold before somebody reads it. */
async function write(sql: Sql, templates: Options['templates'], mail: Begun): Promise<Mail | null> {
	const template = templates[mail.template];
	if (!template) throw new NotSent(`no template ${mail.template}`, false); // of a later version, which another node may have
	return mail.to === null ? null : sql.transaction((tx) => template(tx, mail));
}

/** Also when it was cancelled meanwhile: what went out went out. */
async function end(tx: Sql, { id }: Begun, state: 'sent' | 'failed' | 'cancelled', reason: string | null = null): Promise<void> {
	await tx.query(
		`update public.outbox set state = $2, reason = $3, ended_at = now() where id = $1 and (state = 'queued' or $2 = 'sent')`,
		[id, state, reason]
	);
}

async function postpone(tx: Sql, { id }: Begun, next: Date, reason: string): Promise<void> {
	const waiting = await tx.query(
		`update public.outbox set next_attempt_at = $2, reason = $3 where id = $1 and state = 'queued' returning 1`,
		[id, next.toISOString(), reason]
	);
	if (waiting.length > 0) await queueJob(tx, { kind: SEND_MAIL, key: id, payload: { mail: id }, runAt: next });
}

/** Twice as long each time, and not the same for all that failed together. */
function pauseAfter(attempt: number, firstMs: number): number {
	return Math.min(RETRY_MAX_MS, firstMs * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
}

/** What others say may quote addresses. */
function reasonOf(error: unknown): string {
	if (error instanceof NotSent) return error.message.slice(0, 100);
	const { name = 'Error', code } = error as { name?: string; code?: string };
	return (code ? `${name} ${code}` : name).slice(0, 100);
}
