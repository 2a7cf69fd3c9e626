import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentSchema as schema } from '../../documents/schema/schema.ts';
import { documentToUpdate } from '../../text/body.ts';
import { NotFound, remove, replaceContent } from '../../text/edits.ts';
import { Body } from './body.server.ts';

const REST_MS = 1000;
const CLIENT = 5;

function bodyOf(...texts: string[]): Body {
	const blocks = texts.map((words, nth) => schema.nodes.paragraph.create({ uid: `#${nth}` }, schema.text(words)));
	return new Body({ epoch: 1, snapshot: documentToUpdate(schema.node('doc', null, blocks)), stateVector: null, updates: [] });
}

/** Makes a text bold. */
function bold(body: Body, uid: string, text: string): Uint8Array | null {
	return body.edit(
		body.prepare((edit) => void replaceContent(edit, uid, [{ type: 'text', text, marks: [{ type: 'bold' }] }])),
		CLIENT
	);
}

const marksIn = (body: Body, uid: string) =>
	Object.keys((body.doc.getText(uid).toDelta() as { attributes?: object }[])[0].attributes ?? {});

test('[SE1] edits of the server are of one client, and marks have names of their own, also when the text has rested meanwhile', () => {
	const body = bodyOf('một', 'hai');
	const first = bold(body, '#0', 'một')!;
	expect(body.size).toBeGreaterThan(0);
	expect(body.tick(Date.now() + 2 * REST_MS, REST_MS)).toBeNull();
	expect(body.hasDoc).toBe(false);
	const second = bold(body, '#1', 'hai')!;
	const [one, other] = ['#0', '#1'].map((uid) => marksIn(body, uid));
	expect([one, other]).toEqual([[expect.stringMatching(/^bold~/)], [expect.stringMatching(/^bold~/)]]);
	expect(one).not.toEqual(other);
	for (const update of [first, second])
		expect(Y.decodeUpdate(update).structs.map(({ id }) => id.client)).toEqual([CLIENT, CLIENT]);
	// What joins afterwards is answered with it.
	const whole = new Y.Doc();
	Y.applyUpdate(whole, body.whole());
	expect(Y.encodeStateVector(whole)).toEqual(body.stateVector);
});

test('[SE1] an edit sees what others wrote since the one before, and one that cannot be made leaves the text as it was', () => {
	const body = bodyOf('một', 'hai');
	bold(body, '#0', 'một');
	const other = new Y.Doc();
	Y.applyUpdate(other, body.whole());
	other.getText('#1').insert(3, ' ba');
	body.apply([Y.encodeStateAsUpdate(other, body.stateVector)]);
	const { version } = body;
	const whole = body.whole();
	expect(() =>
		body.prepare((edit) => {
			remove(edit, '#0');
			remove(edit, '#9');
		})
	).toThrow(NotFound);
	expect(body.version).toBe(version);
	expect(body.whole()).toEqual(whole);
	const ready = body.prepare((edit) => void replaceContent(edit, '#1', [{ type: 'text', text: 'bốn hai ba' }]));
	expect(ready.growth).toBe(new TextEncoder().encode('bốn ').length);
	body.edit(ready, CLIENT);
	expect(body.version).toBe(version + 1);
	expect(body.doc.getText('#1').toString()).toBe('bốn hai ba');
	expect(
		body.edit(
			body.prepare(() => {}),
			CLIENT
		)
	).toBeNull();
	expect(body.version).toBe(version + 1);
});
