import type { Node } from '@tiptap/pm/model';
import { ContentEmbed, type Item } from 'yjs';
import { allLeaves } from '../../../src/lib/text/leaves.ts';
import type { Person } from '../support/person.ts';

/** A letter or inline element that is seen. */
interface SeenLetter {
	isBold: boolean;
	/** The block, or the table, that it is in. */
	block: string;
	/** How many stand in front of it. */
	at: number;
}

interface SeenBlock {
	level: string;
	kind: string;
	isEmpty: boolean;
	align: string;
	/** Of a line in a list. */
	depth: number;
	node: Node;
}

/** What a person sees, as far as somebody may mean something by changing it. */
export interface Look {
	letters: Map<string, SeenLetter>;
	blocks: Map<string, SeenBlock>;
	/** Rows and columns of tables. */
	entries: Set<string>;
	/** Those of them that are not only seen for the letters in them. */
	there: Set<string>;
	/** Blocks, rows and columns that were taken out, or never put there; seen for the letters in them, or not at all. */
	out: Set<string>;
	/** Line breaks, by what Yjs calls them. */
	breaks: Set<string>;
	/** Letters and uids that are there twice. */
	twice: string[];
	/** Texts of footnotes. */
	notes: Map<string, string>;
}

export function look(person: Person): Look {
	const { doc } = person;
	const seen: Look = {
		letters: new Map(),
		blocks: new Map(),
		entries: new Set(),
		there: new Set(),
		out: outOf(person),
		breaks: breaksOf(person),
		twice: [],
		notes: new Map()
	};
	let at = 0;
	for (const { uid, kind, attrs, node } of allLeaves(doc)) {
		if (seen.blocks.has(uid)) seen.twice.push(`block ${uid}`);
		seen.blocks.set(uid, {
			level: String(attrs.level ?? ''),
			kind,
			isEmpty: isEmpty(node),
			align: String(attrs.align ?? ''),
			depth: Number(attrs.depth ?? 0),
			node
		});
		const letter = (name: string, inline: Node) => {
			if (seen.letters.has(name)) seen.twice.push(name);
			seen.letters.set(name, { isBold: inline.marks.some(({ type }) => type.name === 'bold'), block: uid, at: at++ });
		};
		node.descendants((inner) => {
			if (inner.isText) for (const character of inner.text!) letter(character, inner);
			else if (inner.isInline && typeof inner.attrs.uid === 'string') {
				letter(`inline ${inner.attrs.uid}`, inner);
				if (inner.type.name === 'footnote') seen.notes.set(inner.attrs.uid, inner.attrs.text);
			}
			return true;
		});
		if (kind !== 'table') continue;
		// A column over which cells reach in all rows bears no name in the editor.
		const { tables } = person.shared.model;
		for (const entry of [...tables.rows(uid), ...tables.columns(uid)]) seen.entries.add(entry);
	}
	for (const entry of seen.entries) if (person.shared.model.entries.is(entry)) seen.there.add(entry);
	return seen;
}

function outOf({ shared: { model } }: Person): Set<string> {
	const out = new Set<string>();
	for (const [uid, { place, in: text }] of model.entries.births)
		if ((place || text !== undefined) && !model.entries.is(uid)) out.add(uid);
	return out;
}

function isEmpty(node: Node): boolean {
	let isBare = true;
	node.descendants((inner) => {
		if (inner.isInline) isBare = false;
		return isBare;
	});
	return isBare;
}

/** The line breaks of the texts that are read. */
function breaksOf({ shared: { model } }: Person): Set<string> {
	const found = new Set<string>();
	for (const name of model.texts.keys()) {
		for (let item: Item | null = model.text(name)._start; item; item = item.right) {
			if (item.deleted || !(item.content instanceof ContentEmbed)) continue;
			if ((item.content.embed as { n?: string }).n === 'hardBreak') found.add(`${item.id.client} ${item.id.clock}`);
		}
	}
	return found;
}
