/**
 * Bodies as version 1 stored them: the fragment `body` of a Y.Doc holds ProseMirror's nodes, each block as one element. They
 * are read once, to be brought up (`migrate.ts`).
 */
import * as Y from 'yjs';
import { applyAll } from '../../text/apply.ts';
import { isName } from '../../text/births.ts';
import type { JsonMark, JsonNode } from './json.ts';

/** What was read, of names that version 1 had, and how many nodes and runs of text had others. */
export interface BodyV1 {
	json: JsonNode;
	unknown: number;
}

const FRAGMENT = 'body';
const TEXTS = ['paragraph', 'headerField', 'legalBasis', 'enactingLine', 'provision', 'appendix'];
const FRAMES = [
	'documentHeader',
	'signature',
	'recipients',
	'bulletList',
	'listItem',
	'table',
	'tableRow',
	'tableCell',
	'tableHeader'
];
const BLOCKS = new Set([...TEXTS, ...FRAMES, 'image']);
const INLINE = new Set(['hardBreak', 'reference', 'footnote']);
const MARKS = new Set(['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript']);

/** Whether a Y.Doc holds a body of version 1. */
export function isVersionOne(ydoc: Y.Doc): boolean {
	return ydoc.share.has(FRAGMENT);
}

/**
 * The body that some updates amount to, in whatever order they come.
 * @throws RangeError when some of it waits for what is in none of them: it would be left out in silence
 */
export function readBodyV1(updates: readonly Uint8Array[]): BodyV1 {
	const ydoc = new Y.Doc();
	applyAll(ydoc, updates);
	if (ydoc.store.pendingStructs) throw new RangeError('a part of the body waits for what is not there');
	const reader = new Reader();
	const content = reader.read(ydoc.getXmlFragment(FRAGMENT));
	ydoc.destroy();
	return { json: { type: 'doc', content }, unknown: reader.unknown };
}

type Child = Y.XmlElement | Y.XmlText | Y.XmlHook;

class Reader {
	unknown = 0;

	/** What stands in an element. */
	read(parent: Y.XmlFragment): JsonNode[] {
		return (parent.toArray() as Child[]).flatMap((child) => {
			if (child instanceof Y.XmlText) return (child.toDelta() as Run[]).flatMap((run) => this.#run(run));
			return child instanceof Y.XmlElement ? this.#element(child) : [];
		});
	}

	#element(element: Y.XmlElement): JsonNode[] {
		const { nodeName: type } = element;
		if (!BLOCKS.has(type) && !INLINE.has(type)) return this.#unknownElement(element);
		const node: JsonNode = { type };
		const attrs = Object.entries(element.getAttributes() as Record<string, unknown>).filter(([name]) => !isBesideSchema(name));
		node.attrs = { ...Object.fromEntries(attrs) };
		if (!isName(node.attrs.uid)) node.attrs.uid = uidOf(element);
		const content = this.read(element);
		if (content.length > 0) node.content = content;
		return [node];
	}

	/** What nobody knows is a paragraph of its letters; of what held blocks these stay. */
	#unknownElement(element: Y.XmlElement): JsonNode[] {
		this.unknown++;
		const content = this.read(element);
		const holdsBlocks = content.some(({ type }) => BLOCKS.has(type));
		return holdsBlocks ? content : [{ type: 'paragraph', attrs: { uid: uidOf(element) }, content }];
	}

	#run({ insert, attributes }: Run): JsonNode[] {
		if (typeof insert !== 'string' || insert === '') return [];
		const names = Object.keys(attributes ?? {});
		const marks = names.filter((name) => MARKS.has(name)).map((type): JsonMark => ({ type }));
		if (names.some((name) => !MARKS.has(name))) this.unknown++;
		return [marks.length > 0 ? { type: 'text', text: insert, marks } : { type: 'text', text: insert }];
	}
}

/** Of what had none: the same whoever reads it, and whatever came after it (EP6 of the live documents). */
function uidOf({ _item }: Y.XmlElement): string {
	const { client, clock } = _item!.id;
	return client.toString(36).padStart(7, '0') + clock.toString(36).padStart(5, '0');
}

interface Run {
	insert: unknown;
	attributes?: Record<string, unknown>;
}

/** Version 1 kept the names of columns, and what was taken out of a table, in attributes that no editor saw. */
function isBesideSchema(attribute: string): boolean {
	return attribute.startsWith('_');
}
