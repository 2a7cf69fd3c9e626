import { fold, foldWithMap } from '../../base/fold.ts';
import { node, type JsonNode } from '../schema/json.ts';
import type { HeaderFieldName } from '../schema/frame.ts';
import type { Kind } from '../schema/kinds.ts';
import type { Profile } from '../schema/profiles.ts';
import { isBasis, isEnacting } from './frame-labels.ts';
import { isCaps, readAppendix, readLabel } from './labels.ts';
import { joinInline, type SourceBlock, type SourceLine, sliceInline, withoutMarks } from './source.ts';

/** A header block that was read. */
export interface HeaderFound {
	/** A `documentHeader`, with a paragraph for each line that has no field. */
	blocks: JsonNode[];
	/** Which of them are such paragraphs. */
	outside: number[];
	/** The first source block after the header. */
	next: number;
	printed: string[];
	/** `NGHỊ QUYẾT`, and what it is about; '' when not found. */
	kind: string;
	subject: string;
}

const KIND =
	/^(?:NGHỊ QUYẾT|QUYẾT ĐỊNH|KẾ HOẠCH|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?|BÁO CÁO|THÔNG BÁO(?: KẾT LUẬN)?|KẾT LUẬN|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|HƯỚNG DẪN|TỜ TRÌNH|CÔNG ĐIỆN|ĐỀ ÁN|NGHỊ ĐỊNH|THÔNG TƯ|PHƯƠNG ÁN|BIÊN BẢN|CHIẾN LƯỢC|NỘI QUY|(?:BỘ LUẬT|LUẬT|PHÁP LỆNH) [\p{Lu}, ]+)$/u;
const SYMBOL = /^(?:(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Quyết định)\s+)?số\s*:?\s*[^\s,:]*[/-]\S*/iu;
const SYMBOL_INSIDE = /(?<=\s)(?:(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Quyết định)\s+số|Số)\s*:?\s*[^\s,:]*[/-]\S*/u;
const PLACE_DATE = /\p{Lu}[\p{L}.\- ]{1,40},\s*ngày\s*(?:\S{1,8}\s+)?tháng\s*(?:\S{1,8}\s+)?năm\s*(?:\d{4}|[….]*)/u;
const RULE = /^(?:[-_*–—=~]{2,}|\*)$/;
const NATION = 'cong hoa xa hoi chu nghia viet nam';
const PARTY = 'dang cong san viet nam';
const MOTTO = /doc lap\s*[-–—]\s*tu do\s*[-–—]\s*hanh phuc/;
/** A quick look before the folding: every title ends in one of these words. */
const TITLE_HINT = /nam|phúc|phuc/iu;
const ATTACHED = /\(\s*(?:ban hành\s+)?kèm theo/iu;
/** `KẾ HOẠCH` / `Thực hiện Nghị quyết số …`: what a plan is about, not a legal basis. */
const SUBJECT_LIKE_BASIS = /^(?:Thực hiện|Quán triệt|Thi hành)\s.*[^;:.]$/u;
const DRAFT_MARK = /^(?:dự thảo|tài liệu|mật|tối mật|khẩn|thượng khẩn|hỏa tốc)(?:\s|$)/iu;
/** A second line of the name of one body, not a body of its own. */
const NAME_GOES_ON = /^(?:THÀNH PHỐ|TỈNH|PHƯỜNG|XÃ|ĐẶC KHU|QUẬN|HUYỆN|THỊ XÃ|KHÓA|KHOÁ|NHIỆM KỲ|VỀ|VÀ)(?:\s|$)/u;

const NAME_IS_CUT = /(?:^|\s)(?:THÀNH PHỐ|TỈNH|PHƯỜNG|XÃ|ĐẶC KHU|QUẬN|HUYỆN|VÀ|CỦA|BỘ|SỞ|CỤC|BAN)$/u;

const KIND_WORDS: [string, Kind][] = [
	['nghi quyet', 'resolution'],
	['chuong trinh', 'action-programme'],
	['ke hoach', 'plan'],
	['quyet dinh', 'decision'],
	['bao cao', 'report']
];

const LONGEST_HEADER = 30;
const LONGEST_SUBJECT = 600;

/** Whether a header block begins here: the national or the Party's title is in this line or in the next three. */
export function startsHeader(blocks: readonly SourceBlock[], start: number): boolean {
	for (let index = start; index < Math.min(start + 4, blocks.length); index++) {
		const block = blocks[index];
		if (block?.kind !== 'line') return false;
		const title = titleToken(block.text);
		if (title && (title.from === 0 || isCaps(block.text.slice(0, title.from)))) return true;
		if (!isCaps(block.text) && !SYMBOL.test(block.text)) return false;
	}
	return false;
}

/** Reads the header block that begins at a source block; null when there is none. */
export function readHeader(blocks: readonly SourceBlock[], start: number, profile: Profile): HeaderFound | null {
	const reader = new HeaderReader(profile);
	let next = start;
	for (; next < Math.min(start + LONGEST_HEADER, blocks.length); next++) {
		const block = blocks[next];
		if (block?.kind !== 'line') break;
		if (endsHeader(block) && !(reader.wantsSubject && SUBJECT_LIKE_BASIS.test(block.text))) break;
		if (!reader.takeLine(block, blocks[next + 1])) break;
	}
	return reader.finish(next);
}

/** The kind of document that the type and subject of a header name. */
export function kindOf(type: string, subject = ''): Kind {
	const folded = fold(type);
	const known = KIND_WORDS.find(([words]) => folded.startsWith(words));
	if (known) return known[1];
	return folded.includes('ket luan') || fold(subject).startsWith('ket luan') ? 'conclusion-notice' : 'other';
}

/** Whether a line is the type of a document, alone: `NGHỊ QUYẾT`. */
export function isKindLine(text: string): boolean {
	return KIND.test(text);
}

/** Whether a text says to what it is attached: `(Kèm theo Nghị quyết số …)`. */
export function saysAttached(text: string): boolean {
	return ATTACHED.test(text);
}

class HeaderReader {
	#profile: Profile;
	#fields: JsonNode[] = [];
	#blocks: JsonNode[] = [];
	#outside: number[] = [];
	#printed: string[] = [];
	#names: SourceLine[] = [];
	#kind = '';
	#subject = '';
	#subjectBold = false;
	#found = false;

	constructor(profile: Profile) {
		this.#profile = profile;
	}

	/** The type was read and what it is about was not. */
	get wantsSubject(): boolean {
		return this.#kind !== '' && this.#subject === '' && !/LUẬT|PHÁP LỆNH/.test(this.#kind);
	}

	/** Takes a line into the header; false when the header ended before it. */
	takeLine(line: SourceLine, following: SourceBlock | undefined): boolean {
		if (this.#subject && this.#subjectGoesOn(line)) return true;
		if (this.#kind && this.#subject && !this.#isAfterword(line)) return false;
		let at = 0;
		while (at < line.text.length) {
			const rest = line.text.slice(at);
			const token = firstToken(rest, this.#kind === '');
			const before = token ? rest.slice(0, token.from).trim() : rest;
			const piece = cut(line, at, at + (token ? token.from : rest.length));
			if (before && piece && !this.#takeText(piece, following)) {
				if (at === 0) return false;
				this.#stray(piece);
			}
			if (!token) break;
			this.#takeToken(token.kind, cut(line, at + token.from, at + token.to));
			at += token.to;
		}
		return true;
	}

	finish(next: number): HeaderFound | null {
		this.#flushNames();
		this.#flushFields();
		if (!this.#found && !this.#kind) return null;
		const { kind, subject } = { kind: this.#kind, subject: this.#subject };
		return { blocks: this.#blocks, outside: this.#outside, next, printed: this.#printed, kind, subject };
	}

	/** A subject on several lines: the second in capitals or bold like the first, or after a line break. */
	#subjectGoesOn(line: SourceLine): boolean {
		const field = this.#fields.at(-1);
		if (field?.attrs?.name !== 'subject' || RULE.test(line.text) || ATTACHED.test(line.text)) return false;
		const sameCase = isCaps(line.text) === isCaps(this.#subject);
		const isSecond = line.continued || (sameCase && (isCaps(line.text) || (line.bold && this.#subjectBold)));
		const runsOver = line.wraps && /^\p{Ll}/u.test(line.text);
		if (!isSecond && !runsOver) return false;
		const more = withoutMarks(line.inline, 'bold', 'italic', 'underline');
		field.content = joinInline(field.content ?? [], more, runsOver ? 'space' : 'break');
		this.#subject += ` ${line.text}`;
		return true;
	}

	/** After the subject only rules and the issuing body's name in capitals still belong to the header. */
	#isAfterword(line: SourceLine): boolean {
		return RULE.test(line.text) || ATTACHED.test(line.text);
	}

	#takeToken(kind: Token['kind'], piece: SourceLine | null): void {
		if (!piece) return;
		if (kind === 'rule') {
			this.#printed.push(piece.text);
			return;
		}
		this.#flushNames();
		this.#found = true;
		if (kind === 'symbol' || kind === 'placeDate') this.#add(kind, piece);
		else if ((kind === 'party') === (this.#profile.family === 'party')) this.#printed.push(piece.text);
		else this.#stray(piece);
	}

	#takeText(piece: SourceLine, following: SourceBlock | undefined): boolean {
		const { text } = piece;
		if (this.#kind) return this.#takeSubject(piece, following);
		if (KIND.test(text)) {
			this.#flushNames();
			this.#kind = text;
			this.#add('kind', piece);
		} else if (DRAFT_MARK.test(text)) this.#stray(piece);
		else if (isCaps(text) && text.length <= 120) this.#names.push(piece);
		else if (/^V\/v\s/i.test(text)) this.#add('subject', piece);
		else return false;
		return true;
	}

	#takeSubject(piece: SourceLine, following: SourceBlock | undefined): boolean {
		const { text } = piece;
		const attached = ATTACHED.exec(text);
		if (attached && attached.index === 0) return this.#attachment(piece);
		if (this.#subject || text.length > LONGEST_SUBJECT || DRAFT_MARK.test(text)) return false;
		if (isIssuer(text) && following?.kind === 'line' && isBasis(following.text)) return false;
		this.#subject = attached ? text.slice(0, attached.index).trim() : text;
		this.#subjectBold = piece.bold;
		const subject = attached ? cut(piece, 0, attached.index) : piece;
		if (subject) this.#add('subject', subject);
		const rest = attached && cut(piece, attached.index, text.length);
		return rest ? this.#attachment(rest) : true;
	}

	#attachment(piece: SourceLine): boolean {
		this.#flushFields();
		this.#blocks.push(node('paragraph', { align: 'center' }, piece.inline));
		return true;
	}

	#stray(piece: SourceLine): void {
		this.#flushNames();
		this.#flushFields();
		this.#outside.push(this.#blocks.length);
		this.#blocks.push(node('paragraph', { align: piece.align }, piece.inline));
	}

	#add(name: HeaderFieldName, piece: SourceLine): void {
		this.#fields.push(node('headerField', { name }, withoutMarks(piece.inline, 'bold', 'italic', 'underline')));
	}

	/** The names in capitals before the type: the last body issues, those above it are its parents. */
	#flushNames(): void {
		const bodies: SourceLine[][] = [];
		for (const line of this.#names) {
			const last = bodies.at(-1);
			const isCut = last && NAME_IS_CUT.test(last.at(-1)?.text ?? '');
			const goesOn = last && (isCut || NAME_GOES_ON.test(line.text)) && last[0]?.bold === line.bold;
			if (goesOn) last.push(line);
			else bodies.push([line]);
		}
		for (const [index, body] of bodies.entries()) {
			const inline = body.flatMap((line, at) => [
				...(at ? [{ type: 'hardBreak' }] : []),
				...withoutMarks(line.inline, 'bold', 'italic', 'underline')
			]);
			this.#fields.push(node('headerField', { name: index < bodies.length - 1 ? 'parent' : 'agency' }, inline));
		}
		this.#names = [];
	}

	#flushFields(): void {
		if (this.#fields.length) this.#blocks.push(node('documentHeader', null, this.#fields));
		this.#fields = [];
	}
}

interface Token {
	kind: 'nation' | 'party' | 'motto' | 'symbol' | 'placeDate' | 'rule';
	from: number;
	to: number;
}

/** The first thing in a line that is not free text. */
function firstToken(text: string, beforeKind: boolean): Token | null {
	const offset = text.length - text.trimStart().length;
	const trimmed = text.trim();
	if (RULE.test(trimmed)) return { kind: 'rule', from: offset, to: text.length };
	if (!beforeKind) return null;
	const symbol = SYMBOL.exec(text.slice(offset));
	if (symbol) return { kind: 'symbol', from: offset, to: offset + symbol[0].length };
	const inside = SYMBOL_INSIDE.exec(text);
	const found = [titleToken(text), matchToken('placeDate', PLACE_DATE.exec(text)), matchToken('symbol', inside)].filter(
		(token) => token !== null
	);
	return found.sort((a, b) => a.from - b.from)[0] ?? null;
}

function matchToken(kind: Token['kind'], match: RegExpExecArray | null): Token | null {
	return match && { kind, from: match.index, to: match.index + match[0].length };
}

/** The national title, the Party's (both only in capitals) or the motto. */
function titleToken(text: string): Token | null {
	if (text.length > 400 || !TITLE_HINT.test(text)) return null;
	const folded = foldWithMap(text);
	const range = (kind: Token['kind'], at: number, length: number): Token => ({
		kind,
		from: folded.map[at] as number,
		to: folded.map[at + length] as number
	});
	const motto = MOTTO.exec(folded.text);
	const nation = folded.text.indexOf(NATION);
	const party = folded.text.indexOf(PARTY);
	const tokens = [
		nation >= 0 ? range('nation', nation, NATION.length) : null,
		party >= 0 ? range('party', party, PARTY.length) : null,
		motto ? range('motto', motto.index, motto[0].length) : null
	].filter((token) => token !== null);
	const real = tokens.filter(({ kind, from, to }) => kind === 'motto' || isCaps(text.slice(from, to)));
	return real.sort((a, b) => a.from - b.from)[0] ?? null;
}

function cut(line: SourceLine, from: number, to: number): SourceLine | null {
	const inline = sliceInline(line.inline, from, to);
	if (!inline.length) return null;
	return { ...line, inline, text: line.text.slice(from, to).trim() };
}

/** The body that speaks, on a line of its own before the legal bases: `CHÍNH PHỦ`. */
function isIssuer(text: string): boolean {
	return isCaps(text) && text.length <= 120;
}

function endsHeader({ text, bold }: SourceLine): boolean {
	if (isBasis(text) || isEnacting(text) || /^Kính (?:gửi|trình)/iu.test(text)) return true;
	if (readAppendix(text, bold)) return true;
	const label = readLabel(text, bold);
	return label !== null && label.level !== 'indent';
}
