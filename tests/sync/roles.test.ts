import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeSync, SYNC } from '../../src/lib/collab/protocol.ts';
import { markersOf, PageWitness } from './support/promises.ts';
import { capture, RawClient, storedDoc, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

async function start(limits = {}): Promise<void> {
	served = await serve({ limits });
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', chair: 'manager', lan: 'viewer', minh: 'commenter' });
}

beforeEach(() => start());
afterEach(() => served.stop());

const join = (person: string, query = '') => new RawClient(served.url, 'paper', person, { query }).synced();

test.for(['chair', 'hoa'])('[RO1] %s may write', async (person) => {
	const client = await join(person);
	client.type('written');
	await client.acked();
	expect(client.rejections).toEqual([]);
	expect(await storedText(served.store, 'paper')).toBe('written');
});

test.for(['lan', 'minh'])('[RO1] an update of %s is dropped, answered, and seen by nobody', async (person) => {
	const hoa = await join('hoa');
	hoa.type('agreed text');
	await hoa.acked();
	const before = await served.engine.readUpdates('paper');
	const reader = await join(person);
	reader.type(' and more');
	await until('the rejection', () => reader.rejections.length === 1);
	expect(reader.rejections).toEqual(['role']);
	await hoa.settled();
	expect(hoa.text.toString()).toBe('agreed text');
	expect(await served.engine.readUpdates('paper')).toEqual(before);
	expect(await storedText(served.store, 'paper')).toBe('agreed text');
});

test('[RO1] a modified client of a viewer cannot write through a handshake, deletions alone included', async () => {
	const hoa = await join('hoa');
	hoa.type('agreed text');
	await hoa.acked();
	const lan = await join('lan');
	const deletion = capture(lan.doc, () => lan.text.delete(0, 6));
	lan.send(encodeSync(SYNC.step2, deletion));
	await until('the first rejection', () => lan.rejections.length === 1);
	const other = new Y.Doc();
	other.getText('test').insert(0, 'forged');
	lan.send(encodeSync(SYNC.step2, Y.encodeStateAsUpdate(other)));
	await until('the second rejection', () => lan.rejections.length === 2);
	await hoa.settled();
	expect(hoa.text.toString()).toBe('agreed text');
	expect(await storedText(served.store, 'paper')).toBe('agreed text');
});

test('[RO2] the handshake of an honest reader is no write, however much was deleted before', async () => {
	const hoa = await join('hoa');
	for (let line = 0; line < 20; line++) hoa.type(`line ${line} `);
	hoa.sendUpdate(capture(hoa.doc, () => hoa.text.delete(3, 40)));
	hoa.sendUpdate(capture(hoa.doc, () => hoa.text.delete(10, 5)));
	await hoa.acked();
	const lan = await join('lan');
	await lan.settled();
	// An honest client that comes back answers the server with all its deletions.
	lan.send(encodeSync(SYNC.step2, Y.encodeStateAsUpdate(lan.doc)));
	await lan.acked();
	expect(lan.rejections).toEqual([]);
});

test('[RO3, RO6] a writer becomes a reader in mid-typing, within two seconds', async () => {
	const hoa = await join('hoa', '?schema=1&epoch=1');
	expect(hoa.roles).toEqual(['editor']);
	const chair = await join('chair');
	let isTyping = true;
	const typing = (async () => {
		for (let nth = 0; isTyping; nth++) {
			hoa.type(`${nth} `);
			await hoa.settled();
		}
	})();
	await until('some text', () => chair.text.length > 20);
	served.access.setRole('paper', 'hoa', 'viewer');
	const changed = performance.now();
	served.engine.recheck({ documentId: 'paper' });
	await until('a rejection of typed text', () => hoa.rejections.length > 1);
	expect(performance.now() - changed).toBeLessThan(2_000);
	isTyping = false;
	await typing;
	expect(hoa.roles).toEqual(['editor', 'viewer']);
	await chair.settled();
	const seen = chair.text.toString();
	hoa.type('not any more');
	await hoa.settled();
	await chair.settled();
	expect(chair.text.toString()).toBe(seen);
	expect(hoa.text.toString().startsWith(seen)).toBe(true);
	expect(hoa.closed).toBeNull();
});

test('[RO4] a reader who becomes a writer hands over what was dropped', async () => {
	const lan = await join('lan', '?schema=1');
	lan.type('kept by lan');
	await until('the rejection', () => lan.rejections.length === 1);
	served.access.setRole('paper', 'lan', 'editor');
	served.engine.recheck({ personId: 'lan' });
	await until('the role', () => lan.roles.at(-1) === 'editor');
	await until('the text', async () => (await storedText(served.store, 'paper')) === 'kept by lan');
	lan.type(', and more');
	await lan.acked();
	expect(await storedText(served.store, 'paper')).toBe('kept by lan, and more');
});

test('[RO5] who loses access is closed; others stay', async () => {
	const hoa = await join('hoa');
	const lan = await join('lan');
	served.access.setRole('paper', 'hoa', null);
	const changed = performance.now();
	served.engine.recheck({ documentId: 'paper', personId: 'hoa' });
	expect((await hoa.end()).code).toBe(4403);
	expect(performance.now() - changed).toBeLessThan(2_000);
	await lan.settled();
	expect(lan.closed).toBeNull();
});

test('[RO5] deletion, replacement and a newer schema close everybody for good', async () => {
	for (const [change, code] of [
		[() => (served.access.documents.get('paper')!.schemaVersion = 2), 4409],
		[() => served.access.documents.get('paper')!.epoch++, 4410],
		[() => served.access.documents.delete('paper'), 4404]
	] as const) {
		const hoa = await join('hoa', '?schema=1');
		const lan = await join('lan', '?schema=1');
		change();
		served.engine.recheck({ documentId: 'paper' });
		expect((await hoa.end()).code).toBe(code);
		expect((await lan.end()).code).toBe(code);
		const document = served.access.documents.get('paper');
		if (document) document.schemaVersion = 1;
		if (document) served.store.create('paper', document.epoch);
		served.engine.recheck({ documentId: 'paper' });
	}
});

test('[RO5] a change that nobody announced is found', async () => {
	await served.stop();
	await start({ recheckMs: 500 });
	const hoa = await join('hoa');
	served.access.setRole('paper', 'hoa', null);
	expect((await hoa.end()).code).toBe(4403);
});

test('[RO5] a change for a workspace reaches its documents, and an empty scope is refused', async () => {
	const hoa = await join('hoa');
	served.access.setRole('paper', 'hoa', null);
	served.engine.recheck({ workspaceId: 'another' });
	await hoa.settled();
	expect(hoa.closed).toBeNull();
	served.engine.recheck({ workspaceId: 'workspace' });
	expect((await hoa.end()).code).toBe(4403);
	expect(() => served.engine.recheck({})).toThrow();
});

test('[RO5] changes one after the other end in the last one', async () => {
	const hoa = await join('hoa', '?schema=1');
	for (let nth = 0; nth < 20; nth++) {
		served.access.setRole('paper', 'hoa', nth % 2 === 0 ? 'viewer' : 'editor');
		served.engine.recheck({ documentId: 'paper' });
	}
	hoa.type('allowed in the end');
	await until('the text', async () => (await storedText(served.store, 'paper')) === 'allowed in the end');
});

test('[RO3, RO4, AK5, CL3, CL6] a right that comes and goes in mid-typing loses nothing and saves nothing falsely', async () => {
	const people = ['hoa', 'chair'].map((person) => new PageWitness(served.url, 'paper', person, person));
	const [hoa] = people;
	await until('saved', () => people.every(({ open }) => open.state.kind === 'saved'));
	for (let nth = 0; nth < 30; nth++) {
		const mayWrite = nth % 2 === 1;
		served.access.setRole('paper', 'hoa', mayWrite ? 'editor' : 'viewer');
		served.engine.recheck({ documentId: 'paper' });
		for (let edit = 0; edit < 6; edit++) {
			for (const page of people) if (page.open.state.kind !== 'read-only') page.type();
			await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
			const stored = new Set(markersOf(await storedDoc(served.store, 'paper')));
			expect(hoa.promised.filter((marker) => !stored.has(marker))).toEqual([]);
		}
	}
	await until('saved', () => people.every(({ open }) => open.state.kind === 'saved'), 20_000);
	const written = people.flatMap((page) => page.written);
	expect(markersOf(await storedDoc(served.store, 'paper')).sort()).toEqual(written.sort());
	expect(people.flatMap((page) => page.falseWords)).toEqual([]);
	await Promise.all(people.map((page) => page.leave()));
});

test('[RO7] when a standing cannot be read any more the socket closes, to try again', async () => {
	const hoa = await join('hoa');
	served.access.isDown = true;
	served.engine.recheck({ personId: 'hoa' });
	expect((await hoa.end()).code).toBe(1013);
});

test('[RO8] a socket that only looks on writes nothing, whatever its person may do and becomes', async () => {
	served.access.onlookers.add('hoa');
	const hoa = await join('hoa', '?schema=1');
	expect(hoa.roles).toEqual(['viewer']);
	served.access.setRole('paper', 'hoa', 'manager');
	served.engine.recheck({ documentId: 'paper', personId: 'hoa' });
	await until('the standing is read again', () => served.access.asked >= 2);
	hoa.type('written');
	await until('the rejection', () => hoa.rejections.length === 1);
	expect(hoa.rejections).toEqual(['role']);
	expect(await storedText(served.store, 'paper')).toBe('');
	served.access.setRole('paper', 'hoa', null);
	served.engine.recheck({ documentId: 'paper', personId: 'hoa' });
	expect((await hoa.end()).code).toBe(4403);
});
