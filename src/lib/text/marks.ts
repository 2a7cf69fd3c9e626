/**
 * Marks are attributes of letters (SPEC.md, "Marks"). Each time somebody sets one it has a fresh name (`bold~TAG1`), so
 * that two who set it over one another never end each other's; taking it off ends all names found in the range.
 */
import type { Mark, Schema } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { isPlain } from './births.ts';

export type Attributes = Record<string, unknown>;

/** The mark that an attribute sets: `bold` of `bold~TAG1`. */
export function markName(attribute: string): string {
	const at = attribute.indexOf('~');
	return at < 0 ? attribute : attribute.slice(0, at);
}

/** Whether the editor of this schema shows an attribute; others are kept as they are. */
export function isKnownMark(attribute: string, schema: Schema): boolean {
	return Object.hasOwn(schema.marks, markName(attribute));
}

/**
 * The marks that attributes amount to. Of two that exclude each other, set at the same moment, the later name wins, for
 * everybody alike.
 */
export function marksOf(attributes: Attributes | undefined, schema: Schema): readonly Mark[] {
	let marks: readonly Mark[] = [];
	if (!attributes) return marks;
	for (const name of Object.keys(attributes).sort()) {
		if (!isKnownMark(name, schema)) continue;
		const value = attributes[name];
		if (value !== true && !isPlain(value)) continue;
		marks = schema.marks[markName(name)].create(value === true ? null : value).addToSet(marks);
	}
	return marks;
}

/** Gives marks names that nobody has used. */
export class MarkNames {
	readonly #tag: string;
	#count = 0;

	constructor(tag: string) {
		this.#tag = tag;
	}

	/** Attributes that set these marks. */
	fresh(marks: readonly Mark[]): Attributes {
		return Object.fromEntries(
			marks.map((mark) => [
				`${mark.type.name}~${this.#tag}${(this.#count++).toString(36)}`,
				Object.keys(mark.attrs).length > 0 ? { ...mark.attrs } : true
			])
		);
	}
}

/** Whether an attribute says where a comment stands (MK4). */
function isAnchor(attribute: string): boolean {
	return attribute.startsWith('comment:');
}

/** What formats the letter in front of a place, of anchors those that the letter behind it has as well (MK4). */
export function attributesBefore(text: Y.Text, index: number): Attributes {
	if (index === 0) return {};
	let at = 0;
	let found: Attributes | null = null;
	for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: Attributes }[]) {
		if (found) return goingOn(found, attributes);
		at += typeof insert === 'string' ? insert.length : 1;
		if (at > index) return { ...attributes };
		if (at === index) found = { ...attributes };
	}
	return goingOn(found ?? {}, undefined);
}

function goingOn(before: Attributes, behind: Attributes | undefined): Attributes {
	for (const name of Object.keys(before)) if (isAnchor(name) && !(behind && name in behind)) delete before[name];
	return before;
}

/** Attributes that end some marks in a stretch of text, under whatever names they were set. */
export function endOf(text: Y.Text, index: number, length: number, marks: readonly string[]): Attributes {
	const ends: Attributes = {};
	let at = 0;
	for (const { insert, attributes } of text.toDelta()) {
		const to = at + (typeof insert === 'string' ? insert.length : 1);
		if (to > index && at < index + length) for (const name in attributes) if (marks.includes(markName(name))) ends[name] = null;
		at = to;
	}
	return ends;
}
