import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { HandOverAnswer, HandOverLate } from '../../src/lib/collab/client/late-work.ts';
import { forgetLocalCopies } from '../../src/lib/collab/client/kept-copies.ts';
import { type Desk, everybodyLeaves, sitDown } from './support/desk.ts';
import { Network } from './support/network.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

/** A server that takes late work; what it was given, and what it answers. */
class Hands {
	readonly taken: { epoch: number; text: string; at: number | null }[] = [];
	answer: HandOverAnswer | Promise<HandOverAnswer> = { kind: 'done', applied: 1, beside: 0 };
	readonly handOverLate: HandOverLate = async (epoch, update, at) => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, update);
		this.taken.push({ epoch, text: doc.getText('test').toString(), at });
		return this.answer;
	};
}

let served: Served;
let hands: Hands;
beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor' });
	hands = new Hands();
});
afterEach(async () => {
	await everybodyLeaves();
	await forgetLocalCopies('hoa');
	await served.stop();
});

const sit = (options: Parameters<typeof sitDown>[2] = {}) =>
	sitDown(served, 'hoa', { indexedDb: true, handOverLate: hands.handOverLate, ...options });
const saved = (desk: Desk) => until('saved', () => desk.open.state.kind === 'saved');
const told = (desk: Desk, kind: string) => until(kind, () => desk.open.late.state.kind === kind);
const databases = async () => (await indexedDB.databases()).map(({ name }) => name!).sort();

function raiseEpoch(epoch: number): void {
	served.access.documents.get('paper')!.epoch = epoch;
	served.store.create('paper', epoch);
	served.engine.recheck({ documentId: 'paper' });
}

/** Writes without network in an epoch that is then over. */
async function writesLate(text: string, epoch = 1): Promise<void> {
	const hoa = sit({ epoch });
	await saved(hoa);
	hoa.network.cut();
	hoa.type(text);
	await hoa.open.close();
	raiseEpoch(epoch + 1);
}

test('[OF3] a copy of an earlier epoch without unsaved edits is removed', async () => {
	const hoa = sit();
	hoa.type('saved');
	await saved(hoa);
	await hoa.open.close();
	raiseEpoch(2);
	await saved(sit({ epoch: 2 }));
	await until('one copy', async () => (await databases()).join() === 'plenum:hoa:paper:2');
	expect(hands.taken).toEqual([]);
});

test('[OF3] one with unsaved edits is handed over, with the time of the last of them, and removed when that is durable', async () => {
	const before = Date.now();
	await writesLate('offline');
	const durable = Promise.withResolvers<HandOverAnswer>();
	hands.answer = durable.promise;
	const hoa = sit({ epoch: 2 });
	await told(hoa, 'handing-over');
	expect(hoa.open.late.state).toEqual({ kind: 'handing-over', count: 1 });
	expect(await databases()).toContain('plenum:hoa:paper:1');
	durable.resolve({ kind: 'done', applied: 3, beside: 1 });
	await told(hoa, 'brought-in');
	expect(hoa.open.late.state).toEqual({ kind: 'brought-in', applied: 3, beside: 1 });
	expect(hands.taken).toMatchObject([{ epoch: 1, text: 'offline' }]);
	expect(hands.taken[0].at).toBeGreaterThanOrEqual(before);
	await until('one copy', async () => (await databases()).join() === 'plenum:hoa:paper:2');
	expect(hoa.text()).toBe('');
	hoa.open.late.dismiss();
	expect(hoa.open.late.state).toEqual({ kind: 'none' });
});

test('[OF3] copies of several epochs are handed over one after the other, the oldest first', async () => {
	await writesLate('first');
	hands.answer = { kind: 'later' };
	await writesLate('second', 2);
	hands.taken.splice(0);
	hands.answer = { kind: 'done', applied: 1, beside: 1 };
	const hoa = sit({ epoch: 3 });
	await told(hoa, 'brought-in');
	expect(hands.taken.map(({ epoch, text }) => [epoch, text])).toEqual([
		[1, 'first'],
		[2, 'second']
	]);
	expect(hoa.open.late.state).toEqual({ kind: 'brought-in', applied: 2, beside: 2 });
});

test('[OF3] nothing is handed over without a connection, and what the server could not take is tried again', async () => {
	await writesLate('offline');
	const network = new Network();
	network.cut();
	const hoa = sit({ epoch: 2, network });
	await until('an attempt to connect', () => network.attempts > 0);
	expect(hands.taken).toEqual([]);
	hands.answer = { kind: 'later' };
	network.restore();
	hoa.open.reconnect();
	await until('a first attempt', () => hands.taken.length === 1);
	hands.answer = { kind: 'done', applied: 1, beside: 0 };
	await told(hoa, 'brought-in');
	expect(hands.taken.length).toBeGreaterThan(1);
});

test('[OF3] who may not write any more is shown the text, and it is handed over when they may again', async () => {
	await writesLate('offline');
	served.access.setRole('paper', 'hoa', 'viewer');
	const hoa = sit({ epoch: 2 });
	await told(hoa, 'stranded');
	expect(hoa.open.late.state).toEqual({ kind: 'stranded', reason: 'not-allowed', count: 1 });
	expect(hoa.open.late.stranded.map((doc) => doc.getText('test').toString())).toEqual(['offline']);
	expect(hands.taken).toEqual([]);
	served.access.setRole('paper', 'hoa', 'editor');
	served.engine.recheck({ documentId: 'paper' });
	await told(hoa, 'brought-in');
	expect(hands.taken).toMatchObject([{ text: 'offline' }]);
});

test.each(['not-kept', 'full', 'unreadable'] as const)(
	'[OF3] what cannot be brought in (%s) stays until the person lets go of it',
	async (kind) => {
		await writesLate('offline');
		hands.answer = { kind };
		const first = sit({ epoch: 2 });
		await told(first, 'stranded');
		expect(first.open.late.state).toEqual({ kind: 'stranded', reason: kind, count: 1 });
		await first.open.close();
		expect(await databases()).toContain('plenum:hoa:paper:1');

		const again = sit({ epoch: 2 });
		await told(again, 'stranded');
		expect(again.open.late.stranded.map((doc) => doc.getText('test').toString())).toEqual(['offline']);
		await again.open.late.discard();
		expect(again.open.late.state).toEqual({ kind: 'none' });
		await until('one copy', async () => (await databases()).join() === 'plenum:hoa:paper:2');
	}
);

test('[OF3, OF4] what another tab has written to the copy since is not removed with it', async () => {
	const other = sit();
	await saved(other);
	other.network.cut();
	other.type('offline');
	await until('kept', () => other.open.state.kind === 'offline');
	raiseEpoch(2);
	const durable = Promise.withResolvers<HandOverAnswer>();
	hands.answer = durable.promise;
	const hoa = sit({ epoch: 2 });
	await until('it is handed over', () => hands.taken.length === 1);
	other.type(' and more');
	await other.open.close();
	durable.resolve({ kind: 'done', applied: 1, beside: 0 });
	await told(hoa, 'brought-in');
	await hoa.open.close();
	await told(sit({ epoch: 2 }), 'brought-in');
	expect(hands.taken.map(({ text }) => text)).toEqual(['offline', 'offline and more']);
});

test.each([
	['keeps', true],
	['does not keep', false]
])(
	'[OF7, EP2, RO5] a page under which the epoch rises leaves what is unsent to the next, on a device that %s copies',
	async (_what, indexedDb) => {
		const hoa = sit({ indexedDb });
		await saved(hoa);
		served.store.hold();
		hoa.type('unsent');
		await until('the append', () => served.store.appends > 0);
		let isReplaced = false;
		hoa.open.on('replaced', () => (isReplaced = true));
		raiseEpoch(2);
		await until('told to open it anew', () => isReplaced);
		expect(hoa.open.state).toEqual({ kind: 'closed', reason: 'replaced', pending: 1 });
		served.store.release();
		const next = sit({ indexedDb, epoch: 2 });
		await hoa.open.close();
		await told(next, 'brought-in');
		expect(hands.taken).toMatchObject([{ epoch: 1, text: 'unsent' }]);
		next.type('and on');
		await saved(next);
	}
);
