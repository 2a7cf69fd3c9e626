import type { WorkspaceRole } from './roles.ts';
import { fold } from '../base/fold.ts';

/** A person in a workspace, with what the reader may do about them. */
export interface Member {
	person_id: string;
	full_name: string;
	position_title: string;
	/** Null where it is not for the reader. */
	email: string | null;
	role: WorkspaceRole;
	is_head: boolean;
	joined_at: string;
	agency_id: string;
	agency_name: string;
	agency_short_name: string;
	colour: string;
	can_change: boolean;
	can_remove: boolean;
	can_reset_password: boolean;
}

/** Members whose name, function, address or agency holds every word of the query, diacritics aside. */
export function findMembers(members: readonly Member[], query: string): Member[] {
	const words = fold(query).split(/\s+/).filter(Boolean);
	return members.filter((member) => {
		const text = fold(
			[member.full_name, member.position_title, member.email ?? '', member.agency_name, member.agency_short_name].join(' ')
		);
		return words.every((word) => text.includes(word));
	});
}

/** Vietnamese names are ordered by the given name, which comes last, then by the rest. */
export function compareNames(a: string, b: string, collator: Intl.Collator): number {
	return collator.compare(givenNameFirst(a), givenNameFirst(b));
}

function givenNameFirst(name: string): string {
	const words = name.trim().split(/\s+/);
	return [words[words.length - 1], ...words.slice(0, -1)].join(' ');
}
