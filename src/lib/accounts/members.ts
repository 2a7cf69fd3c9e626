import type { CamelKeys } from '../base/camel-keys.ts';
import { fold } from '../base/fold.ts';
import type { Row } from '../server/client.ts';

/** A person in a workspace, with what the reader may do about them; no `email` where it is not for the reader. */
export type Member = CamelKeys<Row<'member_list'>>;

/** Members whose name, function, address or agency holds every word of the query, diacritics aside. */
export function findMembers(members: readonly Member[], query: string): Member[] {
	const words = fold(query).split(/\s+/).filter(Boolean);
	return members.filter((member) => {
		const text = fold(
			[member.fullName, member.positionTitle, member.email ?? '', member.agencyName, member.agencyShortName].join(' ')
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
