import type { AccessRole, AgencyBadge } from './documents.ts';

/** An agency or a person that may be given access. */
export interface Subject {
	type: 'agency' | 'person';
	id: string;
	name: string;
	/** The agency's short name, or the person's position and agency. */
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
}

/** The subject as the API names it. */
export function subjectKey(subject: Pick<Subject, 'type' | 'id'>): { agencyId: string } | { personId: string } {
	return subject.type === 'agency' ? { agencyId: subject.id } : { personId: subject.id };
}
