import { elementText } from '../schema/element-text.ts';
import { inlineText, type JsonMark, type JsonNode } from '../schema/json.ts';

/** One line of a source: a line of text, a paragraph of a web page, a piece between two line breaks. */
export interface SourceLine {
	kind: 'line';
	inline: JsonNode[];
	/** The text of `inline`, in NFC, with single spaces and none at the ends. */
	text: string;
	/** All of its text is bold. */
	bold: boolean;
	align: 'center' | 'right' | null;
	/** It comes from a plain text, where a paragraph may run over several lines. */
	wraps: boolean;
	/** It follows a line break inside one paragraph. */
	continued: boolean;
}

/** A ready block that is kept as it is; `cells` are the lines of a table's cells, for a table that is only a layout. */
interface SourceNode {
	kind: 'node';
	node: JsonNode;
	cells: SourceLine[][] | null;
}

export type SourceBlock = SourceLine | SourceNode;

const INVISIBLE = /\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff/g;
const SPACES = /[\s\u00a0\u2000-\u200a\u202f\u3000]+/g;

/** A line of inline nodes; null when there is nothing to see in it. */
export function makeLine(inline: JsonNode[], options: Partial<Pick<SourceLine, 'align' | 'wraps' | 'continued'>> = {}) {
	const tidy = tidyInline(inline);
	if (tidy.length === 0) return null;
	const text = inlineText({ type: 'line', content: tidy });
	const line: SourceLine = {
		kind: 'line',
		inline: tidy,
		text,
		bold: text !== '' && tidy.every((node) => node.type !== 'text' || hasMark(node, 'bold')),
		align: options.align ?? null,
		wraps: options.wraps ?? false,
		continued: options.continued ?? false
	};
	return line;
}

/** A line of plain text; null for a blank one. */
export function makeTextLine(text: string, wraps = true): SourceLine | null {
	return makeLine([{ type: 'text', text }], { wraps });
}

/** The inline nodes between two offsets of the text, without spaces at the ends. Zero-wide nodes stay on the left. */
export function sliceInline(inline: readonly JsonNode[], from: number, to = Number.POSITIVE_INFINITY): JsonNode[] {
	const slice: JsonNode[] = [];
	let at = 0;
	for (const node of inline) {
		const length = widthOf(node);
		const start = Math.max(from, at);
		const end = Math.min(to, at + length);
		if (node.type === 'text') {
			if (start < end) slice.push({ ...node, text: (node.text ?? '').slice(start - at, end - at) });
		} else if (length === 0 ? at > from && at <= to : start < end) slice.push(node);
		else if (length === 0 && at === 0 && from === 0) slice.push(node);
		at += length;
	}
	return tidyInline(slice);
}

/** Without the marks of these names, where all of the text has them: a profile sets its titles itself. */
export function withoutMarks(inline: readonly JsonNode[], ...names: string[]): JsonNode[] {
	let nodes = [...inline];
	for (const name of names) {
		if (!nodes.every((node) => node.type !== 'text' || hasMark(node, name))) continue;
		nodes = nodes.map((node) => {
			const marks = node.marks?.filter((mark) => mark.type !== name);
			const { marks: _, ...rest } = node;
			return marks?.length ? { ...rest, marks } : rest;
		});
	}
	return nodes;
}

/** Two pieces of inline content with a space or a hard break between them. */
export function joinInline(before: readonly JsonNode[], after: readonly JsonNode[], between: 'space' | 'break'): JsonNode[] {
	const glue: JsonNode = between === 'space' ? { type: 'text', text: ' ' } : { type: 'hardBreak' };
	return tidyInline([...before, glue, ...after]);
}

/** What stays of a picture that is not taken over: its description. */
export function imageDescription(image: JsonNode): JsonNode {
	const line = makeLine([{ type: 'text', text: String(image.attrs?.alt ?? ''), marks: [{ type: 'italic' }] }]);
	return line ? { type: 'paragraph', content: line.inline } : { type: 'paragraph' };
}

function tidyInline(inline: readonly JsonNode[]): JsonNode[] {
	const tidy: JsonNode[] = [];
	let afterSpace = true;
	for (const node of inline) {
		if (node.type !== 'text') {
			if (node.type === 'hardBreak') trimEnd(tidy);
			tidy.push(node);
			afterSpace = node.type === 'hardBreak';
			continue;
		}
		let text = (node.text ?? '').normalize('NFC').replace(INVISIBLE, '').replace(SPACES, ' ');
		if (afterSpace) text = text.trimStart();
		if (text === '') continue;
		afterSpace = text.endsWith(' ');
		const last = tidy.at(-1);
		if (last?.type === 'text' && sameMarks(last.marks, node.marks)) last.text += text;
		else tidy.push({ ...node, text });
	}
	trimEnd(tidy);
	while (tidy[0]?.type === 'hardBreak') tidy.shift();
	return tidy;
}

function trimEnd(nodes: JsonNode[]): void {
	for (let last = nodes.at(-1); last; last = nodes.at(-1)) {
		if (last.type === 'text') {
			last.text = (last.text ?? '').trimEnd();
			if (last.text) return;
		} else return;
		nodes.pop();
	}
}

function hasMark(node: JsonNode, name: string): boolean {
	return node.marks?.some((mark) => mark.type === name) ?? false;
}

function sameMarks(a: JsonMark[] | undefined, b: JsonMark[] | undefined): boolean {
	const names = (marks: JsonMark[] | undefined) => (marks ?? []).map((mark) => mark.type).join();
	return names(a) === names(b);
}

function widthOf(node: JsonNode): number {
	if (node.type === 'text') return node.text?.length ?? 0;
	if (node.type === 'hardBreak') return 1;
	return elementText(node.type, node.attrs).length;
}
