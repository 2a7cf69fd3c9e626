import type { JsonNode } from '../documents/schema/json.ts';
import { numberProvisions } from '../documents/numbering/numbering.ts';
import { readContent } from './render-version.ts';

/**
 * How each block of a version, and each row of its tables, was cited: `khoản 2 Điều 5`, that of the provision in front of what
 * has no number, '' in front of the first. For a thread; takes the canonical JSON of the version.
 */
export function citationsIn(canonical: string): [uid: string, citation: string][] {
	const { profile, content } = readContent(canonical);
	const blocks = content.content ?? [];
	const numbering = numberProvisions(blocks, profile);
	const found: [string, string][] = [];
	let citation = '';
	const visit = ({ attrs, content: inner }: JsonNode) => {
		if (typeof attrs?.uid === 'string') found.push([attrs.uid, citation]);
		inner?.forEach(visit);
	};
	for (const block of blocks) {
		citation = numbering.citation(String(block.attrs?.uid)) ?? citation;
		visit(block);
	}
	return found;
}
