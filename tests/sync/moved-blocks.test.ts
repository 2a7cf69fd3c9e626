import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { noteRemoval } from '../../src/lib/documents/editor/collaboration/removals.ts';
import { type Desk, everybodyLeaves, sitDown } from './support/desk.ts';
import { provision } from './support/provision.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
});
afterEach(async () => {
	await everybodyLeaves();
	await served.stop();
});

const saved = (desk: Desk) => until('saved', () => desk.open.state.kind === 'saved');
const bodyOf = (desk: Desk) => desk.open.doc.getXmlFragment('body');
const blockOf = (desk: Desk, uid: string) => bodyOf(desk).toArray().find((block) => (block as Y.XmlElement).getAttribute('uid') === uid) as Y.XmlElement;
const textOf = (desk: Desk, uid: string) => blockOf(desk, uid)?.get(0) as Y.XmlText | undefined;

/** As the editor does it: the block is removed, and a copy of what the mover knew is written elsewhere. */
function moveToEnd(desk: Desk, uid: string): void {
	const body = bodyOf(desk);
	desk.open.doc.transact(() => {
		const block = blockOf(desk, uid);
		const text = textOf(desk, uid)!.toString();
		noteRemoval(desk.open.doc, block);
		body.delete(body.toArray().indexOf(block), 1);
		body.insert(body.length, [provision(uid, text)]);
	});
}

async function twoProvisions(): Promise<{ hoa: Desk; binh: Desk }> {
	const hoa = sitDown(served, 'hoa', { indexedDb: true, role: 'editor' });
	const binh = sitDown(served, 'binh', { role: 'editor' });
	await Promise.all([saved(hoa), saved(binh)]);
	bodyOf(binh).insert(0, [provision('first', 'the first'), provision('second', 'the second')]);
	await until('the provisions', () => textOf(hoa, 'second') !== undefined);
	return { hoa, binh };
}

test('[OF7] what was written offline into a provision that was moved meanwhile is put back into it', async () => {
	const { hoa, binh } = await twoProvisions();
	hoa.network.cut();
	textOf(hoa, 'first')!.insert(3, ' very');
	moveToEnd(binh, 'first');
	await saved(binh);
	hoa.network.restore();
	hoa.open.reconnect();
	await until('the words', () => textOf(binh, 'first')?.toString() === 'the very first');
	await saved(hoa);
	expect(bodyOf(hoa).toString()).toBe(bodyOf(binh).toString());
	expect(bodyOf(binh).length).toBe(2);
});

test('[OF7] also when the page was reloaded in between', async () => {
	const { hoa, binh } = await twoProvisions();
	await saved(hoa);
	hoa.network.cut();
	textOf(hoa, 'first')!.insert(3, ' very');
	await hoa.open.close();
	moveToEnd(binh, 'first');
	await saved(binh);
	const again = sitDown(served, 'hoa', { indexedDb: true, role: 'editor' });
	await until('the words', () => textOf(binh, 'first')?.toString() === 'the very first');
	await saved(again);
	expect(bodyOf(again).toString()).toBe(bodyOf(binh).toString());
});

test('[OF7] a reader’s page puts nothing right, for it may not write', async () => {
	const { hoa, binh } = await twoProvisions();
	const lan = sitDown(served, 'lan', { role: 'viewer' });
	await until('read-only', () => lan.open.state.kind === 'read-only');
	const rejections: string[] = [];
	lan.open.on('rejected', (reason) => rejections.push(reason));
	hoa.network.cut();
	moveToEnd(hoa, 'first');
	moveToEnd(binh, 'first');
	hoa.network.restore();
	hoa.open.reconnect();
	await until('one of the two', () => bodyOf(binh).length === 2 && bodyOf(lan).length === 2 && bodyOf(hoa).length === 2);
	await Promise.all([saved(hoa), saved(binh)]);
	expect(rejections).toEqual([]);
});
