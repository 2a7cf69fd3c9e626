import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { NoDocument } from '../../src/lib/collab/engine.server.ts';
import { RawClient, storedText } from './support/raw-client.ts';
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

test('[SE1] a server edit reaches everybody and is durable when its promise resolves', async () => {
	const lan = await join('lan');
	await served.engine.applyServerEdit('paper', (doc) => doc.getText('test').insert(0, 'by the server'));
	expect(await storedText(served.store, 'paper')).toBe('by the server');
	await until('the text', () => lan.text.toString() === 'by the server');
});

test('[SE1] a server edit that throws changes nothing, and the next one works', async () => {
	await storeText('before');
	const failing = served.engine.applyServerEdit('paper', (doc) => {
		doc.getText('test').insert(0, 'half ');
		throw new Error('no');
	});
	await expect(failing).rejects.toThrow('no');
	const hoa = await join('hoa');
	expect(hoa.text.toString()).toBe('before');
	await served.engine.applyServerEdit('paper', (doc) => doc.getText('test').insert(6, ' after'));
	await served.engine.applyServerEdit('paper', (doc) => doc.getText('test').insert(12, '!'));
	expect(await storedText(served.store, 'paper')).toBe('before after!');
	await until('the text', () => hoa.text.toString() === 'before after!');
});

test('[SE1] a server edit of a document that is gone is refused', async () => {
	await expect(served.engine.applyServerEdit('missing', () => {})).rejects.toThrow(NoDocument);
	await join('hoa');
	served.store.remove('paper');
	await expect(served.engine.applyServerEdit('paper', (doc) => doc.getText('test').insert(0, 'x'))).rejects.toThrow();
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
