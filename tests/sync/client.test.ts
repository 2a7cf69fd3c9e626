import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { pauseAfter } from '../../src/lib/base/socket-close.ts';
import { MESSAGE } from '../../src/lib/collab/protocol.ts';
import { everybodyLeaves, sitDown } from './support/desk.ts';
import { storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

async function start(options: Parameters<typeof serve>[0] = {}): Promise<void> {
	served = await serve(options);
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
}

beforeEach(() => start());
afterEach(async () => {
	await everybodyLeaves();
	served.store.appendError = null;
	served.store.release();
	await served.stop();
});

const saved = (desk: ReturnType<typeof sitDown>) => until('saved', () => desk.open.state.kind === 'saved');

test('[CN1, CL3] two of our clients and a plain y-websocket client work on one text', async () => {
	const hoa = sitDown(served, 'hoa');
	const binh = sitDown(served, 'binh');
	const doc = new Y.Doc();
	class Plain extends WebSocket {
		constructor(url: string, protocols: string[]) {
			super(url, protocols, { headers: { authorization: 'Bearer binh' } });
		}
	}
	const plain = new WebsocketProvider(served.url, 'paper', doc, { WebSocketPolyfill: Plain as never, disableBc: true });
	await Promise.all([saved(hoa), saved(binh), until('plain', () => plain.synced)]);
	hoa.type('one ');
	await until('one everywhere', () => binh.text() === 'one ' && doc.getText('test').toString() === 'one ');
	doc.getText('test').insert(4, 'two ');
	binh.type('three');
	await until('all everywhere', () =>
		[hoa.text(), binh.text(), doc.getText('test').toString()].every((text) => text === hoa.text() && text.length === 13)
	);
	await Promise.all([saved(hoa), saved(binh)]);
	await until('the store', async () => (await storedText(served.store, 'paper')) === hoa.text());
	plain.destroy();
});

test('[CL1] others’ presence is not repeated', async () => {
	const [hoa, binh, lan] = [sitDown(served, 'hoa'), sitDown(served, 'binh'), sitDown(served, 'lan')];
	await until('all to see each other', () => [hoa, binh, lan].every((desk) => desk.open.awareness.getStates().size === 3));
	const before = binh.network.sentKinds.filter((kind) => kind === MESSAGE.awareness).length;
	for (let at = 1; at <= 10; at++) {
		hoa.open.awareness.setLocalStateField('cursor', { at });
		await until('the caret', () => {
			const state = binh.open.awareness.getStates().get(hoa.open.doc.clientID);
			return (state?.cursor as { at: number } | undefined)?.at === at;
		});
	}
	expect(binh.network.sentKinds.filter((kind) => kind === MESSAGE.awareness).length).toBe(before);
	expect(binh.open.awareness.getStates().get(lan.open.doc.clientID)!.user).toMatchObject({ name: 'Name of lan', role: 'viewer' });
});

test('[CL1] nothing passes between tabs without the server', async () => {
	const hoa = sitDown(served, 'hoa');
	await saved(hoa);
	const plainTabs = [new Y.Doc(), new Y.Doc()];
	const providers = plainTabs.map((doc) => {
		const provider = new WebsocketProvider(served.url, 'paper', doc, { connect: false, WebSocketPolyfill: WebSocket as never });
		provider.connectBc();
		return provider;
	});
	plainTabs[0].getText('test').insert(0, 'between tabs');
	await until('the other plain tab', () => plainTabs[1].getText('test').toString() === 'between tabs');
	expect(hoa.text()).toBe('');
	for (const provider of providers) provider.destroy();
});

test('[CL2] a final close is obeyed and named', async () => {
	const hoa = sitDown(served, 'hoa');
	const states: string[] = [];
	hoa.open.on('state', (state) => states.push(state.kind));
	await saved(hoa);
	served.access.setRole('paper', 'hoa', null);
	served.engine.recheck({ documentId: 'paper' });
	await until('closed', () => hoa.open.state.kind === 'closed');
	expect(hoa.open.state).toEqual({ kind: 'closed', reason: 'no-access', pending: 0 });
	expect(hoa.network.attempts).toBe(1);
	served.access.setRole('paper', 'hoa', 'editor');
	hoa.open.reconnect();
	await saved(hoa);
	expect(states.at(-1)).toBe('saved');
});

test.each([
	['signed-out', (): void => served.sessions.end('hoa')],
	['no-access', (): void => served.access.setRole('paper', 'hoa', null)],
	['no-document', (): void => void served.access.documents.delete('paper')],
	['old-schema', (): void => void (served.access.documents.get('paper')!.schemaVersion = 2)],
	['replaced', (): void => void (served.access.documents.get('paper')!.epoch = 2)]
] as const)('[CL2, CN4] "%s" ends the attempts, on an open connection and on a new one', async (reason, change) => {
	const hoa = sitDown(served, 'hoa');
	await saved(hoa);
	change();
	if (reason === 'signed-out') served.access.authenticate = async () => null;
	served.engine.recheck({ documentId: 'paper' });
	await until('closed', () => hoa.open.state.kind === 'closed');
	expect(hoa.open.state).toMatchObject({ reason });
	const late = sitDown(served, 'hoa');
	await until('closed', () => late.open.state.kind === 'closed');
	expect(late.open.state).toMatchObject({ reason });
	// Meanwhile somebody who only lost the network tries again and again.
	const binh = sitDown(served, 'binh', { documentId: 'other' });
	binh.network.cut();
	await until('attempts', () => binh.network.attempts > 3);
	expect([hoa.network.attempts, late.network.attempts]).toEqual([1, 1]);
});

test('[CL2] after a restart nobody comes back at the same moment', async () => {
	const desks = Array.from({ length: 20 }, () => sitDown(served, 'hoa'));
	await Promise.all(desks.map(saved));
	const { port, access, store } = served;
	await served.stop();
	served = await serve({ port, access, store });
	await Promise.all(desks.map(saved));
	const returns = desks.map((desk) => Math.round(desk.network.attemptsAt.at(-1)! / 10));
	expect(new Set(returns).size).toBeGreaterThan(10);
});

test('[CL2] after a restart of the server the client comes back by itself', async () => {
	const hoa = sitDown(served, 'hoa');
	await saved(hoa);
	const { port, access, store } = served;
	await served.stop();
	await until('offline', () => hoa.open.state.kind === 'offline');
	hoa.type('written meanwhile');
	expect(hoa.open.hasUnsaved).toBe(true);
	served = await serve({ port, access, store });
	await saved(hoa);
	expect(await storedText(served.store, 'paper')).toBe('written meanwhile');
});

test('[CL2] pauses grow and are spread', () => {
	for (const [attempt, most] of [
		[1, 200],
		[4, 1_600],
		[20, 15_000]
	]) {
		const pauses = Array.from({ length: 200 }, () => pauseAfter(attempt));
		expect(Math.max(...pauses)).toBeLessThanOrEqual(most);
		expect(Math.min(...pauses)).toBeGreaterThanOrEqual(most / 4);
		expect(new Set(pauses).size).toBeGreaterThan(100);
	}
});

test('[CL3, CL4, CL7] saved means committed', async () => {
	const hoa = sitDown(served, 'hoa');
	await saved(hoa);
	served.store.hold();
	hoa.type('a');
	hoa.type('b');
	expect(hoa.open.state).toEqual({ kind: 'saving', pending: 2 });
	expect(hoa.open.hasUnsaved).toBe(true);
	await until('the append', () => served.store.appends > 0);
	hoa.type('c');
	expect(hoa.open.state).toEqual({ kind: 'saving', pending: 3 });
	served.store.release();
	await saved(hoa);
	expect(hoa.open.hasUnsaved).toBe(false);
	expect(await storedText(served.store, 'paper')).toBe('abc');
});

test('[CL3] one question covers many edits', async () => {
	const hoa = sitDown(served, 'hoa');
	await saved(hoa);
	const began = Date.now();
	for (let nth = 0; nth < 60; nth++) {
		hoa.type('x');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	await saved(hoa);
	const questions = hoa.network.sentKinds.filter((kind) => kind === MESSAGE.ack).length;
	expect(questions).toBeLessThanOrEqual((Date.now() - began) / 250 + 3);
});

test('[CL3] a deletion alone is an edit: unsaved until it is committed', async () => {
	const hoa = sitDown(served, 'hoa');
	hoa.type('too much');
	await saved(hoa);
	served.store.hold();
	hoa.open.doc.getText('test').delete(3, 5);
	expect(hoa.open.state).toEqual({ kind: 'saving', pending: 1 });
	await until('the append', () => served.store.appends > 1);
	expect(hoa.open.hasUnsaved).toBe(true);
	served.store.release();
	await saved(hoa);
	expect(await storedText(served.store, 'paper')).toBe('too');
});

test(
	'[CL3, CL4, CL7] after a sleep, on a dead connection that nobody closed, nothing is called saved',
	{ timeout: 30_000 },
	async () => {
		const hoa = sitDown(served, 'hoa');
		const states: string[] = [];
		await saved(hoa);
		hoa.network.sleep();
		hoa.open.on('state', (state) => states.push(state.kind));
		for (const word of ['written ', 'after ', 'waking']) hoa.type(word);
		expect(hoa.open.state).toEqual({ kind: 'saving', pending: 3 });
		await until('not saved', () => hoa.open.state.kind === 'not-saved', 15_000);
		expect(hoa.open.hasUnsaved).toBe(true);
		expect(states).not.toContain('saved');
		expect(await storedText(served.store, 'paper')).toBe('');
		hoa.open.reconnect();
		await saved(hoa);
		expect(await storedText(served.store, 'paper')).toBe('written after waking');
	}
);

// These take as long as they take in life: a soak runs them.
if (process.env.SOAK) {
	test('[CN7] a page on which nothing happens for a minute keeps its connection', { timeout: 120_000 }, async () => {
		const [hoa, lan] = [sitDown(served, 'hoa'), sitDown(served, 'lan')];
		await saved(hoa);
		await new Promise((resolve) => setTimeout(resolve, 65_000));
		expect([hoa.network.attempts, lan.network.attempts]).toEqual([1, 1]);
		expect(hoa.open.state.kind).toBe('saved');
	});

	test(
		'[CL3, CL4] a page that woke from sleep finds out by itself that its connection is dead',
		{ timeout: 120_000 },
		async () => {
			const hoa = sitDown(served, 'hoa');
			await saved(hoa);
			hoa.network.sleep();
			hoa.type('written after waking');
			await until('a new connection', () => hoa.network.attempts > 1, 60_000);
			await saved(hoa);
			expect(await storedText(served.store, 'paper')).toBe('written after waking');
		}
	);
}

test(
	'[CL3, CL4] a device that is told it lost its network asks at once, and leaves a connection that does not answer',
	{ timeout: 30_000 },
	async () => {
		const listeners = new EventTarget();
		Object.assign(globalThis, {
			addEventListener: listeners.addEventListener.bind(listeners),
			removeEventListener: listeners.removeEventListener.bind(listeners)
		});
		try {
			const hoa = sitDown(served, 'hoa');
			await saved(hoa);
			listeners.dispatchEvent(new Event('offline'));
			await saved(hoa);
			expect(hoa.network.attempts).toBe(1);
			hoa.network.sleep();
			hoa.type('typed while asleep');
			listeners.dispatchEvent(new Event('offline'));
			await saved(hoa);
			expect(hoa.network.attempts).toBe(2);
			expect(await storedText(served.store, 'paper')).toBe('typed while asleep');
			await hoa.open.close();
		} finally {
			Object.assign(globalThis, { addEventListener: undefined, removeEventListener: undefined });
		}
	}
);

test('[CL4] without a network, and with nowhere to keep edits, they are not saved', async () => {
	const hoa = sitDown(served, 'hoa');
	await saved(hoa);
	hoa.network.cut();
	await until('offline', () => hoa.open.state.kind === 'offline');
	hoa.type('a');
	expect(hoa.open.state).toEqual({ kind: 'not-saved', pending: 1 });
	hoa.network.restore();
	await saved(hoa);
	expect(await storedText(served.store, 'paper')).toBe('a');
});

test('[AU5, CL5] a session that ends soon is renewed without losing the connection', async () => {
	served.access.expiresAt = Date.now() + 2_000;
	let refreshes = 0;
	const hoa = sitDown(served, 'hoa', {
		refresh: async () => {
			refreshes++;
			served.sessions.renew('hoa', 'session of hoa', Date.now() + 3_600_000);
			return true;
		}
	});
	await until('the renewal', () => refreshes === 1);
	const expired = served.access.expiresAt;
	await until('the end of the first session', () => Date.now() > expired + 1_000, 10_000);
	hoa.type('still here');
	await saved(hoa);
	expect(hoa.network.attempts).toBe(1);
	expect(refreshes).toBe(1);
});

test('[CL5] an expired session is refreshed once and work goes on', async () => {
	await served.stop();
	await start({ limits: { renewBeforeMs: 0 } });
	served.access.expiresAt = Date.now() + 500;
	let refreshes = 0;
	const hoa = sitDown(served, 'hoa', {
		refresh: async () => {
			refreshes++;
			served.access.expiresAt = undefined;
			return true;
		}
	});
	await until('the refresh', () => refreshes === 1);
	await saved(hoa);
	hoa.type('still here');
	await saved(hoa);
	expect(refreshes).toBe(1);
});

test('[CL5] a session that cannot be refreshed closes, with the number of unsaved edits', async () => {
	const hoa = sitDown(served, 'hoa', { refresh: async () => false });
	await saved(hoa);
	served.store.hold();
	hoa.type('unsaved');
	served.sessions.end('hoa');
	await until('closed', () => hoa.open.state.kind === 'closed');
	expect(hoa.open.state).toEqual({ kind: 'closed', reason: 'signed-out', pending: 1 });
});

test('[CL5] a refresh that does not help is not repeated for ever', async () => {
	let refreshes = 0;
	served.access.expiresAt = Date.now() - 1;
	const hoa = sitDown(served, 'hoa', { refresh: async () => ++refreshes > 0 });
	served.access.authenticate = async () => null;
	await until('closed', () => hoa.open.state.kind === 'closed');
	expect(refreshes).toBeLessThanOrEqual(2);
});

test('[CL6, RO3, RO4] rejected edits are kept, and handed over when that is allowed again', async () => {
	const hoa = sitDown(served, 'hoa');
	const rejections: string[] = [];
	const roles: string[] = [];
	hoa.open.on('rejected', (reason) => rejections.push(reason));
	hoa.open.on('role', (role) => roles.push(role));
	await saved(hoa);
	served.access.setRole('paper', 'hoa', 'commenter');
	served.engine.recheck({ documentId: 'paper' });
	hoa.type('before I knew');
	await until('read-only', () => hoa.open.state.kind === 'read-only');
	await until('the rejection of the text', () => rejections.length === 2);
	expect(hoa.open.state).toEqual({ kind: 'read-only', pending: 1 });
	expect(hoa.text()).toBe('before I knew');
	expect(await storedText(served.store, 'paper')).toBe('');
	served.access.setRole('paper', 'hoa', 'editor');
	served.engine.recheck({ documentId: 'paper' });
	await saved(hoa);
	expect(await storedText(served.store, 'paper')).toBe('before I knew');
	expect(roles.at(0)).toBe('editor');
	expect(roles.at(-1)).toBe('editor');
});

test('[CL6, CL4, DS3] edits that the text has no room for are kept, and handed over when there is', async () => {
	await served.stop();
	await start({ limits: { documentBytes: 3_000 } });
	const hoa = sitDown(served, 'hoa');
	await saved(hoa);
	hoa.type('a'.repeat(2_500));
	await saved(hoa);
	// The first of two fits; that it is acknowledged later does not make the text less full.
	served.store.hold();
	const questions = () => hoa.network.sentKinds.filter((kind) => kind === MESSAGE.ack).length;
	const before = questions();
	hoa.type('b');
	await until('a question', () => questions() > before);
	hoa.type('c'.repeat(1_000));
	await until('full', () => hoa.open.state.kind === 'full');
	served.store.release();
	await until('the first acknowledged', () => hoa.open.state.pending === 1);
	expect(hoa.open.state.kind).toBe('full');
	expect(hoa.open.hasUnsaved).toBe(true);
	const binh = sitDown(served, 'binh');
	await saved(binh);
	expect(binh.text().length).toBe(2_501);
	expect(hoa.open.state.kind).toBe('full');
	binh.open.doc.getText('test').delete(0, 2_000);
	await saved(hoa);
	await saved(binh);
	expect(await storedText(served.store, 'paper')).toBe(`${'a'.repeat(500)}b${'c'.repeat(1_000)}`);
	await until('one text', () => binh.text() === hoa.text());
});

test('[CL6] a viewer is read-only from the start and owes nothing', async () => {
	const hoa = sitDown(served, 'hoa');
	hoa.type('text');
	await saved(hoa);
	const lan = sitDown(served, 'lan', { role: 'viewer' });
	await until('the text', () => lan.text() === 'text');
	await until('read-only', () => lan.open.state.kind === 'read-only');
	lan.type('a normalisation by the editor');
	expect(lan.open.hasUnsaved).toBe(false);
	expect(lan.open.state).toEqual({ kind: 'read-only', pending: 0 });
});

test('[CL8] an edit that can never be sent ends in a clear word', async () => {
	await served.stop();
	await start({ limits: { frameBytes: 20_000, updateBytes: 20_000 } });
	const hoa = sitDown(served, 'hoa');
	await saved(hoa);
	hoa.type('x'.repeat(30_000));
	await until('closed', () => hoa.open.state.kind === 'closed');
	expect(hoa.open.state).toEqual({ kind: 'closed', reason: 'too-large', pending: 1 });
});
