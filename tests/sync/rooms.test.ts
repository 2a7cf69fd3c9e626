import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { NoDocument } from '../../src/lib/collab/engine.server.ts';
import type { UpdateRow } from '../../src/lib/collab/persistence/store.server.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { documentToUpdate, readDocument } from '../../src/lib/text/body.ts';
import { insertAfter, NotFound, remove, replaceContent, setTag } from '../../src/lib/text/edits.ts';
import { FaultyStore } from './support/faulty-store.ts';
import { capture, RawClient, storedDoc, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

async function start(limits = {}): Promise<void> {
	served = await serve({ limits });
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
}

beforeEach(() => start());
afterEach(async () => {
	served.store.appendError = served.store.loadError = null;
	served.store.release();
	await served.stop();
});

const join = (person: string) => new RawClient(served.url, 'paper', person).synced();

async function storeText(text: string): Promise<void> {
	const doc = new Y.Doc();
	doc.getText('test').insert(0, text);
	await served.store.append([{ documentId: 'paper', epoch: 1, bytes: Y.encodeStateAsUpdate(doc), personId: null }]);
}

test('[RM1] many who come at once cause one load, and each gets the whole text', async () => {
	await storeText('the whole text');
	served.store.hold();
	const clients = Array.from({ length: 20 }, () => new RawClient(served.url, 'paper', 'hoa'));
	await until('all connections', () => served.engine.stats().connections === 20);
	expect(clients.every((client) => client.frames.length === 0)).toBe(true);
	served.store.release();
	await Promise.all(clients.map((client) => client.synced()));
	expect(served.store.loads).toBe(1);
	expect(clients.map((client) => client.text.toString())).toEqual(Array(20).fill('the whole text'));
});

test('[RM2] a failed load serves nobody and is tried again by the next one', async () => {
	await storeText('still there');
	served.store.loadError = new Error('no database');
	const hoa = new RawClient(served.url, 'paper', 'hoa');
	expect((await hoa.end()).code).toBe(1013);
	expect(hoa.frames).toEqual([]);
	served.store.loadError = null;
	expect((await join('hoa')).text.toString()).toBe('still there');
});

test('[RM2] a log that cannot be read is never served in part', async () => {
	await storeText('first');
	await served.store.append([{ documentId: 'paper', epoch: 1, bytes: new Uint8Array([9, 9, 9]), personId: null }]);
	const hoa = new RawClient(served.url, 'paper', 'hoa');
	expect((await hoa.end()).code).toBe(1013);
	expect(hoa.frames).toEqual([]);
	expect(served.complaints.map(({ message }) => message)).toContain('document could not be loaded');
});

test('[RM3] a room with uncommitted work is not unloaded', async () => {
	await served.stop();
	await start({ unloadMs: 0 });
	const hoa = await join('hoa');
	served.store.appendError = new Error('no database');
	hoa.type('not durable yet');
	await hoa.settled();
	hoa.close();
	await until('an empty room', () => served.engine.stats().connections === 0);
	const attempts = served.store.appends;
	await until('several rounds of the clock', () => served.store.appends > attempts + 2);
	expect(served.engine.stats().rooms).toBe(1);
	served.store.appendError = null;
	await until('the unload', () => served.engine.stats().rooms === 0);
	expect(await storedText(served.store, 'paper')).toBe('not durable yet');
});

test('[RM4] an empty room is unloaded and comes back with the same text', async () => {
	await served.stop();
	await start({ unloadMs: 0 });
	const hoa = await join('hoa');
	hoa.type('lasting');
	await hoa.acked();
	hoa.close();
	await until('the unload', () => served.engine.stats().rooms === 0);
	expect((await join('binh')).text.toString()).toBe('lasting');
	expect(served.store.loads).toBe(2);
});

test('[RM5] a room that replaces another waits for the updates of that one', async () => {
	const hoa = await join('hoa');
	served.store.hold();
	hoa.type('on its way');
	await until('the append', () => served.store.appends === 1);
	served.access.documents.get('paper')!.epoch = 2;
	served.engine.recheck({ documentId: 'paper' });
	expect((await hoa.end()).code).toBe(4410);
	served.access.documents.get('paper')!.epoch = 1;
	const binh = new RawClient(served.url, 'paper', 'binh');
	await until('binh inside', () => served.engine.stats().connections === 1);
	served.store.release();
	await binh.synced();
	expect(binh.text.toString()).toBe('on its way');
});

const BLOCKS = ['một hai ba', 'bốn năm'].map((words, nth) =>
	documentSchema.nodes.provision.create({ uid: `#${nth}`, level: 'clause' }, documentSchema.text(words))
);
const words = (text: string) => [{ type: 'text', text }];
const textsOf = (doc: Y.Doc) => readDocument(doc, documentSchema).children.map(({ textContent }) => textContent);
const byNobody = { personId: null };

async function storeBlocks(): Promise<void> {
	const bytes = documentToUpdate(documentSchema.node('doc', null, BLOCKS));
	await served.store.append([{ documentId: 'paper', epoch: 1, bytes, personId: null }]);
}

test('[SE1] a server edit reaches everybody, as one frame and one row, and is durable and attributed when its promise resolves', async () => {
	await storeBlocks();
	const lan = await join('lan');
	const rows: UpdateRow[] = [];
	const append = vi.spyOn(served.store, 'append').mockImplementation((added) => {
		rows.push(...added);
		return FaultyStore.prototype.append.call(served.store, added);
	});
	const before = lan.frames.filter(([kind]) => kind === 0).length;
	await served.engine.applyServerEdit(
		'paper',
		(edit) => {
			replaceContent(edit, '#0', words('một HAI ba'));
			setTag(edit, { uid: '#0', quote: 'HAI', prefix: '', suffix: '', offset: 4 }, 'comment:7');
			insertAfter(edit, '#0', [{ ...BLOCKS[0].toJSON(), attrs: { uid: 'new', level: 'point' } }]);
		},
		{ personId: 'hoa' }
	);
	append.mockRestore();
	expect(rows).toMatchObject([{ documentId: 'paper', personId: 'hoa' }]);
	expect(textsOf(await storedDoc(served.store, 'paper'))).toEqual(['một HAI ba', 'một hai ba', 'bốn năm']);
	await until('the text', () => textsOf(lan.doc).length === 3);
	expect(textsOf(lan.doc)).toEqual(['một HAI ba', 'một hai ba', 'bốn năm']);
	expect(lan.frames.filter(([kind]) => kind === 0).length).toBe(before + 1);
	expect(lan.doc.getText('#0').toDelta()).toContainEqual({ insert: 'HAI', attributes: { 'comment:7': true } });
});

test('[SE1] what is typed at the same moment and what the server writes into the same words are both there', async () => {
	await storeBlocks();
	const hoa = await join('hoa');
	const binh = await join('binh');
	hoa.sendUpdate(capture(hoa.doc, () => hoa.doc.getText('#0').insert(6, 'X', { bold: true })));
	await served.engine.applyServerEdit(
		'paper',
		(edit) => void replaceContent(edit, '#0', words('một hai BỐN'), words('một hai ba')),
		byNobody
	);
	binh.sendUpdate(capture(binh.doc, () => binh.doc.getText('#1').insert(0, 'Y')));
	await Promise.all([hoa.acked(), binh.acked()]);
	for (const client of [hoa, binh]) await until('both', () => textsOf(client.doc).join() === 'một haXi BỐN,Ybốn năm');
	expect(textsOf(await storedDoc(served.store, 'paper'))).toEqual(['một haXi BỐN', 'Ybốn năm']);
	// The text is read again as it is by now.
	await served.engine.applyServerEdit(
		'paper',
		(edit) => void replaceContent(edit, '#1', words('Zbốn năm'), words('bốn năm')),
		byNobody
	);
	await until('the third', () => textsOf(hoa.doc)[1] === 'ZYbốn năm' || textsOf(hoa.doc)[1] === 'YZbốn năm');
});

test('[SE1] a server edit that throws changes nothing, and the next ones work, as one client of Yjs', async () => {
	await storeBlocks();
	const hoa = await join('hoa');
	const { appends } = served.store;
	const failing = served.engine.applyServerEdit(
		'paper',
		(edit) => {
			remove(edit, '#0');
			remove(edit, '#9');
		},
		byNobody
	);
	await expect(failing).rejects.toThrow(NotFound);
	await hoa.settled();
	expect(textsOf(hoa.doc)).toEqual(['một hai ba', 'bốn năm']);
	expect(served.store.appends).toBe(appends);
	const known = new Set(hoa.doc.store.clients.keys());
	await served.engine.applyServerEdit('paper', (edit) => void remove(edit, '#0'), byNobody);
	await served.engine.applyServerEdit('paper', (edit) => void replaceContent(edit, '#1', words('bốn năm sáu')), byNobody);
	expect(textsOf(await storedDoc(served.store, 'paper'))).toEqual(['bốn năm sáu']);
	await until('the text', () => textsOf(hoa.doc).join() === 'bốn năm sáu');
	expect([...hoa.doc.store.clients.keys()].filter((client) => !known.has(client))).toHaveLength(1);
});

test('[SE1, HI3] a server edit that fails while it is made is lost whole: the text is loaded again', async () => {
	await storeBlocks();
	const hoa = await join('hoa');
	const failing = served.engine.applyServerEdit(
		'paper',
		(edit) => {
			replaceContent(edit, '#0', words('nửa'));
			remove(edit, '#1');
			vi.spyOn(edit.model, 'set').mockImplementation(() => {
				throw new Error('a fault of ours');
			});
		},
		byNobody
	);
	await expect(failing).rejects.toThrow('loaded again');
	expect((await hoa.end()).code).toBe(1012);
	expect(textsOf(hoa.doc)).toEqual(['một hai ba', 'bốn năm']);
	await served.engine.applyServerEdit('paper', (edit) => void remove(edit, '#1'), byNobody);
	expect(textsOf(await storedDoc(served.store, 'paper'))).toEqual(['một hai ba']);
});

test('[SE1] a server edit that changes nothing stores and sends nothing', async () => {
	await storeBlocks();
	const hoa = await join('hoa');
	const { appends } = served.store;
	const { length } = hoa.frames;
	await served.engine.applyServerEdit('paper', (edit) => void replaceContent(edit, '#0', words('một hai ba')), byNobody);
	await hoa.settled();
	expect(served.store.appends).toBe(appends);
	expect(hoa.frames.length).toBe(length + 1);
});

test('[SE1] a server edit of a document that is gone is refused', async () => {
	await storeBlocks();
	await expect(served.engine.applyServerEdit('missing', () => {}, byNobody)).rejects.toThrow(NoDocument);
	await join('hoa');
	served.store.remove('paper');
	await expect(served.engine.applyServerEdit('paper', (edit) => void remove(edit, '#0'), byNobody)).rejects.toThrow();
});

test('[SE2] the body of a document is the same whether it is open or not', async () => {
	await storeText('read me');
	const read = async (): Promise<string> => {
		const doc = new Y.Doc();
		for (const update of await served.engine.readUpdates('paper')) Y.applyUpdate(doc, update);
		return doc.getText('test').toString();
	};
	expect(await read()).toBe('read me');
	expect(served.engine.stats().rooms).toBe(0);
	const hoa = await join('hoa');
	hoa.type(', please');
	await hoa.settled();
	expect(await read()).toBe('read me, please');
	await expect(served.engine.readUpdates('missing')).rejects.toThrow(NoDocument);
});

test('[SE3] what was taken before one asks is in what is read as stored', async () => {
	await storeText('read me');
	const hoa = await join('hoa');
	const { appends, loads } = served.store;
	served.store.hold();
	hoa.type(', please');
	await until('the append', () => served.store.appends > appends);
	const read = served.engine.readStored('paper');
	expect(served.store.loads, 'it is stored first').toBe(loads);
	served.store.release();
	const doc = new Y.Doc();
	for (const update of await read) Y.applyUpdate(doc, update);
	expect(doc.getText('test').toString()).toBe('read me, please');
	await expect(served.engine.readStored('missing')).rejects.toThrow(NoDocument);
});
