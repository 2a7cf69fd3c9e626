import { newUid } from '../../base/ids.ts';
import { Counters } from '../numbering/counters.ts';
import { withPlaceholdersIn } from '../gaps/placeholders.ts';
import { toRoman } from '../numbering/numerals.ts';
import { inlineText, node, type JsonNode } from '../schema/json.ts';
import { isTitled, type Level } from '../../text/levels.ts';
import { profileOf, type Profile, type ProfileId } from '../schema/profiles.ts';
import { readsAsTitle } from '../schema/title.ts';
import { isClosingLayout, readRecipients, readSignature } from './closing.ts';
import { isEnacting, isSurelyBasis } from './frame-labels.ts';
import { isKindLine, readHeader, saysAttached, startsHeader } from './header.ts';
import { judge, type Place } from './judge.ts';
import { isCaps, isOtherNumber, isTitleLike, type Label, readAppendix, readLabel } from './labels.ts';
import { LabelIndex } from './label-index.ts';
import { isContinuation, mayBeContinuation, splitBases } from './lines.ts';
import { quotedLines } from './quotes.ts';
import { type Doubt, emptyReport, type ImportReport } from './report.ts';
import { imageDescription, joinInline, type SourceBlock, type SourceLine, sliceInline, withoutMarks } from './source.ts';

/** What a text was recognised as. */
export interface Recognised {
	/** `{ type: 'doc', content }`; never empty. */
	content: JsonNode;
	report: ImportReport;
	/** Type and subject of the header block; '' when it has none. */
	kind: string;
	subject: string;
}

export interface RecogniseOptions {
	profile: ProfileId;
	/** A piece of a text (a paste): no header is looked for, counts may begin anywhere and are computed. */
	fragment?: boolean;
}

/**
 * Turns lines and ready blocks into a document. Never loses a word: what it is not sure of becomes a paragraph, or
 * keeps its printed number, and the report lists it.
 */
export function recognise(source: readonly SourceBlock[], options: RecogniseOptions): Recognised {
	return new Recogniser(unwrapLayouts(source), options).run();
}

class Recogniser {
	#source: SourceBlock[];
	#profile: Profile;
	#fragment: boolean;
	#counters: Counters;
	#quoted: boolean[];
	#labels: LabelIndex;
	#blocks: JsonNode[] = [];
	#report = emptyReport();
	#at = 0;
	/** `basis`: after a header, where legal bases stand; `body`; `end`: after a signature. */
	#zone: 'basis' | 'body' | 'end' = 'body';
	#provisions = 0;
	#appendices = 0;
	/** The source index whose text the last block ends with. */
	#lastLine = -1;
	#kind = '';
	#subject = '';

	constructor(source: SourceBlock[], { profile, fragment = false }: RecogniseOptions) {
		this.#source = source;
		this.#profile = profileOf(profile);
		this.#fragment = fragment;
		this.#counters = new Counters(this.#profile);
		const texts = source.map((block) => (block.kind === 'line' ? block.text : null));
		this.#quoted = quotedLines(texts);
		this.#labels = new LabelIndex(source, this.#quoted);
	}

	run(): Recognised {
		if (!this.#fragment) this.#header();
		while (this.#at < this.#source.length) {
			const block = this.#source[this.#at] as SourceBlock;
			if (block.kind === 'node') this.#node(block.node);
			else this.#line(block);
		}
		if (!this.#blocks.length) this.#blocks.push(node('paragraph', null));
		const content = { type: 'doc', content: this.#withPlaceholders() };
		return { content, report: this.#report, kind: this.#kind, subject: this.#subject };
	}

	/** What is quoted from another text stays as it stands there. */
	#withPlaceholders(): JsonNode[] {
		const quoted = new Set(this.#report.unsure.filter(({ reason }) => reason === 'quoted').map(({ block }) => block));
		return this.#blocks.map((block, nth) => (quoted.has(nth) ? block : withPlaceholdersIn(block)));
	}

	#header(): boolean {
		const found = readHeader(this.#source, this.#at, this.#profile);
		if (!found) return false;
		this.#kind ||= found.kind;
		this.#subject ||= found.subject;
		const first = this.#blocks.length;
		for (const block of found.blocks) this.#push(block);
		for (const index of found.outside) this.#doubt('outside', first + index);
		this.#report.printed.push(...found.printed);
		this.#at = found.next;
		this.#zone = 'basis';
		return true;
	}

	#node(block: JsonNode): void {
		if (block.type === 'image' && !block.attrs?.src) this.#push(imageDescription(block), 'picture');
		else this.#push(block);
		this.#at++;
	}

	#line(line: SourceLine): void {
		if (this.#quoted[this.#at]) return this.#paragraph(line, 'quoted');
		if (!this.#fragment && (this.#appendix(line) || this.#attachment(line))) return;
		if (this.#zone !== 'body' && this.#basis(line)) return;
		if (this.#enacting(line) || (!this.#fragment && this.#closing(line))) return;
		const label = readLabel(line.text, line.bold);
		if (label && this.#provision(line, label)) return;
		if (label) return this.#paragraph(line, 'sequence');
		this.#paragraph(line, isOtherNumber(line.text) ? 'decimal' : null);
	}

	#appendix(line: SourceLine): boolean {
		const found = readAppendix(line.text, line.bold);
		if (!found) return false;
		const title = this.#title(sliceInline(line.inline, found.rest));
		this.#appendices++;
		const computed = this.#labels.appendices > 1 ? toRoman(this.#appendices) : null;
		const number = found.number === computed ? null : found.number;
		this.#push(node('appendix', { uid: newUid(), kind: 'appendix', number }, withoutMarks(title, 'bold')));
		this.#open();
		return true;
	}

	/** An attached programme or regulation: with a header block of its own, or with a title that says so. */
	#attachment(line: SourceLine): boolean {
		if (!this.#provisions && this.#zone !== 'end') return false;
		if (startsHeader(this.#source, this.#at)) {
			this.#push(node('appendix', { uid: newUid(), kind: 'attachment' }));
			this.#open();
			return this.#header();
		}
		if (!isKindLine(line.text)) return false;
		const ahead = this.#source.slice(this.#at + 1, this.#at + 5);
		const end = ahead.findIndex((block) => block.kind === 'line' && saysAttached(block.text));
		if (end < 0) return false;
		let title = withoutMarks(line.inline, 'bold');
		for (const block of ahead.slice(0, end)) {
			if (block.kind === 'line') title = joinInline(title, withoutMarks(block.inline, 'bold'), 'break');
		}
		this.#push(node('appendix', { uid: newUid(), kind: 'attachment' }, title));
		this.#at += end + 1;
		this.#open();
		return true;
	}

	/** After the title of an appendix everything starts again. */
	#open(): void {
		this.#counters.restart();
		this.#zone = 'basis';
	}

	#basis(line: SourceLine): boolean {
		const previous = this.#blocks.at(-1)?.type;
		const { bases, sentence } = splitBases(line, this.#profile);
		if (!bases.length) return false;
		if (!isSurelyBasis(line.text) && previous !== 'legalBasis' && !this.#labels.hasEnacting(this.#at)) return false;
		for (const basis of bases) {
			this.#push(node('legalBasis', { uid: newUid() }, withoutMarks(basis, 'italic', 'bold')));
		}
		this.#lastLine = this.#at;
		if (sentence) this.#push(node('paragraph', { align: null }, sentence));
		this.#at++;
		return true;
	}

	#enacting(line: SourceLine): boolean {
		if (!isEnacting(line.text)) return false;
		this.#push(node('enactingLine', null, withoutMarks(line.inline, 'bold')));
		this.#zone = 'body';
		this.#at++;
		return true;
	}

	#closing(line: SourceLine): boolean {
		const found = readRecipients(this.#source, this.#at) ?? readSignature(this.#source, this.#at);
		if (!found) return false;
		for (const block of found.blocks) this.#push(block);
		this.#report.printed.push(...found.printed);
		if (found.outside) this.#push(node('paragraph', { align: line.align }, found.outside.inline), 'outside');
		this.#at = found.next;
		this.#zone = 'end';
		return true;
	}

	#provision(line: SourceLine, label: Label): boolean {
		if (label.level === 'section' && !label.roman && this.#profile.numbering.sectionIsRoman) return false;
		const verdict = judge(label, this.#counters, this.#place());
		if (!verdict.accepted) return false;
		const mark = label.roman && !this.#profile.numbering.sectionIsRoman ? 'roman' : null;
		this.#counters.count({ level: label.level, mark, number: verdict.number });
		const rest = sliceInline(line.inline, label.rest);
		const isHeading = isTitled(label.level);
		const text = isHeading ? withoutMarks(this.#heading(line, rest, label.level), 'bold') : rest;
		if (!isHeading) this.#at++;
		const isComputed = this.#fragment && verdict.doubt === 'start';
		const number = isComputed ? null : verdict.number;
		const doubt = isComputed ? null : verdict.doubt;
		const attrs = { uid: newUid(), level: label.level, mark, number };
		const titled = label.level === 'article' ? { titled: readsAsTitle(inlineText({ type: 'line', content: text })) } : {};
		this.#push(node('provision', { ...attrs, ...titled }, text), doubt);
		this.#lastLine = this.#at - 1;
		this.#provisions++;
		if (this.#zone === 'basis') this.#zone = 'body';
		return true;
	}

	#place(): Place {
		const previous = this.#blocks.at(-1)?.type;
		return {
			first: this.#provisions === 0,
			afterText: previous !== 'provision' && previous !== undefined,
			fragment: this.#fragment,
			later: (level, value) => this.#labels.later(level, value, this.#at)
		};
	}

	/** The title of a heading: on its line, or on the next ones. Moves past the lines it takes. */
	#heading(line: SourceLine, rest: JsonNode[], level: Level): JsonNode[] {
		if (rest.length && level === 'article') {
			this.#at++;
			return rest;
		}
		return this.#title(rest, line.wraps);
	}

	/** A title that begins with `rest` and may run on in capitals, or stands on the next line. Moves past it. */
	#title(rest: JsonNode[], wraps = true): JsonNode[] {
		this.#at++;
		let title = rest;
		const first = this.#source[this.#at];
		if (!title.length) {
			if (first?.kind !== 'line' || !this.#isTitle(first, this.#at)) return title;
			title = first.inline;
			this.#at++;
		}
		const isCapital = () => isCaps(inlineText({ type: 'line', content: title }));
		for (let next = this.#source[this.#at]; next?.kind === 'line' && isCapital(); next = this.#source[this.#at]) {
			if (!(wraps || next.continued || next.bold) || !isCaps(next.text) || !this.#isTitle(next, this.#at)) break;
			title = joinInline(title, next.inline, 'space');
			this.#at++;
		}
		return title;
	}

	#isTitle(line: SourceLine, index: number): boolean {
		if (this.#quoted[index] || readLabel(line.text, line.bold)) return false;
		if (readAppendix(line.text, line.bold) || isEnacting(line.text) || saysAttached(line.text)) return false;
		return isCaps(line.text) || (isTitleLike(line.text) && (line.bold || line.text.length <= 200));
	}

	#paragraph(line: SourceLine, doubt: Doubt | null): void {
		const last = this.#blocks.at(-1);
		const follows = last && this.#lastLine === this.#at - 1;
		if (follows && !doubt && this.#join(line, last)) return;
		const before = follows ? inlineText(last) : '';
		const isFrame = this.#zone === 'end' || (this.#zone === 'basis' && (isCaps(line.text) || saysAttached(line.text)));
		const isSuspect = line.wraps && !isFrame && mayBeContinuation(before, line, last);
		const isOutside = this.#zone === 'end' && !this.#fragment;
		const reason = doubt ?? (isOutside ? 'outside' : isSuspect ? 'continuation' : null);
		const isIssuer = this.#zone === 'basis' && isCaps(line.text);
		this.#push(node('paragraph', { align: isIssuer ? 'center' : line.align }, line.inline), reason);
		this.#lastLine = this.#at;
		this.#at++;
	}

	/** Joins a line to the block of the line before: after a line break, or where a paragraph certainly runs on. */
	#join(line: SourceLine, last: JsonNode): boolean {
		const isBreak = line.continued && last.type === 'paragraph';
		if (!isBreak && !isContinuation(inlineText(last), line)) return false;
		last.content = joinInline(last.content ?? [], line.inline, isBreak ? 'break' : 'space');
		this.#lastLine = this.#at;
		this.#at++;
		return true;
	}

	#push(block: JsonNode, doubt: Doubt | null = null): void {
		this.#blocks.push(block);
		const name = block.type === 'provision' ? (block.attrs?.level as Level) : block.type;
		const { counts } = this.#report;
		if (Object.hasOwn(counts, name)) counts[name as keyof typeof counts]++;
		if (doubt) this.#doubt(doubt, this.#blocks.length - 1);
	}

	#doubt(reason: Doubt, block: number): void {
		const text = inlineText(this.#blocks[block] as JsonNode).slice(0, 160);
		this.#report.unsure.push({ block, text, reason });
	}
}

/** A table that only lays out a header or a signature becomes its lines, cell by cell. */
function unwrapLayouts(source: readonly SourceBlock[]): SourceBlock[] {
	return source.flatMap((block): SourceBlock[] => {
		if (block.kind === 'line' || !block.cells || block.cells.length > 8) return [block];
		const lines = block.cells.flat();
		const isHeader = block.cells.some((cell) => startsHeader(cell, 0) && cell.length <= 6);
		return isHeader || isClosingLayout(block.cells) ? lines : [block];
	});
}
