import { elementText } from './element-text.ts';

/** A mark in ProseMirror JSON. */
export interface JsonMark {
	type: string;
	attrs?: Record<string, unknown>;
}

/** A node in ProseMirror JSON: what the database, the exports and the importer exchange. */
export interface JsonNode {
	type: string;
	attrs?: Record<string, unknown>;
	content?: JsonNode[];
	marks?: JsonMark[];
	text?: string;
}

/** A text node. */
export function text(value: string, marks?: JsonMark[]): JsonNode {
	return marks?.length ? { type: 'text', text: value, marks } : { type: 'text', text: value };
}

/** Inline content of a string: a line feed becomes a hard break; an empty string has no content. */
export function inlineOf(value: string, marks?: JsonMark[]): JsonNode[] {
	const nodes: JsonNode[] = [];
	for (const [index, line] of value.split('\n').entries()) {
		if (index > 0) nodes.push({ type: 'hardBreak' });
		if (line) nodes.push(text(line, marks));
	}
	return nodes;
}

/** A node with inline content, where an empty content is left out. */
export function node(type: string, attrs: Record<string, unknown> | null, content: JsonNode[] = []): JsonNode {
	const made: JsonNode = { type };
	if (attrs) made.attrs = attrs;
	if (content.length) made.content = content;
	return made;
}

/** The text of the inline content of one block; a hard break is a line feed, a footnote nothing. */
export function inlineText(block: JsonNode): string {
	let out = '';
	for (const child of block.content ?? []) {
		if (child.type === 'text') out += child.text ?? '';
		else if (child.type === 'hardBreak') out += '\n';
		else out += elementText(child.type, child.attrs);
	}
	return out;
}
