import { isLevel, type Level } from '../../text/levels.ts';
import { profileOf, type Profile, type ProfileId } from '../schema/profiles.ts';
import { Counters, type Counted } from './counters.ts';
import { toRoman } from './numerals.ts';

/** A top-level block: a node of ProseMirror JSON or a live ProseMirror node. */
export interface BlockLike {
	readonly type: string | { readonly name: string };
	readonly attrs?: Readonly<Record<string, unknown>>;
}

/** The computed number of one provision or appendix. */
export interface Entry {
	uid: string;
	/** Place among the top-level blocks of the document. */
	index: number;
	level: Level | 'appendix';
	/** As printed before the text: `Chương I`, `Điều 5.`, `1.`, `đ)`, `I-`, `-`, `Phụ lục II`; '' for an attachment. */
	label: string;
	/** As cited: `Chương I`, `Điều 5`, `khoản 2`, `điểm b`, `mục I`, `gạch đầu dòng thứ 2`. */
	short: string;
	/** The number alone: `I`, `5`, `đ`. */
	number: string;
	/** Order of width; smaller is wider. */
	rank: number;
	/** The uids that contain it, widest first. */
	parents: string[];
}

/** An entry with what it contains. */
export interface OutlineItem extends Entry {
	children: OutlineItem[];
}

export interface Numbering {
	/** In document order. A provision whose uid appeared before keeps its place here, but `byUid` has the first. */
	entries: Entry[];
	byUid: Map<string, Entry>;
	outline: OutlineItem[];
	/** `điểm a khoản 2 Điều 5`, small to large, in full; null when the uid is not in the document. */
	citation(uid: string): string | null;
}

const APPENDIX_RANK = -1;

/**
 * Numbers a document. Rules: Nghị định 30/2020/NĐ-CP, Phụ lục I (Phần and Chương Roman, Mục and Tiểu mục Arabic,
 * Điều through the whole document, khoản and điểm from the start in each) and the Party guidelines (I-, 1., a), -).
 * O(n) in the number of blocks.
 */
export function numberProvisions(content: readonly BlockLike[], profileId: ProfileId): Numbering {
	const profile = profileOf(profileId);
	const counters = new Counters(profile);
	const appendixLabel = appendixLabels(content, profile);
	const entries: Entry[] = [];
	const byUid = new Map<string, Entry>();
	const outline: OutlineItem[] = [];
	const open: OutlineItem[] = [];
	for (let index = 0; index < content.length; index++) {
		const block = content[index] as BlockLike;
		const made = makeEntry(block, index, counters, profile, appendixLabel);
		if (!made) continue;
		while (open.length && (open.at(-1) as OutlineItem).rank >= made.rank) open.pop();
		made.parents = open.map((item) => item.uid);
		(open.at(-1)?.children ?? outline).push(made);
		open.push(made);
		entries.push(made);
		if (!byUid.has(made.uid)) byUid.set(made.uid, made);
	}
	return { entries, byUid, outline, citation: (uid) => cite(uid, byUid) };
}

/** The name of the type of a block, whichever form it has. */
export function typeName(block: BlockLike): string {
	return typeof block.type === 'string' ? block.type : block.type.name;
}

function makeEntry(
	block: BlockLike,
	index: number,
	counters: Counters,
	profile: Profile,
	appendixLabel: (number: string | null) => { label: string; number: string }
): OutlineItem | null {
	const type = typeName(block);
	const attrs = block.attrs ?? {};
	const uid = textOr(attrs.uid) ?? `#${index}`;
	const number = textOr(attrs.number);
	const place = { uid, index, parents: [], children: [] };
	if (type === 'appendix') {
		counters.restart();
		const isAttachment = attrs.kind === 'attachment';
		const printed = isAttachment ? { label: '', number: '' } : appendixLabel(number);
		const short = isAttachment ? 'văn bản kèm theo' : printed.label;
		return { ...place, ...printed, short, level: 'appendix', rank: APPENDIX_RANK };
	}
	if (type !== 'provision' || !isLevel(attrs.level)) return null;
	const counted = counters.count({ level: attrs.level, mark: textOr(attrs.mark), number });
	return {
		...place,
		level: attrs.level,
		label: labelOf(attrs.level, counted, profile),
		short: shortOf(attrs.level, counted),
		number: counted.printed,
		rank: counted.rank
	};
}

/** `Phụ lục I`, `Phụ lục II` …; a single one is `Phụ lục`. */
function appendixLabels(content: readonly BlockLike[], profile: Profile) {
	const isNumbered = (block: BlockLike) => typeName(block) === 'appendix' && block.attrs?.kind !== 'attachment';
	const several = content.filter(isNumbered).length > 1;
	let count = 0;
	return (explicit: string | null) => {
		count++;
		const number = explicit ?? (several ? toRoman(count) : '');
		return { number, label: number ? `${profile.appendix.label} ${number}` : profile.appendix.label };
	};
}

function labelOf(level: Level, { printed, roman }: Counted, profile: Profile): string {
	switch (level) {
		case 'part':
			return `Phần ${printed}`;
		case 'chapter':
			return `Chương ${printed}`;
		case 'section':
			return roman ? `${printed}${profile.numbering.romanSuffix}` : `Mục ${printed}`;
		case 'subsection':
			return `Tiểu mục ${printed}`;
		case 'article':
			return `Điều ${printed}.`;
		case 'clause':
			return `${printed}.`;
		case 'point':
			return `${printed})`;
		case 'indent':
			return printed === '-' ? profile.numbering.indentMark : printed;
	}
}

function shortOf(level: Level, { printed, roman, value }: Counted): string {
	switch (level) {
		case 'part':
			return `Phần ${printed}`;
		case 'chapter':
			return `Chương ${printed}`;
		case 'section':
			return roman ? `mục ${printed}` : `Mục ${printed}`;
		case 'subsection':
			return `Tiểu mục ${printed}`;
		case 'article':
			return `Điều ${printed}`;
		case 'clause':
			return `khoản ${printed}`;
		case 'point':
			return `điểm ${printed}`;
		case 'indent':
			return `gạch đầu dòng thứ ${value}`;
	}
}

/** Small to large. A Điều is unique in its text, so nothing above it is named except an appendix or attachment. */
function cite(uid: string, byUid: Map<string, Entry>): string | null {
	const entry = byUid.get(uid);
	if (!entry) return null;
	const words = [entry.short];
	let hasArticle = entry.level === 'article';
	for (const parentUid of entry.parents.toReversed()) {
		const parent = byUid.get(parentUid);
		if (!parent || (hasArticle && parent.level !== 'appendix')) continue;
		if (parent.short !== words.at(-1)) words.push(parent.short);
		hasArticle ||= parent.level === 'article';
	}
	return words.join(' ');
}

function textOr(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}
