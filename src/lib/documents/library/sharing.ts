import type { AccessRole, AgencyBadge } from './documents.ts';

/** An agency or a person that may be given access, or a guest who was invited. */
export interface Subject {
	type: 'agency' | 'person' | 'guest';
	id: string;
	name: string;
	/** The agency's short name, the person's position and agency, or the guest's position and organisation. */
	detail: string;
	colour: string;
	/** Letters for the circle: the agency's short name; null for a person. */
	letters: string | null;
}

export interface AccessEntry {
	subject: Subject;
	role: AccessRole;
}

/** Who may do what with one document. */
export interface Sharing {
	leadAgency: AgencyBadge;
	/** Whether the one who asks may change anything. */
	canShare: boolean;
	entries: AccessEntry[];
	/** Links that nobody has used yet; empty for who may not share. */
	invitations: GuestInvitation[];
}

/** An open link that makes its bearer a guest on the document. */
export interface GuestInvitation {
	id: string;
	organisation: string;
	/** The only address that may use it; null: whoever holds it. */
	email: string | null;
	role: AccessRole;
	/** ISO 8601. */
	expiresAt: string;
}

/** Exactly one of the three. */
export type SubjectKey = { agencyId?: string; personId?: string; guestId?: string };

/** The subject as the API names it. */
export function subjectKey({ type, id }: Pick<Subject, 'type' | 'id'>): SubjectKey {
	return type === 'agency' ? { agencyId: id } : type === 'person' ? { personId: id } : { guestId: id };
}
