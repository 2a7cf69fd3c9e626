/**
 * What the map `blocks` holds (SPEC.md, "The map"). `UID` → birth, never changed; `UID/KEY` → what was changed since.
 * Values come from other people's machines, so each is read through a function here: what is not of its shape counts as
 * absent, and stays where it is.
 */
import { isKey } from './keys.ts';

/** Under which block, or null for none, and where among what is there. */
export type Place = readonly [parent: string | null, key: string];

/** `<`: goes on where the part before it in the same text ends. Else: goes on in front of that marker of that text (null: its end). */
export type Into = '<' | readonly [text: string, before: string | null];

/** How a block, row, column or inline element came to be. */
export interface Birth {
	kind: string;
	attrs?: Readonly<Record<string, unknown>>;
	place?: Place;
	/** Of a block that a split made: the text in which its marker stands. */
	in?: string;
	into?: Into;
	/** Of a row or column: the table. */
	of?: string;
	/** Of a header block or a signature: its fields, in order. */
	fields?: readonly string[];
	/** Seen from the beginning: of a document's first content. */
	is?: 1;
}

/** The name of the root map. */
export const BLOCKS = 'blocks';

const NAME = /^[^/:\s]{1,80}$/;
const MOST_FIELDS = 20;

/** Whether a value can be the uid of something that is born. */
export function isName(value: unknown): value is string {
	return typeof value === 'string' && NAME.test(value) && value !== BLOCKS;
}

/** The uid and the key that an entry of the map is about; the key of a birth is null. Null for what is neither. */
export function entryName(name: string): { uid: string; key: string | null } | null {
	const slash = name.indexOf('/');
	if (slash < 0) return isName(name) ? { uid: name, key: null } : null;
	const uid = name.slice(0, slash);
	// A cell has keys too, and no birth of its own.
	return uid.split(':').every(isName) && slash < name.length - 1 ? { uid, key: name.slice(slash + 1) } : null;
}

/** A birth; null when the value is not one. One that names itself is not. */
export function readBirth(uid: string, value: unknown): Birth | null {
	if (!isPlain(value) || !isName(value.kind)) return null;
	const birth: Birth = { kind: value.kind };
	if (isPlain(value.attrs)) birth.attrs = value.attrs;
	if (value.is === 1) birth.is = 1;
	const place = readPlace(value.place);
	if (place) birth.place = place;
	if (value.in !== undefined) {
		if (!isName(value.in) || value.in === uid) return null;
		birth.in = value.in;
		birth.into = readInto(value.into) ?? undefined;
	}
	if (value.of !== undefined) {
		if (!isName(value.of) || value.of === uid || !place) return null;
		birth.of = value.of;
	}
	const fields = readFields(value.fields);
	if (fields) birth.fields = fields;
	return birth;
}

/** A place; null when the value is not one. */
export function readPlace(value: unknown): Place | null {
	if (!Array.isArray(value) || value.length !== 2) return null;
	const [parent, key] = value as unknown[];
	return (parent === null || isName(parent)) && isKey(key) ? [parent, key] : null;
}

/** Where a block goes on; null when the value does not say that it does. */
export function readInto(value: unknown): Into | null {
	if (value === '<') return value;
	if (!Array.isArray(value) || value.length !== 2) return null;
	const [text, before] = value as unknown[];
	return isName(text) && (before === null || isName(before)) ? [text, before] : null;
}

/** The fields of a header block; null when the value is not a list of names. */
export function readFields(value: unknown): readonly string[] | null {
	if (!Array.isArray(value) || value.length > MOST_FIELDS || !value.every(isName)) return null;
	return [...new Set(value)];
}

/** Whether a value is an object of plain data. */
export function isPlain(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
