import type { Client } from '../client.ts';
import { meaning } from '../edge/sqlstate.ts';
import { workHeldAt } from '../jobs/job-list.ts';

export const MAIL_STATES = ['queued', 'sent', 'failed', 'cancelled'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A mail as an owner sees it. */
export interface ListedMail {
	id: string;
	template: string;
	/** The document, the agency or the person that it is about; null when that is gone. */
	about: string | null;
	/** Null when it was removed, 90 days after the mail ended. */
	address: string | null;
	state: MailState;
	attempts: number;
	/** When it is tried again, after an attempt that failed. */
	nextAttemptAt: string | null;
	/** Codes of the mail server or the network for the last attempt; null when that was none or a success. */
	reason: string | null;
	createdAt: string;
	endedAt: string | null;
	canCancel: boolean;
	canSendAgain: boolean;
	canCopyLink: boolean;
}

export interface MailPage {
	items: ListedMail[];
	/** What to give as `after` for the next page; null at the end. */
	next: string | null;
}

export interface MailQuery {
	state: MailState | null;
	/** `next` of the page before. */
	after: string | null;
	/** At most 200. */
	limit: number;
}

const COLUMNS = `id, template, about, address, state, attempts, nextAttemptAt:next_attempt_at, reason, createdAt:created_at, endedAt:ended_at,
	canCancel:can_cancel, canSendAgain:can_send_again, canCopyLink:can_copy_link`;

/** Mails of a workspace, the newest first: nothing for those who are not owners. */
export async function listMails(client: Client, workspaceId: string, { state, after, limit }: MailQuery): Promise<MailPage> {
	let mails = client
		.from('mail_list')
		.select(COLUMNS)
		.eq('workspace_id', workspaceId)
		.order('created_at', { ascending: false })
		.order('id', { ascending: false })
		.limit(limit + 1);
	if (state) mails = mails.eq('state', state);
	const [time, id] = after?.split('|') ?? [];
	if (time && id) mails = mails.or(`created_at.lt."${time}",and(created_at.eq."${time}",id.lt.${id})`);
	const { data } = await mails.throwOnError();
	const items = data.slice(0, limit);
	const last = items.at(-1);
	return { items, next: last && data.length > limit ? `${last.createdAt}|${last.id}` : null };
}

/** How many mails of a workspace wait, and since when they are held because it was restored; null while they are not. */
export async function countWaiting(client: Client, workspaceId: string): Promise<{ waiting: number; heldAt: string | null }> {
	const [waiting, heldAt] = await Promise.all([
		client
			.from('mail_list')
			.select('id', { count: 'exact', head: true })
			.eq('workspace_id', workspaceId)
			.eq('state', 'queued')
			.throwOnError(),
		workHeldAt(client, workspaceId)
	]);
	return { waiting: waiting.count ?? 0, heldAt };
}

const DECISIONS = {
	cancel: { name: 'cancel_mail', refusal: 'outbox_refused_cancel' },
	'send-again': { name: 'send_mail_again', refusal: 'outbox_refused_send_again' }
} as const;

/**
 * An owner stops a mail that has not gone out, or has one sent once more.
 * @throws Refusal 409 when it is in no state for it; PostgREST's error P0002 for those who are not owners
 */
export async function decideMail(client: Client, mail: string, decision: keyof typeof DECISIONS): Promise<void> {
	const { name, refusal } = DECISIONS[decision];
	await meaning(client.rpc(name, { mail }).throwOnError(), { 55000: { key: refusal } });
}
