import * as v from 'valibot';
import { m } from '../i18n/paraglide/messages.js';

/** In the order in which the page shows them: what others wait for comes first. */
export const WORK_KINDS = [
	'thread-assigned',
	'proposal-open',
	'shared-unopened',
	'co-draft',
	'lead-draft',
	'invitation-waiting'
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Something that waits for the signed-in person. Times are ISO 8601. */
export interface WorkItem {
	kind: WorkKind;
	about: { type: 'document' | 'invitation' | 'thread'; id: string; title: string };
	/** The document to which it belongs; null for what belongs to none. */
	documentId: string | null;
	/** From whom it comes, or whom it concerns: an agency's short name; of a thread where it stands. */
	note: string;
	since: string;
	dueAt: string | null;
}

export const MOST_WORK = 200;

export const WorkSearch = v.object({
	/** Slug or id; without one, the workspace that the person was last in. */
	workspace: v.optional(v.pipe(v.string(), v.maxLength(100))),
	kind: v.optional(v.picklist(WORK_KINDS))
});
export type WorkSearch = v.InferOutput<typeof WorkSearch>;

/** The heading of a kind of work. */
export function workName(kind: WorkKind): string {
	return NAMES[kind]();
}

/** Where one does it. */
export function workHref(slug: string, { about, documentId }: WorkItem): string {
	if (documentId === null) return `/${slug}/people/invitations`;
	return `/${slug}/documents/${documentId}${about.type === 'thread' ? `?thread=${about.id}` : ''}`;
}

const NAMES: Record<WorkKind, () => string> = {
	'thread-assigned': m.work_thread_assigned,
	'proposal-open': m.work_proposal_open,
	'shared-unopened': m.work_shared_unopened,
	'co-draft': m.work_co_draft,
	'lead-draft': m.work_lead_draft,
	'invitation-waiting': m.work_invitation_waiting
};
