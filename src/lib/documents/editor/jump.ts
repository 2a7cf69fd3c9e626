import type { Numbering } from '../numbering/numbering.ts';
import { findCandidates, type Candidate } from '../references/references.ts';
import type { BlockLike } from '../numbering/numbering.ts';
import { parseCitation, resolveCitation } from '../references/citation.ts';
import { fold } from '../../base/fold.ts';

/** Short ways to write a place: `5`, `5.2`, `5 k2 a`, `d5k2`. */
const SHORT = /^(?:d(?:ieu)?\s*)?(\d+[a-z]?)(?:(?:[\s.,/]|k(?:hoan)?)+(\d+[a-z]?))?(?:(?:[\s.,/]|diem)+([a-zđ]\d?))?$/;

/**
 * The provisions that somebody who types into the box may mean, best first: a bare number is a Điều (in Party texts,
 * which have none, whatever bears the number), `điều 5 khoản 2` is what it says, other words are looked up in titles.
 */
export function jumpCandidates(query: string, content: readonly BlockLike[], numbering: Numbering, from?: string): Candidate[] {
	const written = query.trim();
	if (!written) return [];
	const citation = parseCitation(written) ?? parseCitation(spelled(written));
	const target = citation ? resolveCitation(citation, numbering, from) : null;
	const first = target ? findCandidates(content, numbering, numbering.citation(target) ?? '', { limit: 1 }) : [];
	const others = findCandidates(content, numbering, citation ? written : spelled(written) || written, { from, limit: 8 });
	return [...first, ...others.filter((other) => !first.some((one) => one.uid === other.uid))].slice(0, 8);
}

/** `5 2 a` and `d5k2` written out as a citation; '' when it is nothing of the kind. */
function spelled(query: string): string {
	const match = SHORT.exec(query.toLowerCase().includes('đ') && !query.startsWith('đ') ? query.toLowerCase() : fold(query));
	if (!match) return '';
	const [, article, clause, point] = match;
	return [point && `điểm ${point}`, clause && `khoản ${clause}`, `Điều ${article}`].filter(Boolean).join(' ');
}
