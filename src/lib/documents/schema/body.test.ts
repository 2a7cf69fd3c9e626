import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyToJson, countProvisions, countWords, jsonToUpdate, plainText, updatesToJson } from './body.ts';
import { complete } from './complete.ts';
import { inlineOf, node, type JsonNode } from './json.ts';
import { documentSchema } from './schema.ts';

const bold = [{ type: 'bold' }];

const sample: JsonNode = {
	type: 'doc',
	content: [
		node('documentHeader', null, [
			node('headerField', { name: 'agency' }, inlineOf('ỦY BAN NHÂN DÂN')),
			node('headerField', { name: 'subject' }, inlineOf('Về việc\nthử'))
		]),
		node('legalBasis', { uid: 'aaaaaaaaaaaa' }, inlineOf('Căn cứ Luật;', [{ type: 'italic' }])),
		node('enactingLine', null, inlineOf('QUYẾT NGHỊ:')),
		node('provision', { uid: 'bbbbbbbbbbbb', level: 'article' }, inlineOf('Phạm vi', bold)),
		node('provision', { uid: 'cccccccccccc', level: 'clause', number: '1a' }, [
			...inlineOf('Theo '),
			node('reference', { target: 'bbbbbbbbbbbb', text: 'Điều 1' }),
			...inlineOf(' này'),
			node('footnote', { uid: 'dddddddddddd', text: 'Ghi chú' })
		]),
		node('bulletList', null, [node('listItem', null, [node('paragraph', null, inlineOf('mục'))])]),
		node('table', null, [
			node('tableRow', null, [
				node('tableHeader', { colspan: 2, rowspan: 1, colwidth: [10, 20] }, [node('paragraph', null, inlineOf('TT'))]),
				node('tableCell', null, [node('paragraph', null)])
			])
		]),
		node('image', { src: '/api/files/1', alt: 'sơ đồ', width: 300 }),
		node('signature', null, [node('headerField', { name: 'signer' }, inlineOf('Trần A'))]),
		node('recipients', null, [node('paragraph', null, inlineOf('- Như trên;'))]),
		node('appendix', { uid: 'eeeeeeeeeeee', kind: 'attachment' }, inlineOf('CHƯƠNG TRÌNH'))
	]
};

function throughYjs(json: JsonNode): JsonNode {
	const ydoc = new Y.Doc();
	Y.applyUpdate(ydoc, jsonToUpdate(json));
	return bodyToJson(ydoc);
}

test('a document survives the way into a Y.Doc and back', () => {
	const whole = complete(sample);
	const before = documentSchema.nodeFromJSON(whole);
	const after = documentSchema.nodeFromJSON(throughYjs(whole));
	expect(after.toJSON()).toEqual(before.toJSON());
});

test('reading never changes the Y.Doc, even where the schema does not know a kind of block', () => {
	const ydoc = new Y.Doc();
	Y.applyUpdate(ydoc, jsonToUpdate(sample));
	ydoc.getMap('blocks').set('later', { kind: 'fromTheFuture', place: [null, 'zzzV00'], is: 1 });
	const before = Y.encodeStateAsUpdate(ydoc);
	expect(bodyToJson(ydoc).content?.at(-1)).toEqual({ type: 'opaqueBlock', attrs: { uid: 'later', is: 'fromTheFuture' } });
	expect(Y.encodeStateAsUpdate(ydoc)).toEqual(before);
});

test('what is not of the schema is refused', () => {
	expect(() => jsonToUpdate({ type: 'doc', content: [{ type: 'video' }] })).toThrow(RangeError);
	expect(() => jsonToUpdate({ type: 'doc', content: [] })).toThrow(RangeError);
});

test('plain text and counts', () => {
	expect(plainText(sample)).toBe(
		[
			'ỦY BAN NHÂN DÂN',
			'Về việc\nthử',
			'Căn cứ Luật;',
			'QUYẾT NGHỊ:',
			'Phạm vi',
			'Theo Điều 1 này',
			'mục',
			'TT',
			'Trần A',
			'- Như trên;',
			'CHƯƠNG TRÌNH'
		].join('\n')
	);
	expect(countWords(sample)).toBe(26);
	expect(countProvisions(sample)).toBe(2);
});

test('an empty block is a paragraph by default', () => {
	expect(documentSchema.topNodeType.createAndFill()?.toJSON()).toEqual({
		type: 'doc',
		content: [{ type: 'paragraph', attrs: { align: null, uid: null } }]
	});
});

test('a log reads the same in whatever order its updates come', () => {
	const first = jsonToUpdate({ type: 'doc', content: [node('paragraph', { uid: 'p' }, inlineOf('abcdef'))] });
	const updates = [first];
	const pages = [1, 2, 3].map(() => {
		const page = new Y.Doc();
		Y.applyUpdate(page, first);
		return page;
	});
	for (let nth = 0; nth < 12; nth++) {
		const page = pages[nth % 3];
		page.once('update', (update: Uint8Array) => updates.push(update));
		page.getText('p').insert((nth * 5) % 6, String(nth % 10));
		for (const other of pages) Y.applyUpdate(other, updates.at(-1)!);
	}
	const expected = updatesToJson(updates);
	expect(plainText(expected)).toHaveLength(18);
	let seed = 1;
	for (let round = 0; round < 400; round++) {
		const shuffled = updates.map((update) => ({ update, at: (seed = (seed * 48271) % 2147483647) })).sort((a, b) => a.at - b.at);
		expect(updatesToJson(shuffled.map(({ update }) => update))).toEqual(expected);
	}
});
