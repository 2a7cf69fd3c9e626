import type { Kind } from '../schema/kinds.ts';
import type { ProfileId } from '../schema/profiles.ts';

export const STATES = ['drafting', 'consulting', 'appraisal', 'submitted', 'adopted', 'issued'] as const;

/** Where a document stands on its way. */
export type DocumentState = (typeof STATES)[number];

/** Whether the text of a document in this state may change; the others are read-only until they are returned to drafting. */
export function isTextOpen(state: DocumentState): boolean {
	return state === 'drafting' || state === 'consulting';
}

/** Whether this move takes a read-only document back, which needs a reason. */
export function isReturn(from: DocumentState, to: DocumentState): boolean {
	return !isTextOpen(from) && STATES.indexOf(to) < STATES.indexOf(from);
}

/** The states that a document may be moved to. */
export function nextStates(from: DocumentState): DocumentState[] {
	return STATES.filter((state) => state !== from && !(state === 'consulting' && isReturn(from, state)));
}

export function isState(value: unknown): value is DocumentState {
	return typeof value === 'string' && (STATES as readonly string[]).includes(value);
}

/** What the signed-in person is to a document. */
export type DocumentRole = 'manager' | 'editor' | 'commenter' | 'viewer';

/** A right that can be given to an agency or a person. */
export type AccessRole = Exclude<DocumentRole, 'manager'>;

export const ACCESS_ROLES: readonly AccessRole[] = ['editor', 'commenter', 'viewer'];

/** An agency as lists show it. */
export interface AgencyBadge {
	id: string;
	name: string;
	shortName: string;
	colour: string;
}

/** A document as the signed-in person sees it in lists. Times are ISO 8601. */
export interface ListedDocument {
	id: string;
	workspaceId: string;
	title: string;
	profile: ProfileId;
	kind: Kind;
	state: DocumentState;
	leadAgency: AgencyBadge;
	role: DocumentRole;
	/** Rename it, and change what else is said about it. */
	canEdit: boolean;
	/** Write in its text, which is closed to everybody from appraisal on. */
	canWrite: boolean;
	canShare: boolean;
	canTrash: boolean;
	/** Created by me, or led by my agency. */
	isMine: boolean;
	/** Shared with me or my agency. */
	isShared: boolean;
	createdAt: string;
	editedAt: string;
	/** The name of who edited the text last; null when nobody has since it was made. */
	editedBy: string | null;
	/** When I last opened it; null when never. */
	visitedAt: string | null;
	/** When it was put into the trash; null when it is not there. */
	trashedAt: string | null;
	trashedBy: string | null;
	provisionCount: number;
	wordCount: number;
	/** Counts changes of title, state, lead agency and profile; who changes them says which one they have seen. */
	revision: number;
}

/** The address of what its menu does, as forms: for who comes before scripts have loaded. */
export function detailsHref(slug: string, id: string): string {
	return `${documentHref(slug, id)}/details`;
}

/** The address of a document's editor. */
export function documentHref(slug: string, id: string): string {
	return `/${slug}/documents/${id}`;
}
