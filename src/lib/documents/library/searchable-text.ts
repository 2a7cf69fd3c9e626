import { numberProvisions } from '../numbering/numbering.ts';
import { plainText } from '../schema/body.ts';
import type { JsonNode } from '../schema/json.ts';
import type { ProfileId } from '../schema/profiles.ts';

/**
 * The text of a document as people would search it: NFC, one line per block, printed numbers in front (`Điều 5. …`).
 * Holds no NUL, which Postgres refuses in text.
 */
export function searchableText(body: JsonNode, profile: ProfileId): string {
	return numberedLines(body, profile)
		.map(({ line }) => line)
		.join('\n');
}

/** The top-level blocks that have text, each with its printed number in front. */
export function numberedLines(body: JsonNode, profile: ProfileId): { block: JsonNode; line: string }[] {
	const blocks = body.content ?? [];
	const labels = new Map(numberProvisions(blocks, profile).entries.map(({ index, label }) => [index, label]));
	const lines: { block: JsonNode; line: string }[] = [];
	for (const [index, block] of blocks.entries()) {
		const words = plainText({ type: 'doc', content: [block] });
		const line = [labels.get(index), words].filter(Boolean).join(' ').replaceAll('\0', '').normalize('NFC');
		if (line) lines.push({ block, line });
	}
	return lines;
}
