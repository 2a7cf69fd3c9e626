import * as Y from 'yjs';
import bodies from '../../../src/lib/documents/schema/bodies-v1.json' with { type: 'json' };
import type { JsonNode } from '../../../src/lib/documents/schema/json.ts';
import { documentSchema } from '../../../src/lib/documents/schema/schema.ts';

/** Bodies as version 1 wrote them, and what is to be read of each (`bodies-v1.json`). */
export const EARLIER = bodies.map(({ name, updates, body }) => ({
	name,
	updates: updates.map((base64) => new Uint8Array(Buffer.from(base64, 'base64'))),
	body: (body as JsonNode[]).map(unnamed)
}));

/** A node without what is usual and without the names that are drawn by lot. */
export function unnamed({ type, attrs = {}, content = [], marks, text }: JsonNode): JsonNode {
	const usual = documentSchema.nodes[type]?.spec.attrs ?? {};
	const own = Object.entries(attrs).filter(
		([name, value]) => !['uid', 'col'].includes(name) && value !== null && value !== usual[name]?.default
	);
	return {
		type,
		...(own.length > 0 ? { attrs: Object.fromEntries(own) } : {}),
		...(text === undefined ? {} : { text }),
		...(marks ? { marks: marks.map((mark) => ({ type: mark.type })) } : {}),
		...(content.length > 0 ? { content: content.map(unnamed) } : {})
	};
}

/** One update that stands for some. */
export function asSnapshot(updates: readonly Uint8Array[]): Uint8Array {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return Y.encodeStateAsUpdate(doc);
}
