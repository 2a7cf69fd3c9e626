/** Text, attributes and marks as a reader of the text model takes them, so that what is written is what is read. */
import type { Mark } from '@tiptap/pm/model';
import { allowed } from '../../text/kinds.ts';
import type { JsonMark } from './json.ts';
import { documentSchema } from './schema.ts';

/** Attributes that are typed by hand: of one that is too long its beginning stays. */
const TYPED = new Set(['text', 'alt', 'number', 'label']);

/** An attribute as it may be used; undefined when it may not. */
export function nearest(kind: string, name: string, value: unknown): unknown {
	if (typeof value !== 'string') return allowed(kind, name, value);
	const text = clean(value);
	const isAllowed = (length: number) => allowed(kind, name, text.slice(0, length)) !== undefined;
	if (!TYPED.has(name) || isAllowed(text.length)) return allowed(kind, name, text);
	let length = 0;
	for (let step = 2 ** Math.floor(Math.log2(text.length)); step >= 1; step /= 2) if (isAllowed(length + step)) length += step;
	return clean(text.slice(0, length));
}

/** As Yjs can store it, in NFC. */
export function clean(text: string): string {
	return text.toWellFormed().normalize('NFC');
}

/**
 * Of marks that exclude each other the later in the alphabet holds, as everywhere (MK2).
 * @throws RangeError when one is not of the schema
 */
export function marksOf(marks: readonly JsonMark[] = []): readonly Mark[] {
	const inOrder = marks.toSorted((a, b) => (a.type < b.type ? -1 : 1));
	return inOrder.reduce<readonly Mark[]>((set, mark) => documentSchema.markFromJSON(mark).addToSet(set), []);
}
