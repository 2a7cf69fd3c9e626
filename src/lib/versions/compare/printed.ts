import { printable } from '../../exports/inlines.ts';
import { formatDate } from '../../i18n/formats.ts';
import type { ComparedSide, MeasuredSide } from './compared.ts';
import type { Row, Side, Word } from './comparison.ts';
import { foldRows, type Fold, type Listed } from './folded.ts';

/** A comparison as it is printed, neutral of the format. It is a document of the agency, so its words are Vietnamese in every language. */
export interface PrintedComparison {
	/** `BẢN SO SÁNH` */
	title: string;
	subject: string;
	columns: string[];
	rows: PrintedRow[];
}

/** A row of columns, or what is said of rows that are left out. */
export type PrintedRow = { cells: PrintedCell[] } | { folded: string };

/** Lines of a cell. */
export type PrintedCell = PrintedRun[][];

export interface PrintedRun {
	text: string;
	mark?: 'removed' | 'added' | 'said';
	bold?: true;
}

/** There are more rows than one file takes. */
export class TooLong extends Error {}
/** Word, and what writes its files, take longer the more there are. */
const MOST_ROWS = 5000;

export interface PrintOptions {
	/** What is the same is left out, and said in a line. */
	onlyChanges: boolean;
	/** By the uid of the row: with them there is a third column. */
	explanations: ReadonlyMap<string, string> | null;
}

/** Lays a comparison out as a table. @throws TooLong */
export function printComparison(
	rows: readonly Row[],
	before: MeasuredSide,
	after: MeasuredSide,
	{ onlyChanges, explanations }: PrintOptions
): PrintedComparison {
	const listed: Listed[] = onlyChanges ? foldRows(rows) : rows.map((row) => ({ row }));
	const printed = listed.map((one): PrintedRow => {
		if ('fold' in one) return { folded: foldedWords(one.fold) };
		const cells = [cellOf(one.row, 'before', onlyChanges), cellOf(one.row, 'after', onlyChanges)];
		if (explanations) cells.push(plainLines(explanations.get(one.row.uid) ?? ''));
		return { cells };
	});
	if (printed.length > MOST_ROWS) throw new TooLong(`${printed.length} rows`);
	const isOne = before.documentId === after.documentId;
	const names = [before, after].map((side) => (isOne ? sideName(side) : [side.title, sideName(side)].join(', ')));
	return {
		title: explanations ? 'BẢN SO SÁNH, THUYẾT MINH' : 'BẢN SO SÁNH',
		subject: isOne ? `${after.title}: ${names[1]} với ${names[0]}` : `${names[1]} với ${names[0]}`,
		columns: explanations ? [...names, 'Thuyết minh'] : names,
		rows: printed
	};
}

/** What a side is called within its document. */
export function sideName({ kind, label, createdAt }: ComparedSide): string {
	if (kind === 'live') return 'Bản đang soạn thảo';
	return label || `Bản lưu ngày ${formatDate(createdAt!, 'vi')}`;
}

/** `Từ khoản 2 Điều 3 đến Điều 5: không đổi` */
function foldedWords({ first, last }: Fold): string {
	if (!first) return 'Không đổi';
	return first === last ? `${capital(first)}: không đổi` : `Từ ${first} đến ${last}: không đổi`;
}

function cellOf(row: Row, side: 'before' | 'after', isApart: boolean): PrintedCell {
	const own = row[side];
	if (!own) return [[{ text: side === 'before' ? '(Dòng mới)' : '(Bãi bỏ)', mark: 'said' }]];
	const lines = linesOf(row.words, side);
	const marked = own.parts ? withLabels(lines, own.parts) : [[...label(own), ...(lines[0] ?? [])], ...lines.slice(1)];
	const set = own.titled ? marked.map((line) => line.map((run) => ({ ...run, bold: true as const }))) : marked;
	const said = [
		isApart && own.number !== '' && own.within !== '' ? `[${own.number}]` : null,
		side === 'after' && row.moved ? `(Chuyển từ ${row.before!.number || 'chỗ khác'})` : null
	];
	return [...said.filter((text) => text !== null).map((text): PrintedRun[] => [{ text, mark: 'said' }]), ...set];
}

function label({ label: printed }: Pick<Side, 'label'>): PrintedRun[] {
	return printed === '' ? [] : [{ text: `${printed} ` }];
}

/** The lines of several passages, each with its label at its first. */
function withLabels(lines: readonly PrintedRun[][], parts: NonNullable<Side['parts']>): PrintedCell {
	const firstOf = new Map<number, string>();
	let at = 0;
	for (const part of parts) {
		firstOf.set(at, part.label);
		at += part.text.split('\n').length;
	}
	return lines.map((line, nth) => [...label({ label: firstOf.get(nth) ?? '' }), ...line]);
}

function linesOf(words: readonly Word[], side: 'before' | 'after'): PrintedCell {
	const lines: PrintedCell = [[]];
	for (const [op, was, is] of words) {
		if (op === (side === 'before' ? 'added' : 'removed')) continue;
		const text = op === 'renumbered' && side === 'after' ? is : was;
		for (const [nth, piece] of text.split('\n').entries()) {
			if (nth > 0) lines.push([]);
			if (piece) lines.at(-1)!.push(op === 'removed' || op === 'added' ? { text: piece, mark: op } : { text: piece });
		}
	}
	return lines;
}

function plainLines(text: string): PrintedCell {
	return printable(text)
		.trim()
		.split('\n')
		.map((line) => (line ? [{ text: line }] : []));
}

function capital(text: string): string {
	return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
