import { Slice } from '@tiptap/pm/model';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { insertBlocks } from '../../src/lib/documents/editor/paste/paste.ts';
import { normalSlice } from '../../src/lib/documents/editor/structure/normal-form.ts';
import type { JsonNode } from '../../src/lib/documents/schema/json.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { faultOf } from '../../src/lib/text/door.ts';
import { Person, provisions } from './support/person.ts';

const HUGE = 'chú thích '.repeat(15_000);
const blocks: JsonNode[] = [
	{
		type: 'provision',
		attrs: { level: 'clause' },
		content: [
			{ type: 'text', text: 'Có ' },
			{ type: 'footnote', attrs: { text: HUGE } }
		]
	},
	{ type: 'image', attrs: { src: '/api/files/1', alt: HUGE, width: 300 } }
];

test.each([
	['a page or Word', (person: Person) => insertBlocks(person.state, blocks)],
	[
		'another Plenum',
		(person: Person) => {
			const copied = Slice.fromJSON(documentSchema, { content: blocks });
			return person.state.tr.replace(person.before(1), person.before(1), normalSlice(copied, documentSchema));
		}
	]
] as const)('of what is too long in a paste from %s the beginning stays, so the server takes it (DR1)', (_from, paste) => {
	const person = new Person(provisions(['article', 'clause'], (nth) => `Điều ${nth}`));
	const known = Y.encodeStateVector(person.ydoc);
	person.dispatch(paste(person));
	expect(faultOf(Y.encodeStateAsUpdate(person.ydoc, known))).toBeNull();
	expect(person.corrections).toBe(0);
	const written: Record<string, unknown>[] = [];
	person.doc.descendants(({ type, attrs }) => void (/footnote|image/.test(type.name) && written.push({ ...attrs, uid: null })));
	expect(written).toEqual([
		{ uid: null, text: HUGE.slice(0, 20_000) },
		{ uid: null, src: '/api/files/1', alt: HUGE.slice(0, 2_000), width: 300 }
	]);
	person.destroy();
});
