import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { bringsNews, checkUpdate } from './check-update.server.ts';

test('[HI2] a damaged update is either refused, or integrated into a document that can be stored and read again', () => {
	const before = Y.encodeStateAsUpdate(sampleDocument());
	const updates = sampleUpdates(before);
	const change = fc.record({ at: fc.nat(5_000), value: fc.nat(255) });
	let integrated = 0;
	fc.assert(
		fc.property(fc.constantFrom(...updates), fc.array(change, { minLength: 1, maxLength: 3 }), (update, changes) => {
			const damaged = Uint8Array.from(update);
			for (const { at, value } of changes) damaged[at % damaged.length] = value;
			const doc = new Y.Doc();
			Y.applyUpdate(doc, before);
			try {
				checkUpdate(damaged);
			} catch {
				return;
			}
			bringsNews(doc, checkUpdate(damaged));
			Y.applyUpdate(doc, damaged);
			Y.applyUpdate(new Y.Doc(), Y.encodeStateAsUpdate(doc));
			integrated++;
		}),
		{ numRuns: 3_000 }
	);
	expect(integrated).toBeGreaterThan(100);
});

test('[RO2] what a document holds already is no news; one more character or deletion is', () => {
	const doc = sampleDocument();
	const whole = Y.encodeStateAsUpdate(doc);
	expect(bringsNews(doc, checkUpdate(whole))).toBe(false);
	expect(bringsNews(new Y.Doc(), checkUpdate(whole))).toBe(true);
	for (const update of sampleUpdates(whole)) expect(bringsNews(doc, checkUpdate(update))).toBe(true);
});

/** Text with formats and deletions, blocks, nested types and binary values: every kind of content. */
function sampleDocument(): Y.Doc {
	const doc = new Y.Doc();
	const text = doc.getText('test');
	text.insert(0, 'Điều 1. Phạm vi điều chỉnh');
	text.delete(2, 3);
	text.format(0, 4, { bold: true });
	const body = doc.getXmlFragment('body');
	for (let nth = 0; nth < 5; nth++) {
		const block = new Y.XmlElement('provision');
		block.setAttribute('uid', String(nth));
		block.insert(0, [new Y.XmlText(`khoản ${nth}`)]);
		body.insert(0, [block]);
	}
	body.delete(1, 2);
	doc.getArray('list').insert(0, [1, { x: 2 }, new Uint8Array([1, 2])]);
	doc.getMap('map').set('nested', new Y.Map());
	return doc;
}

function sampleUpdates(before: Uint8Array): Uint8Array[] {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, before);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	doc.getText('test').insert(3, 'xyz');
	doc.getText('test').delete(0, 5);
	doc.getXmlFragment('body').insert(1, [new Y.XmlElement('paragraph')]);
	doc.getArray('list').insert(1, ['z']);
	(doc.getMap('map').get('nested') as Y.Map<number>).set('one', 1);
	return updates;
}
