import type { Node } from '@tiptap/pm/model';
import { type Gap, gapsOf } from '../gaps/gaps.ts';
import type { Entry, Numbering, OutlineItem } from '../numbering/numbering.ts';
import { elementText } from '../schema/element-text.ts';
import { entryText } from '../references/references.ts';

/** What is told of a document beside its text. Made off the path of a keystroke. */
export interface Digest {
	outline: OutlineRow[];
	legalBases: number;
	words: number;
	provisions: number;
	footnotes: Footnote[];
	gaps: Gap[];
}

/** A line of the outline. The same object as before when nothing in it changed. */
export interface OutlineRow {
	uid: string;
	index: number;
	level: Entry['level'];
	label: string;
	short: string;
	title: string;
	/** 0 for the outermost. */
	depth: number;
	parents: readonly string[];
	hasChildren: boolean;
}

interface Footnote {
	uid: string;
	text: string;
}

/** What one block contributes. Blocks are immutable, so it is worked out once for each. */
interface Facts {
	words: number;
	footnotes: Footnote[];
}

const TITLE_LENGTH = 140;
const facts = new WeakMap<Node, Facts>();

/** The digest of a document; `before` is the previous one, whose rows are used again where they still hold. */
export function digestOf(doc: Node, numbering: Numbering, before: Digest | null): Digest {
	const digest: Digest = { outline: [], legalBases: 0, words: 0, provisions: 0, footnotes: [], gaps: [] };
	doc.forEach((block) => {
		const { words, footnotes } = factsOf(block);
		digest.words += words;
		if (block.type.name === 'legalBasis') digest.legalBases++;
		else if (block.type.name === 'provision') digest.provisions++;
		if (footnotes.length) digest.footnotes.push(...footnotes);
	});
	digest.gaps = gapsOf(doc, (uid) => numbering.byUid.has(uid));
	const known = new Map(before?.outline.map((row) => [row.uid, row]));
	const blocks = doc.content.content;
	const walk = (items: readonly OutlineItem[], depth: number) => {
		for (const item of items) {
			const { uid, index, level, label, short, parents } = item;
			const title = entryText(blocks, item).slice(0, TITLE_LENGTH);
			const row = { uid, index, level, label, short, title, depth, parents, hasChildren: item.children.length > 0 };
			const old = known.get(uid);
			digest.outline.push(old && isSame(old, row) ? old : row);
			walk(item.children, depth + 1);
		}
	};
	walk(numbering.outline, 0);
	return digest;
}

/** Words of a text: runs of letters and digits, as Vietnamese counts tiếng. */
function countWords(text: string): number {
	return text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;
}

function factsOf(block: Node): Facts {
	const known = facts.get(block);
	if (known) return known;
	const made: Facts = { words: 0, footnotes: [] };
	made.words = countWords(
		block.textBetween(0, block.content.size, '\n', ({ type, attrs }) => elementText(type.name, attrs) || ' ')
	);
	block.descendants((node) => {
		if (node.type.name === 'footnote') made.footnotes.push({ uid: node.attrs.uid, text: node.attrs.text });
		return !node.isText;
	});
	facts.set(block, made);
	return made;
}

function isSame(a: OutlineRow, b: OutlineRow): boolean {
	return (
		a.index === b.index &&
		a.label === b.label &&
		a.title === b.title &&
		a.depth === b.depth &&
		a.level === b.level &&
		a.hasChildren === b.hasChildren &&
		a.parents.join() === b.parents.join()
	);
}
