import { fold } from '../../base/fold.ts';
import { type BlockLike, type Entry, type Numbering, typeName } from '../numbering/numbering.ts';
import { elementText } from '../schema/element-text.ts';
import { inlineText, type JsonNode } from '../schema/json.ts';
import { parseCitation, resolveCitation } from './citation.ts';

/** A provision offered by the picker of cross-references. */
export interface Candidate {
	uid: string;
	/** `điểm a khoản 2 Điều 5` */
	citation: string;
	/** The beginning of its text. */
	text: string;
}

const TEXT_LENGTH = 120;

/**
 * What a reference prints. In full; inside one appendix without its name; inside the same Điều with `Điều này` (`khoản
 * này` inside the same khoản), unless its scope is 'document'. Null when the target is gone: then the text it last had
 * is shown, marked as broken.
 */
export function printReference(
	target: string,
	numbering: Numbering,
	options: { from?: string | null; scope?: string | null } = {}
): string | null {
	const full = numbering.citation(target);
	const entry = numbering.byUid.get(target);
	const from = options.from ? numbering.byUid.get(options.from) : undefined;
	if (full === null || !entry || !from || options.scope === 'document') return full;
	const around = new Set([...from.parents, from.uid]);
	const root = entry.parents[0] && numbering.byUid.get(entry.parents[0]);
	const isLocal = root && root.level === 'appendix' && around.has(root.uid);
	const local = isLocal ? full.slice(0, -root.short.length - 1) : full;
	const shared = entry.parents
		.map((uid) => numbering.byUid.get(uid))
		.filter((parent) => parent !== undefined && around.has(parent.uid))
		.findLast((parent) => parent?.level === 'article' || parent?.level === 'clause');
	if (!shared) return local;
	const word = shared.level === 'article' ? 'Điều này' : 'khoản này';
	return `${full.slice(0, full.indexOf(shared.short))}${word}`;
}

/**
 * The provisions that fit what was typed after `@`: first the one that the words cite (seen from `from`), then those
 * whose citation begins with them, then those whose text has them; without case and diacritics.
 */
export function findCandidates(
	content: readonly BlockLike[],
	numbering: Numbering,
	query: string,
	options: { from?: string; limit?: number } = {}
): Candidate[] {
	const { from, limit = 12 } = options;
	const wanted = fold(query).replace(/^@/, '').trim().replace(/\s+/g, ' ');
	const cited = parseCitation(query);
	const exact = cited ? resolveCitation(cited, numbering, from) : null;
	const ranked: { rank: number; candidate: Candidate }[] = [];
	for (const entry of numbering.entries) {
		const citation = numbering.citation(entry.uid) ?? entry.short;
		const text = entryText(content, entry);
		const rank = entry.uid === exact ? 0 : rankOf(entry, fold(citation), text, wanted);
		if (rank !== null) ranked.push({ rank, candidate: { uid: entry.uid, citation, text: text.slice(0, TEXT_LENGTH) } });
	}
	ranked.sort((a, b) => a.rank - b.rank);
	return ranked.slice(0, limit).map(({ candidate }) => candidate);
}

/** The text of an entry; an attachment without a title of its own has the type and subject of its header block. */
export function entryText(content: readonly BlockLike[], entry: Entry): string {
	const block = content[entry.index];
	const own = block ? blockText(block) : '';
	if (own || entry.level !== 'appendix') return own;
	const header = content[entry.index + 1];
	if (!header || typeName(header) !== 'documentHeader') return '';
	return childrenOf(header)
		.filter((field) => field.attrs?.name === 'kind' || field.attrs?.name === 'subject')
		.map(blockText)
		.join(' ');
}

function rankOf(entry: Entry, citation: string, text: string, wanted: string): number | null {
	if (wanted === '') return entry.level === 'article' || entry.level === 'appendix' ? 1 : 2;
	if (citation === wanted) return 1;
	if (citation.startsWith(`${wanted} `)) return 2;
	if (citation.startsWith(wanted)) return 3;
	if (citation.includes(wanted)) return 4;
	return fold(text).includes(wanted) ? 5 : null;
}

/** The text of a block in either form: a live ProseMirror node knows its own. */
function blockText(block: BlockLike): string {
	const live = block as Partial<LiveNode>;
	if (live.textBetween && live.content) return live.textBetween(0, live.content.size, ' ', leafText);
	return inlineText(block as JsonNode).replaceAll('\n', ' ');
}

/** What is used of a ProseMirror node. */
interface LiveNode {
	content: { size: number };
	textBetween(from: number, to: number, separator: string, leaf: (node: BlockLike) => string): string;
}

function leafText(node: BlockLike): string {
	return typeName(node) === 'hardBreak' ? ' ' : elementText(typeName(node), node.attrs);
}

function childrenOf(block: BlockLike): BlockLike[] {
	const { content } = block as { content?: readonly BlockLike[] | { content: readonly BlockLike[] } };
	if (!content) return [];
	return Array.isArray(content) ? content : [...(content as { content: readonly BlockLike[] }).content];
}
