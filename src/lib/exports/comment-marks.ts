/** What was said of a text beside its words, as a Word file shows it. */
import type { JsonNode } from '../documents/schema/json.ts';

export interface PrintedComment {
	id: number;
	/** Which one it answers. */
	parent: number | null;
	author: string;
	/** ISO 8601. */
	at: string;
	words: string;
	isResolved: boolean;
}

/** The letters of a block, cell (ROW:COLUMN) or field (BLOCK:FIELD) that comments are about, an element being one. */
export interface CommentedLetters {
	/** Null: the beginning of the text. */
	uid: string | null;
	/** Null: all of it. */
	letters: { from: number; to: number } | null;
	/** Their ids: a comment and what answers it. */
	comments: number[];
}

export interface PrintedComments {
	comments: PrintedComment[];
	places: CommentedLetters[];
}

/** An element of no width in a content: here the letters begin, or end, that comments are about. */
export const COMMENT_MARK = 'commentMark';

/** The content with a mark where each of these stretches begins and ends; one whose block is not there is put at the beginning. */
export function withCommentMarks(content: JsonNode, places: readonly CommentedLetters[]): JsonNode {
	const left = Map.groupBy(places, ({ uid }) => uid ?? '');
	const marked = markIn(content, left, '');
	const rest = [...left.values()].flat().map((place) => ({ ...place, letters: null }));
	return rest.length > 0 ? markFirst(marked, rest) : marked;
}

function markIn(node: JsonNode, left: Map<string, CommentedLetters[]>, around: string): JsonNode {
	const name = nameOf(node, around);
	const places = left.get(name);
	if (places && isText(node)) {
		left.delete(name);
		return { ...node, content: marked(node.content ?? [], places) };
	}
	if (!node.content || isText(node)) return node;
	if (places && node.type.startsWith('table') && node.type !== 'tableRow' && node.type !== 'table') {
		// Letters of a cell are counted through its paragraphs; Word is told the whole of it.
		left.delete(name);
		return markFirst(
			node,
			places.map((place) => ({ ...place, letters: null }))
		);
	}
	return { ...node, content: node.content.map((child) => markIn(child, left, nameAround(node, around))) };
}

function nameOf({ type, attrs = {} }: JsonNode, around: string): string {
	if (type === 'headerField') return `${around}:${String(attrs.name)}`;
	if (type === 'tableCell' || type === 'tableHeader') return `${around}:${String(attrs.col)}`;
	return String(attrs.uid ?? ' ');
}

function nameAround({ attrs = {} }: JsonNode, around: string): string {
	return attrs.uid ? String(attrs.uid) : around;
}

const TEXT_BLOCKS = new Set(['provision', 'paragraph', 'legalBasis', 'enactingLine', 'appendix', 'headerField']);

function isText({ type }: JsonNode): boolean {
	return TEXT_BLOCKS.has(type);
}

/** Marks the first block of a node that has letters. */
function markFirst(node: JsonNode, places: readonly CommentedLetters[]): JsonNode {
	let isDone = false;
	const mark = (each: JsonNode): JsonNode => {
		if (isDone) return each;
		if (isText(each) && each.content?.length) {
			isDone = true;
			return { ...each, content: marked(each.content, places) };
		}
		return each.content && !isText(each) ? { ...each, content: each.content.map(mark) } : each;
	};
	return mark(node);
}

function marked(content: readonly JsonNode[], places: readonly CommentedLetters[]): JsonNode[] {
	const size = content.reduce((all, { text }) => all + (text?.length ?? 1), 0);
	const marks = places.flatMap(({ letters, comments }) => [
		{ at: Math.min(letters?.from ?? 0, size), node: markOf('start', comments) },
		{ at: Math.min(letters?.to ?? size, size), node: markOf('end', comments) }
	]);
	marks.sort((one, other) => one.at - other.at);
	const result: JsonNode[] = [];
	let at = 0;
	const until = (place: number) => {
		while (marks.length > 0 && marks[0].at <= place) result.push(marks.shift()!.node);
	};
	for (const node of content) {
		until(at);
		let rest = node.text;
		while (rest !== undefined && marks.length > 0 && marks[0].at < at + rest.length) {
			const cut = marks[0].at - at;
			result.push({ ...node, text: rest.slice(0, cut) });
			rest = rest.slice(cut);
			at += cut;
			until(at);
		}
		result.push(rest === undefined ? node : { ...node, text: rest });
		at += rest?.length ?? 1;
	}
	until(Infinity);
	return result.filter(({ text }) => text !== '');
}

function markOf(at: 'start' | 'end', comments: number[]): JsonNode {
	return { type: COMMENT_MARK, attrs: { at, comments } };
}
