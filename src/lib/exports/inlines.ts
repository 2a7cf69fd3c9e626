import { elementText } from '../documents/schema/element-text.ts';
import type { JsonNode } from '../documents/schema/json.ts';
import { stringAttr } from './node.ts';
import { COMMENT_MARK } from './comment-marks.ts';
import type { CommentRun, Inline, TextRun } from './outline.ts';

/** What inline content needs to know of its document. */
export interface InlineContext {
	/** The printed form of a reference and whether its target exists. */
	cite(reference: JsonNode, from: string | null): { text: string; target: string | null };
	/** Takes a footnote's text in and gives its number, from 1. */
	addNote(text: string): number;
}

/** The marks that print; others (a comment's, a newer client's) leave only their text. */
const PRINTED_MARKS = ['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript'] as const;

/**
 * The printed inlines of a block. Neighbours that look the same become one run; a line feed inside a text is a break.
 * @param from uid of the provision that they stand in
 */
export function collectInlines(nodes: readonly JsonNode[], context: InlineContext, from: string | null): Inline[] {
	const result: Inline[] = [];
	for (const node of nodes) {
		switch (node.type) {
			case COMMENT_MARK:
				result.push({ type: 'comment', ...(node.attrs as Pick<CommentRun, 'at' | 'comments'>) });
				break;
			case 'hardBreak':
				result.push({ type: 'break' });
				break;
			case 'footnote':
				result.push({ type: 'note', number: context.addNote(printable(stringAttr(node, 'text'))) });
				break;
			case 'reference': {
				const { text, target } = context.cite(node, from);
				append(result, {
					type: 'text',
					text: printable(text),
					...marksOf(node),
					...(target ? { target } : {})
				});
				break;
			}
			case 'placeholder':
				append(result, { type: 'text', text: printable(elementText(node.type, node.attrs)), ...marksOf(node) });
				break;
			default:
				if (node.text !== undefined) appendText(result, node.text, marksOf(node));
				else if (node.content) result.push(...collectInlines(node.content, context, from));
				else appendText(result, stringAttr(node, 'text'), marksOf(node));
		}
	}
	return result;
}

function appendText(result: Inline[], text: string, marks: Partial<TextRun>): void {
	for (const [index, line] of text.split(/\r\n|[\n\r\u2028\v]/u).entries()) {
		if (index > 0) result.push({ type: 'break' });
		append(result, { type: 'text', text: printable(line), ...marks });
	}
}

function append(result: Inline[], run: TextRun): void {
	if (run.text === '') return;
	const last = result.at(-1);
	if (last?.type === 'text' && looks(last) === looks(run)) last.text += run.text;
	else result.push(run);
}

function looks(run: TextRun): string {
	return [...PRINTED_MARKS.map((mark) => run[mark] ?? false), run.target].join();
}

function marksOf(node: JsonNode): Partial<TextRun> {
	const names = new Set(node.marks?.map((mark) => mark.type));
	return Object.fromEntries(PRINTED_MARKS.filter((mark) => names.has(mark)).map((mark) => [mark, true]));
}

/** The text without the characters that no XML file may hold (control codes, lone surrogates). */
export function printable(text: string): string {
	return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '').toWellFormed();
}
