import type { PlaceRole } from './roles.ts';

/** Days for which a link can be made. */
export const INVITATION_DAYS = ['1', '7', '30'] as const;

export type InvitationState = 'open' | 'used' | 'revoked' | 'expired';

/** What a guest may do with the document they are invited to. */
export type GuestRole = 'editor' | 'commenter' | 'viewer';

/** Where a link leads: to a workspace, or to one document in it. */
export interface Arrival {
	slug: string;
	documentId: string | null;
}

/** A link as owners and secretaries see it in their list. */
export interface Invitation {
	id: string;
	/** Null for a guest. */
	agency_id: string | null;
	/** The agency, or a guest's organisation. */
	agency_name: string;
	role: PlaceRole;
	is_head: boolean;
	email: string | null;
	created_at: string;
	expires_at: string;
	created_by_name: string | null;
	accepted_at: string | null;
	accepted_by_name: string | null;
	revoked_at: string | null;
	/** What a guest is invited to. */
	document_title: string | null;
	state: InvitationState;
	can_revoke: boolean;
}

/** What a link offers, for the person who opened it. */
export interface InvitationOffer {
	workspace_name: string;
	workspace_slug: string;
	/** The agency, or a guest's organisation. */
	agency_name: string;
	role: PlaceRole;
	is_head: boolean;
	/** What a guest is invited to, and as what. */
	document_id: string | null;
	document_title: string | null;
	document_role: GuestRole | null;
	/** The only address that may use the link; null means anybody who holds it. */
	email: string | null;
	/** Null when their account is gone. */
	invited_by: string | null;
	expires_at: string;
	state: InvitationState;
	/** The signed-in person belongs to the workspace already, or is a guest on the document. */
	joined: boolean;
}

/** What a page must say about a link: the link's own state, or that it is meant for somebody else than `email`. */
export function standingOf(offer: InvitationOffer, email: string | null): InvitationState | 'joined' | 'other-address' {
	if (offer.joined) return 'joined';
	if (offer.state !== 'open') return offer.state;
	if (email !== null && offer.email !== null && offer.email.toLowerCase() !== email.toLowerCase()) return 'other-address';
	return 'open';
}
