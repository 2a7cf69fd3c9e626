import type { Level } from '../text/levels.ts';
import type { Profile } from '../documents/schema/profiles.ts';

/**
 * A document as it is printed: numbers written out, references spelled, footnotes collected, the blocks of the header,
 * signature and recipients put together. Neutral of any file format; `buildOutline` makes it, the writers print it.
 */
export interface Outline {
	title: string;
	profile: Profile;
	blocks: OutlineBlock[];
	/** Texts of the footnotes in order of appearance; a `note` inline holds the 1-based place here. */
	notes: string[];
}

export type OutlineBlock =
	| HeaderBlock
	| { type: 'issuer'; runs: Inline[] }
	| { type: 'legalBasis'; prefix: string; runs: Inline[] }
	| { type: 'enactingLine'; runs: Inline[] }
	| ProvisionBlock
	| { type: 'paragraph'; align: Align | null; italic: boolean; runs: Inline[] }
	| { type: 'list'; ordered: boolean; items: OutlineBlock[][] }
	| TableBlock
	| { type: 'image'; src: string; alt: string; width: number | null }
	| ClosingBlock
	| AppendixBlock;

export type Align = 'left' | 'center' | 'right' | 'justify';

/** The first page's head: each field may have several lines, or none when the document does not store it. */
export interface HeaderBlock {
	type: 'header';
	parent: Inline[][];
	agency: Inline[][];
	symbol: Inline[][];
	placeDate: Inline[][];
	kind: Inline[][];
	/** The subject under the type of document. */
	subject: Inline[][];
	/** The subject of an official letter (`V/v …`), which stands under the symbol. */
	about: Inline[][];
	/** Of the header of an attached text: `(Kèm theo Nghị quyết số …)`, under the subject. */
	attachedTo: string | null;
}

export interface ProvisionBlock {
	type: 'provision';
	level: Level;
	/** A section that prints a Roman number (`I.`, `I-`) instead of `Mục 1`. */
	roman: boolean;
	uid: string;
	/** The number as printed: `Chương I`, `Điều 1.`, `a)`, `-`. */
	label: string;
	runs: Inline[];
	/** The text is a title rather than running text (see `title.ts`). */
	titled: boolean;
}

export interface TableBlock {
	type: 'table';
	/** Relative width of each column; they add up to 1. */
	widths: number[];
	/** How many rows at the top are repeated on every page. */
	headerRows: number;
	/** Every place of the grid belongs to exactly one cell. */
	rows: TableCell[][];
}

export interface TableCell {
	header: boolean;
	/** The first column it takes, from 0. */
	column: number;
	columnSpan: number;
	rowSpan: number;
	blocks: OutlineBlock[];
}

/** Signature on the right, recipients on the left, in one row. Either may be empty. */
export interface ClosingBlock {
	type: 'closing';
	authority: Inline[][];
	position: Inline[][];
	signer: Inline[][];
	recipients: Inline[][];
	hasSignature: boolean;
	hasRecipients: boolean;
}

/** Starts an appendix or an attached text; everything up to the next one belongs to it. */
export interface AppendixBlock {
	type: 'appendix';
	uid: string;
	attachment: boolean;
	/** `Phụ lục`, `Phụ lục I`; null for an attached text, which has no number. */
	label: string | null;
	runs: Inline[];
	/** `(Kèm theo Nghị quyết số …)`; null when the text or a header of its own says it, or nothing is known. */
	attachedTo: string | null;
	/** A wide table follows: the pages lie across. */
	landscape: boolean;
}

export type Inline = TextRun | { type: 'break' } | { type: 'note'; number: number } | CommentRun;

/** Here the letters begin, or end, that comments are about: only Word shows it. */
export interface CommentRun {
	type: 'comment';
	at: 'start' | 'end';
	comments: readonly number[];
}

export interface TextRun {
	type: 'text';
	text: string;
	bold?: boolean;
	italic?: boolean;
	underline?: boolean;
	strike?: boolean;
	superscript?: boolean;
	subscript?: boolean;
	/** The run prints a reference to this provision; absent when the target no longer exists. */
	target?: string;
}

/** The text of some inlines, a line break as `\n`; notes leave nothing. */
export function runsText(runs: readonly Inline[]): string {
	return runs.map((run) => (run.type === 'text' ? run.text : run.type === 'break' ? '\n' : '')).join('');
}

/** Splits inlines at their line breaks. */
export function lines(runs: readonly Inline[]): Inline[][] {
	const result: Inline[][] = [[]];
	for (const run of runs) {
		if (run.type === 'break') result.push([]);
		else result[result.length - 1].push(run);
	}
	return result;
}
