/**
 * What no page can have written (SPEC.md, "The door"), found before an update is applied. Only what is impossible now and
 * later is refused, since a refused update holds back all that its page writes after it. What a later version may write
 * passes as long as it is plain and bounded (DR2); a reader takes out what it may not use (RE2).
 */
import * as Y from 'yjs';
import { BLOCKS, isName, isPlain } from './births.ts';
import { isImpossibleKey } from './keys.ts';

/** Of a text: two uids and a colon. */
const LONGEST_ROOT = 200;
/** Of an entry of the map: the name of a text, a slash and what it is about. */
const LONGEST_ENTRY = 400;
/** Of a mark or of a type of element. */
const LONGEST_NAME = 200;
/** Of a value beside the letters: a footnote with room to spare. What it counts is in `sizeOf`. */
const LARGEST_VALUE = 100_000;
/** Of a value among the letters: an element or a mark. */
const LARGEST_AMONG_LETTERS = 10_000;
const DEEPEST_VALUE = 10;
/** What a number, a list, or anything else that is no text counts for. */
const SIZE_OF_ONE = 4;

/** Why no page can have written an update, without a word of what is in it; null when one can have. Throws when it cannot be decoded. */
export function faultOf(update: Uint8Array): string | null {
	return faultIn(Y.decodeUpdate(update).structs);
}

/** The same for the structs of an update that is decoded already. */
export function faultIn(structs: readonly object[]): string | null {
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
		case Y.ContentString:
			return null;
		case Y.ContentAny: {
			// Several are values of one entry that were overwritten one after the other and kept for undo.
			for (const value of (content as Y.ContentAny).arr) {
				const fault = faultOfKey(value) ?? faultOfValue(value, LARGEST_VALUE, 'a value');
				if (fault !== null) return fault;
			}
			return null;
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

/** A place, or a birth with one: what changes a value does not say of what it is the value, so its shape tells. */
function faultOfKey(value: unknown): string | null {
	const place: unknown = isPlain(value) ? value.place : value;
	if (!Array.isArray(place) || place.length !== 2) return null;
	const [parent, key] = place as unknown[];
	return (parent === null || isName(parent)) && isImpossibleKey(key) ? 'the key of a place is too long' : null;
}

function faultOfValue(value: unknown, largest: number, what: string): string | null {
	const size = sizeOf(value, DEEPEST_VALUE, largest);
	if (Number.isNaN(size)) return `${what} is not plain or too deep`;
	return size > largest ? `${what} is too large` : null;
}

/** How much a value holds, in letters, as far as it is to be counted: what is larger is not read on. NaN when it is not plain data, or too deep. */
function sizeOf(value: unknown, depth: number, most: number): number {
	if (typeof value === 'string') return value.length;
	if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'number') return SIZE_OF_ONE;
	if (depth === 0) return NaN;
	let size = SIZE_OF_ONE;
	if (Array.isArray(value)) {
		for (let nth = 0; nth < value.length && size <= most; nth++) size += sizeOf(value[nth], depth - 1, most - size);
		return size;
	}
	// Yjs makes of a value named `__proto__` what its object is made after.
	if (!isPlain(value) || Object.hasOwn(value, '__proto__')) return NaN;
	for (const name in value) {
		if (!(size <= most)) break;
		size += name.length + sizeOf(value[name], depth - 1, most - size);
	}
	return size;
}
