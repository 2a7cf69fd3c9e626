import { Fragment, type Mark, type Node, type Schema, Slice } from '@tiptap/pm/model';
import { type EditorState, Plugin, Selection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { withPlaceholders } from '../../gaps/placeholders.ts';
import type { JsonNode } from '../../schema/json.ts';
import type { ProfileId } from '../../schema/profiles.ts';
import { normalSlice } from '../structure/normal-form.ts';

type Reader = typeof import('./read-paste.ts');

/**
 * Pasting. From this editor: the same blocks (a block that is still in the document gets a new uid, one that was cut
 * keeps its own, so references to it hold). From Word, a web page or plain text: the structure, without the looks.
 */
export function pastePlugin(profile: ProfileId): Plugin {
	let reader: Reader | null = null;
	return new Plugin({
		props: {
			handleDOMEvents: {
				// Whoever puts the cursor into the text may paste next; a reader never needs it.
				focus: () => {
					if (!reader)
						void import('./read-paste.ts').then(
							(loaded) => (reader = loaded),
							() => {}
						);
					return false;
				}
			},
			handlePaste: (view, event) => {
				const html = event.clipboardData?.getData('text/html') ?? '';
				const text = event.clipboardData?.getData('text/plain') ?? '';
				if (!view.editable || isOurs(html) || (!html && !text) || isOneLine(html, text)) return false;
				if (view.state.selection.$from.depth > 1 && !html.includes('<table')) return pasteLines(view, text);
				const finish = (loaded: Reader) => {
					const pasted = loaded.readPaste({ html, text }, profile);
					if (pasted && !view.isDestroyed) view.dispatch(insertBlocks(view.state, pasted.blocks));
				};
				if (reader) finish(reader);
				else
					void import('./read-paste.ts').then(
						(loaded) => finish((reader = loaded)),
						// What reads structure cannot come, offline or after an update: the words do.
						() => void (view.isDestroyed || pasteLines(view, text || wordsOf(html)))
					);
				return true;
			},
			transformPasted: (slice, view) => {
				const { dragging } = view as EditorView & { dragging: { move: boolean } | null };
				const normal = normalSlice(slice, view.state.schema);
				return dragging?.move ? normal : withPlaceholderNodes(withoutKnownUids(normal, view.state), view.state.schema);
			},
			clipboardTextParser: (text, $context, _plain, view) => {
				const { schema } = view.state;
				const lines = text.normalize('NFC').split(/\r\n?|\n/);
				const marks = marksAt(view.state.selection);
				const nodes = lines.map((line) => schema.nodes.paragraph.create(null, line ? schema.text(line, marks) : null));
				return nodes.length === 1 && $context.parent.inlineContent
					? new Slice(nodes[0]?.content ?? Fragment.empty, 0, 0)
					: new Slice(Fragment.fromArray(nodes), 1, 1);
			}
		}
	});
}

/** A transaction that puts blocks at the selection: into the text when they begin or end as plain text, else after it. */
export function insertBlocks(state: EditorState, blocks: readonly JsonNode[]): Transaction {
	const { schema } = state;
	const nodes = blocks.map((block) => schema.nodeFromJSON(block));
	const { content } = normalSlice(new Slice(Fragment.fromArray(nodes), 0, 0), schema);
	const transaction = state.tr.deleteSelection();
	const { $from } = transaction.selection;
	const isEmpty = $from.depth === 1 && $from.parent.content.size === 0;
	const steps = transaction.steps.length;
	if (isEmpty) transaction.replaceWith($from.before(), $from.after(), content);
	else transaction.replaceSelection(new Slice(content, openness(nodes[0]), openness(nodes.at(-1))));
	// The caret goes behind the last word of what came, not into the block after it.
	let end = 0;
	transaction.mapping
		.slice(steps)
		.maps.forEach((map) => map.forEach((_from, _to, _newFrom, newTo) => (end = Math.max(end, newTo))));
	if (end > 0) transaction.setSelection(Selection.near(transaction.doc.resolve(end), -1));
	return transaction.scrollIntoView();
}

/**
 * The same slice, where whatever is already in the document has no uid; the guard gives it a new one. The emptied block
 * that a cut leaves behind makes way for what comes, which is the same then if it was cut from there.
 */
function withoutKnownUids(slice: Slice, { doc, selection }: EditorState): Slice {
	const known = uidsOf(doc);
	const { $from, empty } = selection;
	if (empty && $from.depth === 1 && $from.parent.content.size === 0) known.delete($from.parent.attrs.uid);
	const fragment = (content: Fragment): Fragment => {
		const nodes: Node[] = [];
		content.forEach((node) => {
			if (node.isText) nodes.push(node);
			else {
				const attrs = known.has(node.attrs.uid) ? { ...node.attrs, uid: null } : node.attrs;
				nodes.push(node.type.create(attrs, fragment(node.content), node.marks));
			}
		});
		return Fragment.fromArray(nodes);
	};
	return new Slice(fragment(slice.content), slice.openStart, slice.openEnd);
}

/** What is written as a placeholder is one. */
function withPlaceholderNodes(slice: Slice, schema: Schema): Slice {
	const fragment = (content: Fragment): Fragment => {
		const isInline = content.firstChild?.isInline;
		if (isInline) {
			const json = content.toJSON() as JsonNode[];
			const made = withPlaceholders(json);
			return made === json ? content : Fragment.fromJSON(schema, made);
		}
		return Fragment.fromArray(content.content.map((node) => (node.isLeaf ? node : node.copy(fragment(node.content)))));
	};
	return new Slice(fragment(slice.content), slice.openStart, slice.openEnd);
}

/** The formatting that words without any take on: that of what they stand in or replace. */
function marksAt({ $from, $to, empty }: Selection): readonly Mark[] {
	return (empty ? $from.marks() : $from.marksAcross($to)) ?? [];
}

/** The words of a page, a line for each block. */
function wordsOf(html: string): string {
	const { body } = new DOMParser().parseFromString(html, 'text/html');
	for (const block of body.querySelectorAll('p, div, li, tr, br, h1, h2, h3, h4')) block.append('\n');
	return body.textContent ?? '';
}

/** In a table cell or list the lines stay lines of it. */
function pasteLines(view: EditorView, text: string): boolean {
	const { schema } = view.state;
	const paragraphs = linesOf(text, schema);
	if (paragraphs.length === 0) return false;
	const slice = withPlaceholderNodes(new Slice(Fragment.fromArray(paragraphs), 1, 1), schema);
	view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
	return true;
}

function linesOf(text: string, schema: Schema): Node[] {
	return text
		.normalize('NFC')
		.split(/\r\n?|\n/)
		.filter((line) => line.trim())
		.map((line) => schema.nodes.paragraph.create(null, schema.text(line.trim())));
}

function openness(node: Node | undefined): number {
	return node?.type.name === 'paragraph' ? 1 : 0;
}

function isOurs(html: string): boolean {
	return html.includes('data-pm-slice');
}

/** A word or a sentence is put into the text as it is. */
function isOneLine(html: string, text: string): boolean {
	const blocks = html.match(/<(?:p|div|br|tr|li|h[1-6]|table|img)\b/gi) ?? [];
	return !text.trim().includes('\n') && blocks.length <= 1;
}

/** The uids of a document's blocks and of what is in them. */
function uidsOf(doc: Node): Set<string> {
	const uids = new Set<string>();
	doc.descendants((node) => {
		if (typeof node.attrs.uid === 'string') uids.add(node.attrs.uid);
		return !node.isText;
	});
	return uids;
}
