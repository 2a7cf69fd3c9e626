import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { newUid } from '../../base/ids.ts';
import { BODY } from './body-name.ts';
import { giveTexts } from './give-texts.ts';
import { inlineText, type JsonMark, type JsonNode } from './json.ts';
import { documentSchema } from './schema.ts';
import { elementsOf, isBesideSchema, nameColumns } from './table-columns.ts';

/** Blocks that other things point at, so they carry a uid. */
const WITH_UID = new Set(['provision', 'legalBasis', 'appendix', 'footnote']);

/** The body as ProseMirror JSON. Reads only: what this version does not know is kept as it is. */
export function bodyToJson(ydoc: Y.Doc): JsonNode {
	return { type: 'doc', content: ydoc.getXmlFragment(BODY).toArray().flatMap(read) };
}

/** The same of a document given as its updates, in any order. */
export function updatesToJson(updates: readonly Uint8Array[]): JsonNode {
	const ydoc = new Y.Doc();
	ydoc.transact(() => updates.forEach((update) => Y.applyUpdate(ydoc, update)));
	const json = bodyToJson(ydoc);
	ydoc.destroy();
	return json;
}

/**
 * The update that writes a document into an empty Y.Doc. The text is brought to NFC and uids are completed.
 * @throws RangeError when the JSON is not a document of this schema.
 */
export function jsonToUpdate(json: JsonNode): Uint8Array {
	const body = documentSchema.nodeFromJSON(completed(json));
	body.check();
	const ydoc = new Y.Doc();
	ydoc.transact(() => {
		const fragment = prosemirrorToYXmlFragment(body, ydoc.getXmlFragment(BODY));
		for (const block of elementsOf(fragment)) {
			giveTexts(block, documentSchema);
			if (block.nodeName === 'table') nameColumns(block);
		}
	});
	const update = Y.encodeStateAsUpdate(ydoc);
	ydoc.destroy();
	return update;
}

/** The same document in NFC, where every block that needs a uid has one of its own (the first bearer keeps it). */
export function completed(json: JsonNode): JsonNode {
	const seen = new Set<string>();
	const visit = (node: JsonNode): JsonNode => {
		const copy: JsonNode = { ...node };
		if (node.text !== undefined) copy.text = node.text.normalize('NFC');
		if (node.attrs || WITH_UID.has(node.type)) copy.attrs = normalised(node.attrs ?? {});
		if (WITH_UID.has(node.type)) {
			const uid = copy.attrs?.uid;
			const kept = typeof uid === 'string' && uid !== '' && !seen.has(uid) ? uid : newUid();
			seen.add(kept);
			copy.attrs = { ...copy.attrs, uid: kept };
		}
		if (node.content) copy.content = node.content.map(visit);
		return copy;
	};
	return visit(json);
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
	return type === 'text' || type === 'hardBreak' || type === 'reference' || type === 'footnote';
}

function read(item: Y.XmlElement | Y.XmlText | Y.XmlHook): JsonNode[] {
	if (item instanceof Y.XmlText) return item.toDelta().flatMap(readRun);
	if (!(item instanceof Y.XmlElement)) return [];
	const attrs = Object.fromEntries(Object.entries(item.getAttributes()).filter(([name]) => !isBesideSchema(name))) as Record<string, unknown>;
	const content = item.toArray().flatMap((child) => read(child as Y.XmlElement | Y.XmlText));
	const node: JsonNode = { type: item.nodeName };
	if (Object.keys(attrs).length) node.attrs = attrs;
	if (content.length) node.content = content;
	return [node];
}

function readRun(run: { insert: unknown; attributes?: Record<string, unknown> }): JsonNode[] {
	if (typeof run.insert !== 'string') return [];
	const node: JsonNode = { type: 'text', text: run.insert };
	const names = Object.keys(run.attributes ?? {});
	if (names.length) node.marks = names.map((name) => readMark(name, run.attributes?.[name]));
	return [node];
}

/** A mark that may overlap itself is stored under a name with a hash behind it. */
function readMark(name: string, attrs: unknown): JsonMark {
	const type = name.replace(/--[a-zA-Z0-9+/=]{8}$/, '');
	const hasAttrs = typeof attrs === 'object' && attrs !== null && Object.keys(attrs).length > 0;
	return hasAttrs ? { type, attrs: attrs as Record<string, unknown> } : { type };
}

function normalised(attrs: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(attrs).map(([key, value]) => [key, typeof value === 'string' ? value.normalize('NFC') : value])
	);
}
