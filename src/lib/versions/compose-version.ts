import * as Y from 'yjs';
import { bodyToJson, countProvisions, countWords } from '../documents/schema/body.ts';
import type { JsonNode } from '../documents/schema/json.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import { SCHEMA_VERSION } from '../documents/schema/schema.ts';
import { exportDocument } from '../exports/export-document.ts';
import type { LoadImage } from '../exports/images.ts';
import { applyAll } from '../text/apply.ts';
import { newDoc } from '../text/new-doc.ts';
import { canonicalJson, inNfc } from './canonical.ts';
import { pictureName, type VersionContent } from './versions.ts';

/** A stored document, given as its updates, and what is said of it. */
export interface VersionOrder {
	updates: readonly Uint8Array[];
	title: string;
	kind: string;
	profile: ProfileId;
	/** Whether the Word file is made as well. */
	withDocx: boolean;
}

/** A picture of the document: the file that holds it, and its SHA-256 in hexadecimal digits. */
export interface Picture {
	fileId: string;
	sha256: string;
}

/** What the thread asks the process for: which pictures the addresses are (null for none), or the bytes of one. */
export type VersionQuestion = { pictures: readonly string[] } | { image: string };
type AskProcess = (question: VersionQuestion) => Promise<unknown>;

/** All that is kept of a text. */
export interface ComposedVersion {
	canonical: string;
	state: Uint8Array;
	docx: Uint8Array | null;
	/** The files of the pictures that it names. */
	fileIds: string[];
	provisionCount: number;
	wordCount: number;
	schemaVersion: number;
}

/**
 * Makes of a stored document what a version holds, for a thread. Comments' anchors are no part of what is read, so they are
 * none of the version.
 */
export async function composeVersion(
	{ updates, title, kind, profile, withDocx }: VersionOrder,
	ask: AskProcess
): Promise<ComposedVersion> {
	const ydoc = newDoc();
	applyAll(ydoc, updates);
	const content = bodyToJson(ydoc);
	const state = Y.encodeStateAsUpdate(ydoc);
	ydoc.destroy();
	const found = (await ask({ pictures: [...new Set(sourcesIn(content))] })) as Record<string, Picture | null>;
	const held: VersionContent = { title, profile, kind, schemaVersion: SCHEMA_VERSION, content: withHashes(content, found) };
	const loadImage = ((image) => ask({ image })) as LoadImage;
	return {
		canonical: canonicalJson(inNfc(held)),
		state,
		docx: withDocx ? (await exportDocument({ title, profile, content, format: 'docx', loadImage })).bytes : null,
		fileIds: [...new Set(Object.values(found).flatMap((picture) => picture?.fileId ?? []))],
		provisionCount: countProvisions(content),
		wordCount: countWords(content),
		schemaVersion: SCHEMA_VERSION
	};
}

export function* sourcesIn(node: JsonNode): Generator<string> {
	if (node.type === 'image' && typeof node.attrs?.src === 'string') yield node.attrs.src;
	for (const child of node.content ?? []) yield* sourcesIn(child);
}

/** Pictures by what they show instead of by where they lie. One that is gone keeps its address. */
export function withHashes(node: JsonNode, found: Record<string, Picture | null>): JsonNode {
	const picture = node.type === 'image' ? found[String(node.attrs?.src)] : null;
	if (picture) return { ...node, attrs: { ...node.attrs, src: pictureName(picture.sha256) } };
	return node.content ? { ...node, content: node.content.map((child) => withHashes(child, found)) } : node;
}
