import type * as Y from 'yjs';
import { applyAll } from '../../text/apply.ts';
import { documentToUpdate, readDocument } from '../../text/body.ts';
import { newDoc } from '../../text/new-doc.ts';
import { complete } from './complete.ts';
import { inlineText, type JsonNode } from './json.ts';
import { documentSchema } from './schema.ts';

const INLINE = new Set(['text', 'hardBreak', 'reference', 'footnote', 'placeholder', 'opaque']);

/** The body as ProseMirror JSON. Reads only: what this version does not know stands in it as opaque. */
export function bodyToJson(ydoc: Y.Doc): JsonNode {
	return readDocument(ydoc, documentSchema).toJSON() as JsonNode;
}

/** The same of a document given as its updates, in any order. */
export function updatesToJson(updates: readonly Uint8Array[]): JsonNode {
	const ydoc = newDoc();
	applyAll(ydoc, updates);
	const json = bodyToJson(ydoc);
	ydoc.destroy();
	return json;
}

/**
 * The update that writes a document into an empty Y.Doc. The text is brought to NFC, and what lacks is put in.
 * @throws RangeError when the JSON is not a document of this schema.
 */
export function jsonToUpdate(json: JsonNode): Uint8Array {
	if (json.type !== 'doc' || !json.content?.length) throw new RangeError('a document has at least one block');
	const body = documentSchema.nodeFromJSON(complete(json));
	body.check();
	return documentToUpdate(body);
}

/** The text of a document, one line per block; computed numbers are not part of it. */
export function plainText(json: JsonNode): string {
	const lines: string[] = [];
	const visit = (node: JsonNode) => {
		const isTextblock = node.content?.some((child) => isInline(child.type));
		if (isTextblock) lines.push(inlineText(node));
		else node.content?.forEach(visit);
	};
	visit(json);
	return lines.join('\n').normalize('NFC');
}

/** Number of words: runs of letters and digits between spaces and punctuation, as Vietnamese counts tiếng. */
export function countWords(json: JsonNode): number {
	return plainText(json).match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;
}

/** Number of provisions of any level. */
export function countProvisions(json: JsonNode): number {
	let count = json.type === 'provision' ? 1 : 0;
	for (const child of json.content ?? []) count += countProvisions(child);
	return count;
}

function isInline(type: string): boolean {
	return INLINE.has(type);
}
