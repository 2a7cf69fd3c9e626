/**
 * A text is cut into parts by the markers in it (rule PA1). Each part has the uid of the block that a marker began there,
 * the first that of the text itself.
 */
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { isName, isPlain } from './births.ts';
import { OPAQUE } from './leaves.ts';
import { isKnownMark, marksOf } from './marks.ts';

/** A stretch of a text. `start` and `length` count in Yjs, where each letter and each embed is one. */
export interface Part {
	uid: string;
	text: string;
	nth: number;
	start: number;
	length: number;
	content: Fragment;
	/** Attributes that the editor does not show, such as those of comments, over which letters of the part. */
	tags: readonly Tag[];
}

/** An attribute over letters `[from, to)` of a part. */
export interface Tag {
	name: string;
	from: number;
	to: number;
}

/** What reading a text needs to know of the rest of the document. */
export interface Surroundings {
	schema: Schema;
	/** Whether a marker of this uid begins a part in this text. */
	isMarker(uid: string, text: string): boolean;
	/** The attributes of an inline element, as far as they may be used. */
	inlineAttrs(uid: string, type: Node['type']): Record<string, unknown>;
	/** What begins at a separator of lines in a cell. */
	lineAt(uid: string): unknown;
	/** Told of each inline element and separator that stands in the text. */
	found(uid: string, text: string): void;
}

/** Reads a text. Nothing in it is left out: what is unknown stands as one opaque element. */
export function readParts(name: string, text: Y.Text, around: Surroundings): Part[] {
	const { schema } = around;
	const parts: Part[] = [];
	const seen = new Set<string>([name]);
	let nodes: Node[] = [];
	let tags: Tag[] = [];
	let uid = name;
	let start = 0;
	let at = 0;
	const end = () => {
		parts.push({ uid, text: name, nth: parts.length, start, length: at - start, content: Fragment.fromArray(nodes), tags });
		nodes = [];
		tags = [];
	};
	for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
		const marker =
			isPlain(insert) && isName(insert.b) && !seen.has(insert.b) && around.isMarker(insert.b, name) ? insert.b : null;
		if (marker !== null) {
			seen.add(marker);
			end();
			uid = marker;
			start = ++at;
			continue;
		}
		const length = typeof insert === 'string' ? insert.length : 1;
		const marks = marksOf(attributes, schema);
		nodes.push(typeof insert === 'string' ? schema.text(insert, marks) : readEmbed(insert, name, around).mark(marks));
		for (const tag in attributes)
			if (!isKnownMark(tag, schema)) addTag(tags, { name: tag, from: at - start, to: at - start + length });
		at += length;
	}
	end();
	return parts;
}

function readEmbed(embed: unknown, text: string, around: Surroundings): Node {
	const { schema } = around;
	const opaque = (is: unknown) => schema.nodes[OPAQUE].create({ is });
	if (!isPlain(embed)) return opaque(null);
	if (isName(embed.p)) {
		around.found(embed.p, text);
		return opaque({ p: around.lineAt(embed.p) });
	}
	if (embed.p !== undefined) return opaque(null);
	if (typeof embed.n !== 'string' || !Object.hasOwn(schema.nodes, embed.n)) return opaque(embed);
	const type = schema.nodes[embed.n];
	if (!type.isInline || !type.isAtom || type.isText || type.name === OPAQUE) return opaque(embed);
	if (!isName(embed.i)) return type.name === 'hardBreak' ? type.create() : opaque(embed);
	around.found(embed.i, text);
	return type.create({ uid: embed.i, ...around.inlineAttrs(embed.i, type) });
}

/** The tags of a part are few; a stretch that goes on is one. */
function addTag(tags: Tag[], tag: Tag): void {
	const last = tags.findLast(({ name }) => name === tag.name);
	if (last?.to === tag.from) last.to = tag.to;
	else tags.push(tag);
}
