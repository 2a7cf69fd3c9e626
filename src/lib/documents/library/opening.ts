import { inlineText, type JsonNode } from '../schema/json.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { numberedLines } from './searchable-text.ts';

/** What the first page of a document shows at a glance: the miniature on its card. */
export interface Opening {
	/** `NGHỊ QUYẾT`, or '' when the header block does not say. */
	kind: string;
	subject: string;
	agency: string;
	/** The first lines below the header block, numbers included. */
	lines: string[];
}

const MOST_LINES = 8;
const LONGEST_LINE = 220;

/** The opening of a document. */
export function openingOf(body: JsonNode, profile: ProfileId): Opening {
	const fields = new Map<unknown, string>();
	for (const block of body.content ?? []) {
		if (block.type !== 'documentHeader') continue;
		for (const field of block.content ?? []) fields.set(field.attrs?.name, clean(inlineText(field)));
	}
	const lines = numberedLines(body, profile)
		.filter(({ block }) => block.type !== 'documentHeader')
		.slice(0, MOST_LINES)
		.map(({ line }) => clean(line));
	return { kind: fields.get('kind') ?? '', subject: fields.get('subject') ?? '', agency: fields.get('agency') ?? '', lines };
}

function clean(line: string): string {
	return line
		.replace(/[\s\0]+/g, ' ')
		.trim()
		.slice(0, LONGEST_LINE);
}
