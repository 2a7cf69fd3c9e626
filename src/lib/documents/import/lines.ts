import type { JsonNode } from '../schema/json.ts';
import type { Profile } from '../schema/profiles.ts';
import { isBasis } from './frame-labels.ts';
import { type SourceLine, sliceInline } from './source.ts';

/** Words after which neither a sentence nor a title can end. */
const NEVER_LAST =
	/(?:^|\s)(?:của|và|các|những|hoặc|với|về|tại|từ|đến|là|bởi|nhằm|gồm|nếu|vì|mà|thì|cho|để|bằng|thuộc|nhưng|cùng)$/u;
/** No paragraph of a real text is longer (characters). */
const LONGEST_JOINED = 8000;
const SENTENCE_END = /[.;:!?…”")\]]$/;
const NEXT_BASIS = /;\s+(?=(?:Căn cứ|Thực hiện|Theo đề nghị|Xét|Trên cơ sở)\s)/gu;
const ENACTMENT =
	/;\s+(?=(?:Quốc hội|Chính phủ|Thủ tướng|Hội đồng nhân dân|Ủy ban nhân dân|Uỷ ban nhân dân|Bộ trưởng)[^;]{0,160}\sban hành\s)/gu;

/**
 * Whether a line certainly goes on with the text before it: that text cannot have ended, and the line begins like the
 * middle of a sentence or the text ended in a word that wants another.
 */
export function isContinuation(before: string, line: SourceLine): boolean {
	if (!line.wraps || before === '' || before.length > LONGEST_JOINED || SENTENCE_END.test(before)) return false;
	return /^[\p{Ll}]/u.test(line.text) || NEVER_LAST.test(before);
}

/** Whether a paragraph looks like a piece of the text before it, without being certain. */
export function mayBeContinuation(before: string, line: SourceLine, last: JsonNode | undefined): boolean {
	if (!SENTENCE_END.test(line.text)) return true;
	if (before === '' || SENTENCE_END.test(before)) return /^\p{Ll}/u.test(line.text);
	const level = last?.attrs?.level;
	return level === 'clause' || level === 'point' || level === 'indent' || last?.type === 'paragraph';
}

/**
 * The legal bases on one line: several may be joined by `;`, and the sentence of enactment may follow them. The dash
 * that the Party layouts print is taken off. No bases when the line is none.
 */
export function splitBases(line: SourceLine, profile: Profile): { bases: JsonNode[][]; sentence: JsonNode[] | null } {
	if (!isBasis(line.text) || line.text.endsWith(':')) return { bases: [], sentence: null };
	const dash = profile.legalBasis.prefix.trim() ? (/^[-–]\s*/.exec(line.text)?.[0].length ?? 0) : 0;
	const enactment = [...line.text.matchAll(ENACTMENT)].at(-1);
	const end = enactment ? enactment.index + 1 : line.text.length;
	const bases: JsonNode[][] = [];
	let from = dash;
	for (const match of line.text.slice(0, end).matchAll(NEXT_BASIS)) {
		bases.push(sliceInline(line.inline, from, match.index + 1));
		from = match.index + match[0].length;
	}
	bases.push(sliceInline(line.inline, from, end));
	return { bases, sentence: enactment ? sliceInline(line.inline, end) : null };
}
