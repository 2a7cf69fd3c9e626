/**
 * The kinds of blocks and inline elements that this version knows, with what each attribute may be (SPEC.md, "Kinds").
 * A reader takes an attribute that is not allowed as absent. What is not in this table is of a later version: it is kept.
 */
import { isLevel, levelRank } from './levels.ts';

/** What a kind of block consists of. */
export type Holds = 'text' | 'fields' | 'cells' | 'nothing';

/** The value as it may be used; undefined when it may not. */
export type Check = (value: unknown) => unknown;

interface Kind {
	holds: Holds;
	attrs: Readonly<Record<string, Check>>;
}

/** A list line this deep stands below this many others; deeper ones are drawn there. */
export const DEEPEST = 8;
const LONGEST_NUMBER = 40;
const LONGEST_CITATION = 400;
/** Letters of what a placeholder asks for. */
export const LONGEST_LABEL = 200;
/** Letters of a footnote. */
export const LONGEST_NOTE = 20_000;
const WIDEST = 4_000;

const isString =
	(longest: number): Check =>
	(value) =>
		typeof value === 'string' && value.length <= longest ? value : undefined;
const isOneOf =
	(...values: unknown[]): Check =>
	(value) =>
		values.includes(value) ? value : undefined;
const isCount =
	(least: number, most: number): Check =>
	(value) =>
		typeof value === 'number' && Number.isFinite(value) ? Math.max(least, Math.min(most, Math.round(value))) : undefined;
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null ? null : check(value);

const align = orNull(isOneOf('left', 'center', 'right', 'justify'));
const number = orNull(isString(LONGEST_NUMBER));

const BLOCKS: Readonly<Record<string, Kind>> = {
	documentHeader: { holds: 'fields', attrs: {} },
	signature: { holds: 'fields', attrs: {} },
	legalBasis: { holds: 'text', attrs: {} },
	enactingLine: { holds: 'text', attrs: {} },
	provision: {
		holds: 'text',
		attrs: {
			level: (value) => (isLevel(value) ? value : undefined),
			mark: orNull(isOneOf('roman')),
			number,
			titled: isOneOf(true, false, null)
		}
	},
	paragraph: { holds: 'text', attrs: { align } },
	/** A line of a list. `depth` counts from 0; `more` is set on what is not the first of its line. */
	listItem: { holds: 'text', attrs: { align, depth: isCount(0, DEEPEST), more: isOneOf(true, null) } },
	/** One recipient. */
	recipients: { holds: 'text', attrs: { align } },
	appendix: { holds: 'text', attrs: { kind: isOneOf('appendix', 'attachment'), number } },
	table: { holds: 'cells', attrs: {} },
	image: {
		holds: 'nothing',
		attrs: {
			src: orNull(isFile),
			alt: orNull(isString(2_000)),
			title: orNull(isString(2_000)),
			width: orNull(isCount(1, WIDEST)),
			height: orNull(isCount(1, WIDEST))
		}
	}
};

/** What stands in the map of a table: its rows and columns. */
export const ENTRIES: Readonly<Record<'row' | 'col', Readonly<Record<string, Check>>>> = {
	row: { head: isOneOf(true, null) },
	col: { head: isOneOf(true, null), width: orNull(isCount(10, WIDEST)) }
};

const INLINE: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
	footnote: { text: isString(LONGEST_NOTE) },
	placeholder: { label: isString(LONGEST_LABEL) },
	reference: { target: orNull(isString(80)), text: isString(LONGEST_CITATION), scope: orNull(isOneOf('document')) }
};

/** What of a block nobody here knows the kind of is taken for: letters may be in it. */
const UNKNOWN: Kind = { holds: 'text', attrs: {} };

/** Whether this version knows a kind of block. */
export function isBlockKind(kind: string): boolean {
	return Object.hasOwn(BLOCKS, kind);
}

/** Whether this version knows a kind of element among letters. */
export function isElementKind(kind: string): boolean {
	return Object.hasOwn(INLINE, kind);
}

/** What blocks of this kind consist of. */
export function holds(kind: string): Holds {
	return (isBlockKind(kind) ? BLOCKS[kind] : UNKNOWN).holds;
}

/** An attribute of a block or inline element as it may be used; undefined when it may not. One that only a later version knows may be any plain value. */
export function allowed(kind: string, attribute: string, value: unknown): unknown {
	const checks = isBlockKind(kind) ? BLOCKS[kind].attrs : Object.hasOwn(INLINE, kind) ? INLINE[kind] : null;
	const check = checks && Object.hasOwn(checks, attribute) ? checks[attribute] : isSimple;
	return check(value);
}

/** Order of width: smaller contains larger. -1 appendix, 0 part … 7 indent, 99 what is no provision. */
export function rankOf(kind: string, level: unknown): number {
	if (kind === 'appendix') return APPENDIX_RANK;
	return kind === 'provision' && isLevel(level) ? levelRank(level) : CONTENT_RANK;
}

export const APPENDIX_RANK = -1;
const CONTENT_RANK = 99;

/** Pictures are files of the workspace, never of another address. */
function isFile(value: unknown): unknown {
	return typeof value === 'string' && /^\/api\/files\/[0-9A-Za-z-]{1,64}$/.test(value) ? value : undefined;
}

function isSimple(value: unknown): unknown {
	if (typeof value === 'string') return isString(LONGEST_NOTE)(value);
	return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
		? value
		: undefined;
}
