import { withPlaceholdersIn } from '../gaps/placeholders.ts';
import { kindOf } from '../import/header.ts';
import { Tally } from '../import/limits.ts';
import { emptyReport, type ImportReport } from '../import/report.ts';
import type { Imported } from '../import/index.server.ts';
import { isLevel } from '../../text/levels.ts';
import { documentSchema } from '../schema/schema.ts';
import type { JsonNode } from '../schema/json.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { fileIdOf } from './files.server.ts';
import { openingOf } from './opening.ts';

/**
 * A document that was downloaded as data (`{title, profile, content}`), read back whole; null when the bytes are not one.
 * The layout is the one asked for. @throws RangeError when the content is not of this schema, ImportError `large`
 */
export function readExportedJson(bytes: Uint8Array, profile: ProfileId, title?: string): Imported | null {
	if (!/^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)))) return null;
	let data: { title?: unknown; content?: JsonNode };
	try {
		data = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return null; // a text that begins with a brace
	}
	if (data.content?.type !== 'doc' || typeof data.title !== 'string') return null;
	new Tally().node(data.content);
	const content = withPlaceholdersIn(withOwnImages(data.content));
	documentSchema.nodeFromJSON(content).check();
	const { kind, subject } = openingOf(content, profile);
	return {
		title: title?.trim() || data.title,
		kind: kindOf(kind, subject),
		profile,
		content,
		report: { ...emptyReport(), counts: countBlocks(content) }
	};
}

/** Pictures that are served from elsewhere lose their address: a document never fetches from another site. */
function withOwnImages(node: JsonNode): JsonNode {
	if (node.type === 'image' && fileIdOf(String(node.attrs?.src ?? '')) === null)
		return { ...node, attrs: { ...node.attrs, src: null } };
	return node.content ? { ...node, content: node.content.map(withOwnImages) } : node;
}

function countBlocks(content: JsonNode): ImportReport['counts'] {
	const { counts } = emptyReport();
	for (const { type, attrs } of content.content ?? []) {
		if (type === 'provision' && isLevel(attrs?.level)) counts[attrs.level]++;
		else if (type === 'legalBasis' || type === 'appendix' || type === 'paragraph' || type === 'table' || type === 'image')
			counts[type]++;
	}
	return counts;
}
