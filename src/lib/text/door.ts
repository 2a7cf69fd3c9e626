/**
 * What no page can have written (SPEC.md, "The map"), found before an update is applied. Only what is impossible now and
 * later is refused, since a refused update holds back all that its page writes after it. What a later version may write
 * passes as long as it is plain and bounded; a reader takes out what it may not use (RE2).
 */
import * as Y from 'yjs';
import { BLOCKS, isPlain } from './births.ts';

/** Of a text: two uids and a colon. */
const LONGEST_ROOT = 200;
/** Of an entry of the map: the name of a text, a slash and what it is about. */
const LONGEST_ENTRY = 400;
/** Of a mark or of a type of element. */
const LONGEST_NAME = 200;
/** The letters of one block that were written in one go, or that Yjs put together since. */
const LONGEST_RUN = 1_000_000;
/** Of a value beside the letters: a footnote with room to spare. What it counts is in `sizeOf`. */
const LARGEST_VALUE = 100_000;
/** Of a value among the letters: an element or a mark. */
const LARGEST_AMONG_LETTERS = 10_000;
const DEEPEST_VALUE = 10;
/** What a number, a list, or anything else that is no text counts for. */
const SIZE_OF_ONE = 4;

type Structs = ReturnType<typeof Y.decodeUpdate>['structs'];

/** Why no page can have written an update, without a word of what is in it; null when one can have. Throws when it cannot be decoded. */
export function faultOf(update: Uint8Array): string | null {
	return faultIn(Y.decodeUpdate(update).structs);
}

/** The same for an update that is decoded already. */
export function faultIn(structs: Structs): string | null {
	for (const struct of structs) {
		const fault = struct instanceof Y.Item ? faultOfItem(struct) : null;
		if (fault !== null) return fault;
	}
	return null;
}

/** An item that names a neighbour says nothing of where it belongs, so then only its content is judged. */
function faultOfItem({ parent, parentSub, content, rightOrigin }: Y.Item): string | null {
	const kind = content.constructor as unknown;
	return faultOfContent(content, kind) ?? faultOfPlace(parent, parentSub, kind, rightOrigin !== null);
}

/** `isInFront`: of another item. Yjs writes an entry of a map behind the one before it, never in front of anything. */
function faultOfPlace(parent: unknown, entry: string | null, kind: unknown, isInFront: boolean): string | null {
	const isValue = kind === Y.ContentAny;
	if (parent === null) return isValue && isInFront ? 'a value among letters' : null;
	if (typeof parent !== 'string') return 'something within another type';
	if (parent.length > LONGEST_ROOT) return 'the name of a text is too long';
	if (parent !== BLOCKS) return entry !== null ? 'an entry that is not in the map' : isValue ? 'a value among letters' : null;
	if (entry === null) return 'letters in the map';
	if (entry.length > LONGEST_ENTRY) return 'the name of an entry is too long';
	return isValue || kind === Y.ContentDeleted ? null : 'letters in the map';
}

function faultOfContent(content: unknown, kind: unknown): string | null {
	switch (kind) {
		case Y.ContentDeleted:
			return null;
		case Y.ContentString:
			return (content as Y.ContentString).str.length > LONGEST_RUN ? 'a run of letters is too long' : null;
		case Y.ContentAny: {
			const { arr } = content as Y.ContentAny;
			return arr.length === 1 ? faultOfValue(arr[0], LARGEST_VALUE, 'a value') : 'several values in one';
		}
		case Y.ContentEmbed: {
			const { embed } = content as { embed: unknown };
			if (!isPlain(embed)) return 'an element that is no object';
			if (typeof embed.n === 'string' && embed.n.length > LONGEST_NAME) return 'the type of an element is too long';
			return faultOfValue(embed, LARGEST_AMONG_LETTERS, 'an element');
		}
		case Y.ContentFormat: {
			const { key, value } = content as { key: string; value: unknown };
			if (key.length > LONGEST_NAME || key === '__proto__') return 'a mark has an impossible name';
			return faultOfValue(value, LARGEST_AMONG_LETTERS, 'a mark');
		}
		default:
			return 'something that is neither letters nor a value';
	}
}

function faultOfValue(value: unknown, largest: number, what: string): string | null {
	const size = sizeOf(value, DEEPEST_VALUE);
	if (Number.isNaN(size)) return `${what} is not plain or too deep`;
	return size > largest ? `${what} is too large` : null;
}

/** How much a value holds, in letters. NaN when it is not plain data, or too deep. */
function sizeOf(value: unknown, depth: number): number {
	if (typeof value === 'string') return value.length;
	if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'number') return SIZE_OF_ONE;
	if (depth === 0) return NaN;
	let size = SIZE_OF_ONE;
	if (Array.isArray(value)) {
		for (const one of value) size += sizeOf(one, depth - 1);
		return size;
	}
	// Yjs makes of a value named `__proto__` what its object is made after.
	if (!isPlain(value) || Object.hasOwn(value, '__proto__')) return NaN;
	for (const name in value) size += name.length + sizeOf(value[name], depth - 1);
	return size;
}
