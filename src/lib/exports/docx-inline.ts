import {
	CommentRangeEnd,
	CommentRangeStart,
	CommentReference,
	FootnoteReferenceRun,
	Paragraph,
	TextRun,
	type IParagraphOptions,
	type ParagraphChild
} from 'docx';
import type { TextStyle } from '../documents/schema/profiles.ts';
import { runStyle } from './docx-styles.ts';
import type { CommentRun, Inline } from './outline.ts';

/** Word runs of some inlines. `style` is set on each of them; without it the paragraph's style decides. */
function runsOf(inlines: readonly Inline[], style?: Partial<TextStyle>): ParagraphChild[] {
	const base = style ? runStyle(style) : {};
	return inlines.flatMap((inline): ParagraphChild[] | ParagraphChild => {
		if (inline.type === 'comment') return commentRuns(inline);
		if (inline.type === 'note') return new FootnoteReferenceRun(inline.number);
		if (inline.type === 'break') return new TextRun({ ...base, break: 1 });
		return new TextRun({
			...base,
			text: inline.text,
			...(inline.bold ? { bold: true } : {}),
			...(inline.italic ? { italics: true } : {}),
			...(inline.underline ? { underline: {} } : {}),
			...(inline.strike ? { strike: true } : {}),
			...(inline.superscript ? { superScript: true } : {}),
			...(inline.subscript ? { subScript: true } : {})
		});
	});
}

/** Each comment has its place, also those that answer another. */
function commentRuns({ at, comments }: CommentRun): ParagraphChild[] {
	if (at === 'start') return comments.map((id) => new CommentRangeStart(id));
	return comments.flatMap((id) => [new CommentRangeEnd(id), new TextRun({ children: [new CommentReference(id)] })]);
}

/** A paragraph of some inlines. */
export function paragraphOf(
	inlines: readonly Inline[],
	options: IParagraphOptions,
	style?: Partial<TextStyle>,
	before: ParagraphChild[] = []
): Paragraph {
	return new Paragraph({ ...options, children: [...before, ...runsOf(inlines, style)] });
}
