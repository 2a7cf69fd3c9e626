import { node, type JsonNode } from '../schema/json.ts';
import type { HeaderFieldName } from '../schema/frame.ts';
import { isCaps, readAppendix, readLabel } from './labels.ts';
import { joinInline, type SourceBlock, type SourceLine, sliceInline, withoutMarks } from './source.ts';

/** A signature or a list of recipients that was read. */
export interface ClosingFound {
	blocks: JsonNode[];
	/** The first source block behind it. */
	next: number;
	printed: string[];
	/** What stood behind the name on its line (the stamp of a digital signature). */
	outside: SourceLine | null;
}

const AUTHORITY = /^(?:(?:TM|KT|TL|TUQ|Q)\.|(?:T\/M|K\/T|T\/L|T\/UQ)\s)\s*\p{Lu}/u;
const NEXT_AUTHORITY = /\s+(?=(?:KT|TL|TUQ)\.\s*\p{Lu}|(?:K\/T|T\/L|T\/UQ)\s+\p{Lu})/u;
const POSITION =
	/^(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|TỔNG BÍ THƯ|THỦ TƯỚNG|BỘ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|THỦ TRƯỞNG|CHÁNH ÁN|CHÁNH THANH TRA|TRƯỞNG PHÒNG|CHỦ NHIỆM|TỔNG KIỂM TOÁN)(?:\s|$)|^(?:THỨ TRƯỞNG|THƯỜNG TRỰC)(?:\s|$)/u;
const DEPUTY = /\s+(?=PHÓ\s+\p{Lu})/u;
const NOTE = /^\(.{2,40}\)$|^(?:đã ký|đã kí)$/iu;
const NAME = /^(?:\p{Lu}[\p{L}.'’-]*\s+){1,6}\p{Lu}[\p{L}'’-]*/u;
const STAMP = /\s+(?=Ký bởi\s*:)/u;
const RECIPIENTS = /^nơi nhận\s*:?\s*/iu;
const RECIPIENT = /^[-–+•*]\s*\S/;

const LONGEST_SIGNATURE = 10;
const LONGEST_NAME = 50;

/**
 * Reads the signature that begins at a source block: authority, position, name. Without a name it is one only where it
 * begins with an authority (`TM.`, `T/M`). Null when there is none.
 */
export function readSignature(blocks: readonly SourceBlock[], start: number): ClosingFound | null {
	const first = lineAt(blocks, start);
	if (!first || !isCapsLine(first) || !(AUTHORITY.test(first.text) || POSITION.test(first.text))) return null;
	const offices: SourceLine[] = [];
	const notes: SourceLine[] = [];
	let next = start;
	for (let line = lineAt(blocks, next); line && next < start + LONGEST_SIGNATURE; line = lineAt(blocks, ++next)) {
		if (NOTE.test(line.text)) notes.push(line);
		else if (isCapsLine(line)) offices.push(...splitOffices(line));
		else break;
	}
	const signer = signerOf(lineAt(blocks, next));
	if (!signer && !AUTHORITY.test(first.text)) return null;
	const signatureNode = node('signature', null, [...officeFields(offices), ...signerFields(notes, signer?.name)]);
	return { blocks: [signatureNode], next: signer ? next + 1 : next, printed: [], outside: signer?.rest ?? null };
}

/** Reads the list of recipients that begins at a source block with `Nơi nhận:`; null when there is none. */
export function readRecipients(blocks: readonly SourceBlock[], start: number): ClosingFound | null {
	const first = lineAt(blocks, start);
	const label = first && RECIPIENTS.exec(first.text);
	if (!first || !label) return null;
	const items: JsonNode[] = splitRecipients(first, label[0].length);
	let next = start + 1;
	for (let line = lineAt(blocks, next); line && isRecipient(line, items.length); line = lineAt(blocks, ++next)) {
		items.push(...splitRecipients(line, 0));
	}
	if (!items.length) items.push(node('paragraph', null));
	return { blocks: [node('recipients', null, items)], next, printed: [label[0].trim()], outside: null };
}

/** Whether a table is only the layout of a header, or of recipients beside a signature. */
export function isClosingLayout(cells: readonly SourceLine[][]): boolean {
	return cells.some((cell) => (cell[0] && RECIPIENTS.test(cell[0].text)) || readSignature(cell, 0) !== null);
}

function officeFields(offices: SourceLine[]): JsonNode[] {
	const last = offices.at(-1);
	const hasPosition = last && !AUTHORITY.test(last.text);
	const authorities = hasPosition ? offices.slice(0, -1) : offices;
	const fields: JsonNode[] = [];
	if (authorities.length) fields.push(field('authority', authorities));
	if (hasPosition) fields.push(field('position', [last]));
	return fields;
}

function signerFields(notes: SourceLine[], name: SourceLine | undefined): JsonNode[] {
	const lines = name ? [...notes, name] : notes;
	return lines.length ? [field('signer', lines)] : [];
}

function field(name: HeaderFieldName, lines: SourceLine[]): JsonNode {
	const inline = lines
		.map((line) => withoutMarks(line.inline, 'bold', 'italic', 'underline'))
		.reduce((before, after) => joinInline(before, after, 'break'));
	return node('headerField', { name }, inline);
}

/** `TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG` on one line. */
function splitOffices(line: SourceLine): SourceLine[] {
	return splitLine(line, NEXT_AUTHORITY).flatMap((part) =>
		/^(?:KT\.|K\/T)/u.test(part.text) ? splitLine(part, DEPUTY) : [part]
	);
}

function signerOf(line: SourceLine | null): { name: SourceLine; rest: SourceLine | null } | null {
	if (!line) return null;
	const [name, rest] = splitLine(line, STAMP);
	if (!name || name.text.length > LONGEST_NAME || NAME.exec(name.text)?.[0] !== name.text) return null;
	return { name, rest: rest ?? null };
}

/** A list on one line: `- Như trên; - Lưu: VT.` */
function splitRecipients(line: SourceLine, from: number): JsonNode[] {
	const rest = part(line, from, line.text.length);
	if (!rest) return [];
	const items = /^[-–]/.test(rest.text) ? splitLine(rest, /(?<=[;.])\s+(?=[-–]\s*\S)/u) : [rest];
	return items.map((item) => node('paragraph', null, withoutMarks(item.inline, 'italic')));
}

function isRecipient(line: SourceLine, count: number): boolean {
	if (isCapsLine(line) || readAppendix(line.text, line.bold)) return false;
	const label = readLabel(line.text, line.bold);
	if (label && label.level !== 'indent') return false;
	return RECIPIENT.test(line.text) || (count > 0 && /[;.]$/.test(line.text) && line.text.length <= 120);
}

function splitLine(line: SourceLine, at: RegExp): SourceLine[] {
	const match = at.exec(line.text);
	if (!match) return [line];
	const before = part(line, 0, match.index);
	const after = part(line, match.index, line.text.length);
	return [...(before ? [before] : []), ...(after ? splitLine(after, at) : [])];
}

function part(line: SourceLine, from: number, to: number): SourceLine | null {
	const inline = sliceInline(line.inline, from, to);
	return inline.length ? { ...line, inline, text: line.text.slice(from, to).trim() } : null;
}

function lineAt(blocks: readonly SourceBlock[], index: number): SourceLine | null {
	const block = blocks[index];
	return block?.kind === 'line' ? block : null;
}

function isCapsLine(line: SourceLine): boolean {
	return isCaps(line.text) && line.text.length <= 160;
}
