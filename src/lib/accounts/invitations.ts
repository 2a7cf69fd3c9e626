import type { CamelKeys } from '../base/camel-keys.ts';
import type { Answer, Row } from '../server/client.ts';

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

/**
 * A link as owners and secretaries see it in their list. `agencyName` is the agency, or the organisation of a guest, who has no
 * `agencyId`; `documentTitle` is what a guest is invited to.
 */
export type Invitation = CamelKeys<Row<'invitation_list'>>;

/**
 * What a link offers, for the person who opened it. Without an `email` anybody who holds it may use it; `invitedBy` is null when
 * their account is gone; `joined`: the signed-in person belongs to the workspace already, or is a guest on the document.
 */
export type InvitationOffer = CamelKeys<Answer<'invitation_preview'>>;

/** What a page must say about a link: the link's own state, or that it is meant for somebody else than `email`. */
export function standingOf(offer: InvitationOffer, email: string | null): InvitationState | 'joined' | 'other-address' {
	if (offer.joined) return 'joined';
	if (offer.state !== 'open') return offer.state;
	if (email !== null && offer.email !== null && offer.email.toLowerCase() !== email.toLowerCase()) return 'other-address';
	return 'open';
}
