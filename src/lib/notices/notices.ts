import * as v from 'valibot';
import type { Locale } from '../i18n/formats.ts';
import { getLocale } from '../i18n/paraglide/runtime.js';
import { m } from '../i18n/paraglide/messages.js';

export const NOTICE_KINDS = [
	'document-shared',
	'comment-mention',
	'comment-answer',
	'thread-assigned',
	'thread-resolved'
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How a person hears of a kind of thing. */
export const CHANNELS = ['application', 'mail', 'digest', 'never'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What one person is told. Times are ISO 8601. */
export interface Notice {
	id: string;
	workspaceId: string;
	kind: NoticeKind;
	/** Who did it, under the name, agency and colour of that day; an empty name for the system. */
	actor: { name: string; agency: string; colour: string | null };
	/** The right that was given. */
	role: 'editor' | 'commenter' | 'viewer' | null;
	about: { type: 'document'; id: string; title: string };
	/** The thread in the document that it is about. */
	threadId: string | null;
	madeAt: string;
	readAt: string | null;
}

/** A stretch of notices, the newest first. */
export interface NoticeList {
	items: Notice[];
	/** What to ask for as `after` to go on; null at the end. */
	next: string | null;
	unread: number;
}

/** Slug or id; without one, the workspace that the person was last in. */
const workspace = v.optional(v.pipe(v.string(), v.maxLength(100)));
const id = v.pipe(v.string(), v.uuid());
const MOST_LISTED = 200;

/** Which notices are looked for. */
export const NoticeSearch = v.object({
	workspace,
	unread: v.optional(v.picklist(['true', 'false'])),
	after: v.optional(v.pipe(v.string(), v.isoTimestamp())),
	limit: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(MOST_LISTED)), '50')
});
export type NoticeSearch = v.InferOutput<typeof NoticeSearch>;

/** Marks notices as read, or as unread again: those that are named, or all of the workspace. */
export const NoticeMark = v.object({
	workspace,
	ids: v.optional(v.pipe(v.array(id), v.minLength(1), v.maxLength(MOST_LISTED))),
	read: v.optional(v.boolean(), true)
});
export type NoticeMark = v.InferOutput<typeof NoticeMark>;

export interface NoticeChoice {
	kind: NoticeKind;
	channel: Channel;
}
export const NoticeChoice = v.object({ kind: v.picklist(NOTICE_KINDS), channel: v.picklist(CHANNELS) });

/** What happened, after the actor's name and before that of what it is about. */
export function noticeText({ kind }: Pick<Notice, 'kind'>, locale: Locale = getLocale()): string {
	return {
		'document-shared': m.notices_document_shared,
		'comment-mention': m.notices_comment_mention,
		'comment-answer': m.notices_comment_answer,
		'thread-assigned': m.notices_thread_assigned,
		'thread-resolved': m.notices_thread_resolved
	}[kind]({}, { locale });
}

/** What a kind of notice is about, for who chooses how to hear of it. */
export function kindName(kind: NoticeKind): string {
	return {
		'document-shared': m.notices_kind_document_shared,
		'comment-mention': m.notices_kind_comment_mention,
		'comment-answer': m.notices_kind_comment_answer,
		'thread-assigned': m.notices_kind_thread_assigned,
		'thread-resolved': m.notices_kind_thread_resolved
	}[kind]();
}

export function channelName(channel: Channel): string {
	return {
		application: m.notices_channel_application,
		mail: m.notices_channel_mail,
		digest: m.notices_channel_digest,
		never: m.notices_channel_never
	}[channel]();
}

/** Where one sees what a notice is about. */
export function noticeHref(slug: string, { about, threadId }: Pick<Notice, 'about' | 'threadId'>): string {
	return `/${slug}/documents/${about.id}${threadId ? `?thread=${threadId}` : ''}`;
}
