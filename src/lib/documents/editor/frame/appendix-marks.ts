import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import {
	attachedTo,
	isAttachedLine,
	LANDSCAPE_COLUMNS,
	SAYING_BLOCKS as NEAR,
	saysAttachedTo
} from '../../references/attached-to.ts';
import { wordsOf } from '../../schema/element-text.ts';
import type { Profile } from '../../schema/profiles.ts';
import { changedBlocks } from '../numbers/sequence.ts';
import { rangeOf } from '../structure/blocks.ts';

/** What is drawn of appendices: the line that says what each is attached to, and which pages lie across. */
interface Marks {
	/** What they were made from: equal ones need no new marks. */
	key: string;
	marks: DecorationSet;
}

interface Appendix {
	at: number;
	index: number;
	/** `(Kèm theo …)`; null where its text says it itself, or nothing is known. */
	line: string | null;
	/** The line stands under the header that it begins with; without one under its title. */
	underHeader: boolean;
	/** The number behind its last block. */
	end: number;
	landscape: boolean;
}

const appendixKey = new PluginKey<Marks>('appendix-marks');

/** Draws what exports print of appendices besides their text. */
export function appendixMarks(profile: Profile): Plugin<Marks> {
	return new Plugin<Marks>({
		key: appendixKey,
		state: {
			init: (_config, { doc }) => marksOf(doc, profile, null),
			apply: (transaction, value, before, { doc }) => {
				if (!transaction.docChanged) return value;
				// Most texts have no appendix, and a key in them brings none.
				if (value.key === '' && !hasAppendix(before.doc, doc)) return value;
				const moved = { key: value.key, marks: value.marks.map(transaction.mapping, transaction.doc) };
				return marksOf(transaction.doc, profile, moved);
			}
		},
		props: { decorations: (state) => appendixKey.getState(state)?.marks }
	});
}

/** Whether one is among the blocks that a change of a text without any has put in. */
function hasAppendix(before: Node, after: Node): boolean {
	const changed = changedBlocks(before, after);
	return !!changed && after.children.slice(changed.from, changed.toAfter).some(({ type }) => type.name === 'appendix');
}

/** Writes the line of the appendix that the caret is in into its text, where it can be changed. */
export function writeAttachedLine(profile: Profile): Command {
	return (state, dispatch) => {
		const found = unsaid(state, profile);
		if (!found?.line) return false;
		if (!dispatch) return true;
		const { schema, doc } = state;
		const behind = rangeOf(doc, found.index, found.index + (found.underHeader ? 2 : 1)).to;
		const line = schema.nodes.paragraph.create({ align: 'center' }, schema.text(found.line));
		const transaction = state.tr.insert(behind, line);
		dispatch(transaction.setSelection(TextSelection.create(transaction.doc, behind + line.nodeSize - 1)).scrollIntoView());
		return true;
	};
}

function unsaid(state: EditorState, profile: Profile): Appendix | undefined {
	const here = state.selection.$from.index(0);
	return appendicesOf(state.doc, profile).find(({ index, end }) => index <= here && here < end);
}

function marksOf(doc: Node, profile: Profile, before: Marks | null): Marks {
	const appendices = appendicesOf(doc, profile);
	if (appendices.length === 0) return { key: '', marks: DecorationSet.empty };
	const lines = appendices.map(({ index, end }) => linesBehind(doc, index, end));
	const key = JSON.stringify([appendices.map(({ at: _, ...appendix }) => appendix), lines]);
	if (key === before?.key) return before;
	const marks: Decoration[] = [];
	let at = 0;
	let appendix: Appendix | undefined;
	doc.content.content.forEach((block, index) => {
		const own = appendices.find((each) => each.index === index);
		appendix = own ?? appendix;
		const attributes: Record<string, string> = {};
		if (own?.line && own.underHeader) {
			const behindFields = at + block.nodeSize + doc.child(index + 1).nodeSize - 1;
			marks.push(Decoration.widget(behindFields, drawnLine(own.line), { side: 1, key: own.line }));
		} else if (own?.line) attributes['data-attached-to'] = own.line;
		const classes = [appendix?.landscape && 'across', lines.some((list) => list.includes(index)) && 'attached-line'].filter(
			Boolean
		);
		if (classes.length > 0) attributes.class = classes.join(' ');
		if (Object.keys(attributes).length > 0) marks.push(Decoration.node(at, at + block.nodeSize, attributes));
		at += block.nodeSize;
	});
	return { key, marks: DecorationSet.create(doc, marks) };
}

/** The line under the fields of a header, where both of its own places are taken by the national title. */
function drawnLine(line: string): () => HTMLElement {
	return () => {
		const element = document.createElement('p');
		element.className = 'attached-to';
		element.contentEditable = 'false';
		element.textContent = line;
		return element;
	};
}

/** What is printed under the title of each appendix, or under its header, that does not say it itself; by its uid. */
export function attachedLines(doc: Node, profile: Profile): ReadonlyMap<string, string> {
	const said = appendicesOf(doc, profile).flatMap(({ index, line }) =>
		line ? [[doc.child(index).attrs.uid, line] as const] : []
	);
	return new Map(said);
}

/** Paragraphs of an appendix that are the line, by number. */
function linesBehind(doc: Node, index: number, end: number): number[] {
	const near = Array.from({ length: Math.min(end, index + NEAR) - index - 1 }, (_none, nth) => index + 1 + nth);
	return near.filter((nth) => doc.child(nth).type.name === 'paragraph' && isAttachedLine(wordsOf(doc.child(nth))));
}

function appendicesOf(doc: Node, { family }: Profile): Appendix[] {
	const blocks = doc.content.content;
	const found: Appendix[] = [];
	let header: Node | null = null;
	let at = 0;
	for (const [index, block] of blocks.entries()) {
		const last = found.at(-1);
		if (block.type.name === 'documentHeader') header ??= block;
		else if (block.type.name === 'appendix') {
			if (last) last.end = index;
			found.push({ at, index, line: null, underHeader: false, end: blocks.length, landscape: false });
		} else if (last && block.type.name === 'table') last.landscape ||= columnsOf(block) >= LANDSCAPE_COLUMNS;
		at += block.nodeSize;
	}
	for (const appendix of header ? found : []) {
		const own = blocks.slice(appendix.index, Math.min(appendix.end, appendix.index + NEAR));
		appendix.underHeader = own[1]?.type.name === 'documentHeader';
		if (!saysAttachedTo(own.map(wordsOf))) appendix.line = attachedTo(headerWords(header!), family);
	}
	return found;
}

function headerWords(header: Node) {
	const field = (name: string) =>
		header.children
			.filter(({ attrs }) => attrs.name === name)
			.map(wordsOf)
			.join(' ');
	return { kind: field('kind'), symbol: field('symbol'), placeDate: field('placeDate'), agency: field('agency') };
}

function columnsOf(table: Node): number {
	return Math.max(
		0,
		...table.children.map((row) => row.children.reduce((sum, { attrs }) => sum + Number(attrs.colspan ?? 1), 0))
	);
}
