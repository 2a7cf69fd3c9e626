import { newUid } from '../../base/ids.ts';
import { toPoint, toRoman } from '../numbering/numerals.ts';
import { node, text as textNode, type JsonNode } from '../schema/json.ts';
import { findNotes, type Notes } from './html-notes.ts';
import { alignOf, isHidden, isWordNumber, markJson, type Marks, marksInside } from './html-style.ts';
import { type HtmlElement, textOf } from './html-tree.ts';
import { isOtherNumber, readLabel } from './labels.ts';
import { joinInline, makeLine, type SourceBlock, type SourceLine } from './source.ts';

const BLOCKS = new Set(
	'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav p pre section summary'.split(
		' '
	)
);

interface Context {
	marks: Marks;
	align: SourceLine['align'];
	preformatted: boolean;
}

const PLAIN: Context = { marks: new Set(), align: null, preformatted: false };

/** The blocks of a page. */
export function blocksOfTree(root: HtmlElement): SourceBlock[] {
	return new Collector(findNotes(root)).collect(root.children, PLAIN);
}

class Collector {
	#notes: Notes;
	#blocks: SourceBlock[] = [];
	#inline: JsonNode[] = [];
	#continued = false;

	constructor(notes: Notes) {
		this.#notes = notes;
	}

	collect(children: readonly (HtmlElement | string)[], context: Context): SourceBlock[] {
		this.#children(children, context);
		this.#endLine(context);
		return this.#blocks;
	}

	#children(children: readonly (HtmlElement | string)[], context: Context): void {
		for (const child of children) {
			if (typeof child === 'string') this.#text(child, context);
			else this.#element(child, context);
		}
	}

	#text(text: string, context: Context): void {
		const [first = '', ...lines] = context.preformatted ? text.split('\n') : [text];
		this.#addText(first, context.marks);
		for (const line of lines) {
			this.#endLine(context);
			this.#continued = true;
			this.#addText(line, context.marks);
		}
	}

	#addText(text: string, marks: Marks): void {
		if (text) this.#inline.push(textNode(text, markJson(marks)));
	}

	#element(element: HtmlElement, context: Context): void {
		const { tag } = element;
		if (isHidden(element) || this.#notes.isBody(element)) return;
		const note = this.#notes.textOfLink(element);
		if (note !== null) this.#inline.push(node('footnote', { uid: newUid(), text: note }));
		else if (isWordNumber(element)) this.#addText(wordNumber(textOf(element)), context.marks);
		else if (tag === 'br') {
			this.#endLine(context);
			this.#continued = true;
		} else if (tag === 'img') this.#image(element, context);
		else if (tag === 'table') this.#table(element, context);
		else if (tag === 'ul' || tag === 'ol') this.#list(element, context);
		else if (BLOCKS.has(tag)) this.#block(element, context);
		else this.#children(element.children, { ...context, marks: marksInside(element, context.marks) });
	}

	#block(element: HtmlElement, outer: Context): void {
		this.#endBlock(outer);
		const context = {
			marks: marksInside(element, outer.marks),
			align: alignOf(element) ?? outer.align,
			preformatted: outer.preformatted || element.tag === 'pre'
		};
		this.#children(element.children, context);
		this.#endBlock(context);
	}

	#endLine({ align }: Context): void {
		const line = makeLine(this.#inline, { align, continued: this.#continued });
		if (line) this.#blocks.push(line);
		this.#inline = [];
	}

	#endBlock(context: Context): void {
		this.#endLine(context);
		this.#continued = false;
	}

	#push(block: SourceBlock, context: Context): void {
		this.#endBlock(context);
		this.#blocks.push(block);
	}

	#image({ attributes }: HtmlElement, context: Context): void {
		const { src = '', alt = '', width = '' } = attributes;
		const size = Number.parseInt(width, 10);
		const attrs = { src: src || null, alt: alt.normalize('NFC') || null, width: size > 0 ? size : null };
		this.#push({ kind: 'node', node: node('image', attrs), cells: null }, context);
	}

	#inner(element: HtmlElement, context: Context): SourceBlock[] {
		const inner = { ...context, marks: marksInside(element, context.marks), align: alignOf(element) };
		return new Collector(this.#notes).collect(element.children, inner);
	}

	/** A list of numbers becomes lines that begin with them; a list of bullets stays one, unless its items are numbered. */
	#list(element: HtmlElement, context: Context): void {
		this.#endBlock(context);
		const items = element.children.filter((child) => typeof child !== 'string' && !this.#notes.isBody(child));
		const contents = (items as HtmlElement[]).map((item) => this.#inner(item, context));
		const isNumbered = contents.some(([first]) => first?.kind === 'line' && hasNumber(first.text));
		if (element.tag === 'ul' && !isNumbered) {
			const children = contents.filter((content) => content.length).map((content) => node('listItem', null, listItem(content)));
			if (children.length) this.#blocks.push({ kind: 'node', node: node('bulletList', null, children), cells: null });
			return;
		}
		let value = Number.parseInt(element.attributes.start ?? '1', 10) || 1;
		for (const [index, content] of contents.entries()) {
			value = Number.parseInt((items[index] as HtmlElement).attributes.value ?? '', 10) || value;
			const [first, ...rest] = content;
			const label = isNumbered ? '' : listNumber(element, value);
			this.#blocks.push(...(first ? [numbered(first, label)].flat() : []), ...rest);
			if (content.length) value++;
		}
	}

	#table(element: HtmlElement, context: Context): void {
		const rows: JsonNode[] = [];
		const cells: SourceBlock[][] = [];
		for (const row of rowsOf(element)) {
			const parts = row.children.filter((child) => typeof child !== 'string' && /^t[dh]$/.test(child.tag));
			const made = (parts as HtmlElement[]).map((cell) => {
				const content = this.#inner(cell, { ...PLAIN, marks: context.marks });
				cells.push(content);
				return node(cell.tag === 'th' ? 'tableHeader' : 'tableCell', spans(cell), paragraphs(content));
			});
			if (made.length) rows.push(node('tableRow', null, made));
		}
		this.#endBlock(context);
		const caption = element.children.find((child) => typeof child !== 'string' && child.tag === 'caption');
		if (caption && typeof caption !== 'string') this.#blocks.push(...this.#inner(caption, context));
		if (cells.length === 1) this.#blocks.push(...(cells[0] as SourceBlock[]));
		else if (rows.length) {
			const areLines = cells.every((cell) => cell.every((block) => block.kind === 'line'));
			const lines = areLines ? (cells as SourceLine[][]) : null;
			this.#blocks.push({ kind: 'node', node: node('table', null, rows), cells: lines });
		}
	}
}

/** The rows of a table, not those of tables in its cells. */
function rowsOf(table: HtmlElement): HtmlElement[] {
	return table.children.flatMap((child) => {
		if (typeof child === 'string') return [];
		if (child.tag === 'tr') return [child];
		return /^t(?:head|body|foot)$/.test(child.tag) ? rowsOf(child) : [];
	});
}

function spans({ attributes }: HtmlElement): Record<string, unknown> {
	const span = (value: string | undefined) => Math.min(Math.max(Number.parseInt(value ?? '1', 10) || 1, 1), 100);
	return { colspan: span(attributes.colspan), rowspan: span(attributes.rowspan), colwidth: null };
}

/** Blocks as the content of a table cell; never empty. */
function paragraphs(blocks: readonly SourceBlock[]): JsonNode[] {
	const content: JsonNode[] = [];
	for (const block of blocks) {
		const last = content.at(-1);
		if (block.kind === 'node') content.push(block.node);
		else if (block.continued && last?.type === 'paragraph') {
			last.content = joinInline(last.content ?? [], block.inline, 'break');
		} else content.push(node('paragraph', { align: block.align }, [...block.inline]));
	}
	return content.length ? content : [node('paragraph', null)];
}

function listItem(blocks: readonly SourceBlock[]): JsonNode[] {
	const content = paragraphs(blocks);
	return content[0]?.type === 'paragraph' ? content : [node('paragraph', null), ...content];
}

function hasNumber(text: string): boolean {
	const label = readLabel(text);
	return (label !== null && label.level !== 'indent') || isOtherNumber(text);
}

/** A first block of a numbered item with its number before it. */
function numbered(block: SourceBlock, label: string): SourceBlock[] {
	if (!label) return [block];
	if (block.kind === 'node') return [...lineOf(label), block];
	const line = makeLine([{ ...firstText(block, label) }, ...block.inline], { align: block.align });
	return line ? [line] : [];
}

function firstText(line: SourceLine, text: string): JsonNode {
	const first = line.inline[0];
	return first?.type === 'text' && first.marks ? { type: 'text', text, marks: first.marks } : { type: 'text', text };
}

function lineOf(text: string): SourceBlock[] {
	const line = makeLine([{ type: 'text', text }]);
	return line ? [line] : [];
}

/** The number that a browser prints before an item. */
function listNumber({ attributes }: HtmlElement, value: number): string {
	const style = /list-style(?:-type)?\s*:[^;]*?(lower-alpha|lower-latin|upper-roman|decimal)/i.exec(attributes.style ?? '')?.[1];
	const type = attributes.type ?? style?.toLowerCase() ?? '1';
	if (type === 'a' || type === 'lower-alpha' || type === 'lower-latin') return `${toPoint(value)}) `;
	return type === 'I' || type === 'upper-roman' ? `${toRoman(value)}. ` : `${value}. `;
}

/** The number or bullet that Word wrote: bullets of its symbol fonts are dashes. */
function wordNumber(text: string): string {
	const written = text.replace(/[\s\u00a0]+/g, ' ').trim();
	return /^[·•§oØü▪\-–\uf000-\uf0ff]$/u.test(written) ? '- ' : `${written} `;
}
