import type { JsonNode } from '../documents/schema/json.ts';
import { rawText } from '../exports/node.ts';
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

/** A provision of a version, as a list offers it. */
export interface NamedProvision {
	uid: string;
	/** `khoản 2 Điều 5` */
	citation: string;
	/** Its first words. */
	words: string;
}

/** From so many on, a list offers articles and what is wider. */
const MANY = 400;
const WORDS_LENGTH = 60;

/** The provisions and appendices of a version, in their order. For a thread; takes its canonical JSON. */
export function provisionsIn(canonical: string): NamedProvision[] {
	const { profile, content } = readContent(canonical);
	const blocks = content.content ?? [];
	const { entries, citation } = numberProvisions(blocks, profile);
	const offered = entries.length > MANY ? entries.filter(({ level }) => !NARROW.has(level)) : entries;
	return offered.map(({ uid, index }) => ({
		uid,
		citation: citation(uid) ?? '',
		words: rawText(blocks[index]).slice(0, WORDS_LENGTH)
	}));
}

const NARROW = new Set<string>(['clause', 'point', 'indent']);
