import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetLocalCopies, forgetSavedCopies } from '../../src/lib/collab/client/kept-copies.ts';
import { type Desk, everybodyLeaves, sitDown } from './support/desk.ts';
import { Network } from './support/network.ts';
import { storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor' });
});
afterEach(async () => {
	await everybodyLeaves();
	await Promise.all([forgetLocalCopies('hoa'), forgetLocalCopies('binh')]);
	served.store.release();
	await served.stop();
});

const sit = (person: string, options: Parameters<typeof sitDown>[2] = {}) =>
	sitDown(served, person, { indexedDb: true, ...options });
const saved = (desk: Desk) => until('saved', () => desk.open.state.kind === 'saved');

function noNetwork(): Network {
	const network = new Network();
	network.cut();
	return network;
}

/** A page without network that shows what this device keeps. */
async function sitOffline(person: string, options: Parameters<typeof sitDown>[2] = {}): Promise<Desk> {
	const desk = sit(person, { network: noNetwork(), ...options });
	await until('an attempt to connect', () => desk.network.attempts > 0);
	return desk;
}

const databases = async () => (await indexedDB.databases()).map(({ name }) => name!).sort();

test('[OF1, OF2, CL4] edits made offline survive a reload, are counted, and are saved after the return', async () => {
	const hoa = sit('hoa');
	hoa.type('online ');
	await saved(hoa);
	hoa.network.cut();
	await until('offline', () => hoa.open.state.kind === 'offline');
	hoa.type('offline ');
	hoa.type('work');
	expect(hoa.open.state).toEqual({ kind: 'offline', pending: 2 });
	await hoa.open.close();

	const reloaded = await sitOffline('hoa');
	await reloaded.open.whenReady;
	expect(reloaded.text()).toBe('online offline work');
	expect(reloaded.open.state).toEqual({ kind: 'offline', pending: 2 });
	expect(reloaded.open.hasUnsaved).toBe(true);
	reloaded.type('!');
	expect(reloaded.open.state).toEqual({ kind: 'offline', pending: 3 });
	expect(await storedText(served.store, 'paper')).toBe('online ');

	reloaded.network.restore();
	await saved(reloaded);
	expect(await storedText(served.store, 'paper')).toBe('online offline work!');
	await reloaded.open.close();
	const third = await sitOffline('hoa');
	expect(third.open.hasUnsaved).toBe(false);
});

test('[OF1] edits that were sent and never acknowledged are pending after a reload', async () => {
	const hoa = sit('hoa');
	await saved(hoa);
	served.store.hold();
	hoa.type('sent');
	await until('the append', () => served.store.appends > 0);
	await hoa.open.close();
	const reloaded = await sitOffline('hoa');
	expect(reloaded.open.state).toEqual({ kind: 'offline', pending: 1 });
	reloaded.network.restore();
	await until('connected', () => reloaded.open.state.kind === 'saving');
	served.store.release();
	await saved(reloaded);
	expect(await storedText(served.store, 'paper')).toBe('sent');
});

test('[OF1] nobody meets another person’s copy', async () => {
	const hoa = sit('hoa');
	await saved(hoa);
	hoa.network.cut();
	hoa.type('private until sent');
	await hoa.open.close();
	const binh = await sitOffline('binh');
	expect(binh.text()).toBe('');
	expect(binh.open.hasUnsaved).toBe(false);
});

test('[OF4] two tabs work side by side', async () => {
	const left = sit('hoa');
	const right = sit('hoa');
	await Promise.all([saved(left), saved(right)]);
	left.type('left ');
	await until('left in the right', () => right.text() === 'left ');
	right.type('right');
	await until('right in the left', () => left.text() === 'left right');
	await Promise.all([saved(left), saved(right)]);
	await until('each other', () => left.open.awareness.getStates().size === 2);
});

test('[OF4] one tab does not call saved what another has not handed over', async () => {
	const left = sit('hoa');
	await saved(left);
	left.network.cut();
	left.type('from the left tab ');
	left.type('twice');
	await until('kept', () => left.open.state.kind === 'offline');

	const right = sit('hoa');
	await saved(right); // it found the left tab's edits on the device and handed them over
	expect(await storedText(served.store, 'paper')).toBe('from the left tab twice');
	left.type(', and once more');
	await Promise.all([left.open.close(), right.open.close()]);

	const later = await sitOffline('hoa');
	expect(later.text()).toBe('from the left tab twice, and once more');
	expect(later.open.hasUnsaved).toBe(true);
	later.network.restore();
	await saved(later);
	expect(await storedText(served.store, 'paper')).toBe('from the left tab twice, and once more');
});

test('[OF5] signing out removes all copies of the person and leaves those of others', async () => {
	const [hoa, binh] = [sit('hoa'), sit('binh')];
	await Promise.all([saved(hoa), saved(binh)]);
	await Promise.all([hoa.open.close(), binh.open.close()]);
	await forgetLocalCopies('hoa');
	expect(await databases()).toEqual(['plenum:binh:paper:1']);
});

test('[OF5] signing out leaves on the device only what is nowhere else, and of others nothing that is saved', async () => {
	served.store.create('other');
	served.access.share('other', { hoa: 'editor' });
	const [paper, other, binh] = [sit('hoa'), sit('hoa', { documentId: 'other' }), sit('binh')];
	await Promise.all([saved(paper), saved(other), saved(binh)]);
	other.network.cut();
	other.type('only here');
	await until('counted', () => other.open.state.kind === 'offline' && other.open.state.pending === 1);
	await Promise.all([paper.open.close(), other.open.close(), binh.open.close()]);
	expect(await forgetSavedCopies('hoa')).toBe(1);
	expect(await databases()).toEqual(['plenum:binh:paper:1', 'plenum:hoa:other:1']);
	expect(await forgetSavedCopies()).toBe(1);
	expect(await databases()).toEqual(['plenum:hoa:other:1']);
	await forgetLocalCopies('hoa');
	expect(await databases()).toEqual([]);
});

test('[OF5] a copy that is open in another tab goes as well', async () => {
	const hoa = sit('hoa');
	await saved(hoa);
	expect(await forgetSavedCopies('hoa')).toBe(0);
	expect(await databases()).toEqual([]);
	await hoa.open.close();
});

test('[OF6] a copy goes with the right to read, unless it holds what exists nowhere else', async () => {
	const hoa = sit('hoa');
	const binh = sit('binh');
	await Promise.all([saved(hoa), saved(binh)]);
	served.store.hold();
	binh.type('only here');
	served.access.setRole('paper', 'hoa', null);
	served.access.setRole('paper', 'binh', null);
	served.engine.recheck({ documentId: 'paper' });
	await until('closed', () => hoa.open.state.kind === 'closed' && binh.open.state.kind === 'closed');
	await until('one copy', async () => (await databases()).join() === 'plenum:binh:paper:1');
	expect(binh.open.state).toEqual({ kind: 'closed', reason: 'no-access', pending: 1 });
});

test('[CL4] a device that stops keeping edits is not said to keep them', async () => {
	const hoa = sit('hoa');
	await saved(hoa);
	hoa.network.cut();
	await until('offline', () => hoa.open.state.kind === 'offline');
	const { put } = IDBObjectStore.prototype;
	IDBObjectStore.prototype.put = () => {
		throw new DOMException('the disk is full', 'QuotaExceededError');
	};
	try {
		hoa.type('not kept');
		await until('not saved', () => hoa.open.state.kind === 'not-saved');
	} finally {
		IDBObjectStore.prototype.put = put;
	}
});
