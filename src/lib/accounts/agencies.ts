import type { CamelKeys } from '../base/camel-keys.ts';
import { fold } from '../base/fold.ts';
import type { Row } from '../server/client.ts';

/**
 * An agency of a workspace, with what the reader may do about it. `closedOn` is `YYYY-MM-DD`, null while it is open;
 * `successorName` is what it was merged into.
 */
export type Agency = CamelKeys<Row<'agency_list'>>;

/** Agencies below their parents, each with its depth (0 = top), brothers in the order given by `compare`. */
export function treeOrder<A extends Pick<Agency, 'id' | 'parentId'>>(
	agencies: readonly A[],
	compare: (a: A, b: A) => number
): (A & { depth: number })[] {
	const known = new Set(agencies.map(({ id }) => id));
	const children = Map.groupBy(agencies, (agency) => (agency.parentId && known.has(agency.parentId) ? agency.parentId : null));
	const ordered: (A & { depth: number })[] = [];
	const seen = new Set<string>();
	const visit = (parent: string | null, depth: number) => {
		for (const agency of (children.get(parent) ?? []).toSorted(compare)) {
			if (seen.has(agency.id)) continue;
			seen.add(agency.id);
			ordered.push({ ...agency, depth });
			visit(agency.id, depth + 1);
		}
	};
	visit(null, 0);
	// A circle has no top; the database refuses one, but nobody may vanish from the list.
	for (const agency of agencies) if (!seen.has(agency.id)) ordered.push({ ...agency, depth: 0 });
	return ordered;
}

/** Ids of an agency and of everything below it: none of these can become its parent. */
export function withDescendants(agencies: readonly Pick<Agency, 'id' | 'parentId'>[], id: string): Set<string> {
	const found = new Set([id]);
	for (let grew = true; grew;) {
		grew = false;
		for (const agency of agencies) {
			if (agency.parentId && found.has(agency.parentId) && !found.has(agency.id)) {
				found.add(agency.id);
				grew = true;
			}
		}
	}
	return found;
}

const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
	[/ủy ban nhân dân|uỷ ban nhân dân/iu, 'UBND'],
	[/hội đồng nhân dân/iu, 'HĐND'],
	[/ủy ban mặt trận tổ quốc( việt nam)?/iu, 'UBMTTQ']
];

/**
 * A code for document symbols as Vietnamese agencies form them: the initials of the name, `Sở Khoa học và Công nghệ` → `SKHCN`;
 * names of bodies with an established abbreviation keep it, `UBND thành phố` → `UBND`.
 */
export function suggestCode(name: string): string {
	const known = ABBREVIATIONS.find(([pattern]) => pattern.test(name));
	if (known) return known[1];
	const words = name
		.normalize('NFC')
		.replace(/[^\p{L}\p{N}\s]/gu, ' ')
		.split(/\s+/)
		.filter((word) => word && !/^(và|của|về|các|tại|cho)$/iu.test(word));
	const kept = words.map((word) =>
		word.length > 1 && word === word.toLocaleUpperCase('vi') ? word : [...word][0]?.toLocaleUpperCase('vi')
	);
	return kept.join('').slice(0, 12);
}

/** Agencies whose name, short name or code holds every word of the query, diacritics aside. */
export function findAgencies<A extends Pick<Agency, 'name' | 'shortName' | 'code'>>(agencies: readonly A[], query: string): A[] {
	const words = fold(query).split(/\s+/).filter(Boolean);
	return agencies.filter((agency) => {
		const text = fold(`${agency.name} ${agency.shortName} ${agency.code}`);
		return words.every((word) => text.includes(word));
	});
}
