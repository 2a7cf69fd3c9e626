import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { crowd } from './support/crowd.ts';
import { RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

async function start(limits = {}): Promise<void> {
	served = await serve({ limits });
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor' });
}

beforeEach(() => start());
afterEach(() => served.stop());

const join = (person: string) => new RawClient(served.url, 'paper', person).synced();
const presenceOf = (client: RawClient, clientId: number) => client.presence.filter((entry) => entry.clientId === clientId);

test('[RL1] a socket that sends too fast is slowed down and loses nothing', async () => {
	await served.stop();
	await start({ frameRate: { perSecond: 200, burst: 20 } });
	const hoa = await join('hoa');
	const began = performance.now();
	for (let nth = 0; nth < 200; nth++) hoa.type('x');
	await hoa.acked();
	expect(performance.now() - began).toBeGreaterThan(400);
	expect(await storedText(served.store, 'paper')).toBe('x'.repeat(200));
	expect(hoa.closed).toBeNull();
});

test('[RL1] the size of updates counts', async () => {
	await served.stop();
	await start({ byteRate: { perSecond: 100_000, burst: 10_000 } });
	const hoa = await join('hoa');
	const began = performance.now();
	for (let nth = 0; nth < 5; nth++) hoa.type('x'.repeat(20_000));
	await hoa.acked();
	expect(performance.now() - began).toBeGreaterThan(400);
	expect((await storedText(served.store, 'paper')).length).toBe(100_000);
});

test('[RL3] a person whose updates crowd one place is slowed down, with a new socket too, and loses nothing', async () => {
	await served.stop();
	await start({ conflictRate: { perSecond: 5_000, burst: 1_000 } });
	const hoa = await join('hoa');
	hoa.type('ab');
	await hoa.acked();
	const updates = crowd(hoa.doc, 23);
	for (const update of updates.slice(0, 20)) hoa.sendUpdate(update);
	await hoa.acked();
	const pauses = served.engine.figures.total('reading_pauses');
	expect(pauses).toBeGreaterThan(0);
	hoa.close();
	const again = await join('hoa');
	for (const update of updates.slice(20)) again.sendUpdate(update);
	await again.acked();
	expect(served.engine.figures.total('reading_pauses')).toBeGreaterThan(pauses);
	expect(await storedText(served.store, 'paper')).toBe(`a${'x'.repeat(23)}b`);
});

test('[HI6] a crowd in one update is refused, and colleagues have nothing of it', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	hoa.type('ab');
	await hoa.acked();
	hoa.sendUpdate(Y.mergeUpdates(crowd(hoa.doc, 2_500)));
	expect((await hoa.end()).code).toBe(1007);
	binh.type('c');
	await binh.acked();
	expect(await storedText(served.store, 'paper')).toBe('abc');
});

test('[RL2] presence beyond its rate is dropped, the text is not', async () => {
	await served.stop();
	await start({ presenceRate: { perSecond: 0.001, burst: 3 } });
	const hoa = await join('hoa');
	const binh = await join('binh');
	for (let clock = 1; clock <= 50; clock++) hoa.sendPresence(7, clock, { clock });
	hoa.type('text');
	await hoa.acked();
	await until('the presence', () => presenceOf(binh, 7).length > 0);
	expect(presenceOf(binh, 7).at(-1)!.clock).toBe(3);
	expect(binh.text.toString()).toBe('text');
});

test('[SL1, SL2] a reader that does not read goes without presence, then is closed; others do not notice', async () => {
	await served.stop();
	await start({
		slowBytes: 100_000,
		slowCloseBytes: 3_000_000,
		byteRate: { perSecond: 1e9, burst: 1e9 },
		frameRate: { perSecond: 1e6, burst: 1e6 }
	});
	const hoa = await join('hoa');
	const slow = await join('binh');
	const other = await join('binh');
	slow.ws.pause();
	// The kernel takes a few megabytes before the engine sees anything pile up.
	for (let nth = 0; served.engine.stats().connections === 3; nth++) {
		expect(nth).toBeLessThan(400);
		hoa.type('x'.repeat(100_000));
		hoa.sendPresence(7, nth + 1, { nth });
		await hoa.settled();
	}
	await until('all text at the other', () => other.text.length === hoa.text.length, 20_000);
	expect(other.closed).toBeNull();
	const heard = presenceOf(other, 7).length;
	slow.ws.resume();
	await slow.end();
	expect(presenceOf(slow, 7).length).toBeLessThan(heard);
	slow.close();
});

test('[SL1] a reader that catches up learns who is there', async () => {
	await served.stop();
	await start({ slowBytes: 50_000, byteRate: { perSecond: 1e9, burst: 1e9 }, frameRate: { perSecond: 1e6, burst: 1e6 } });
	const hoa = await join('hoa');
	const slow = await join('binh');
	slow.ws.pause();
	for (let nth = 0; nth < 60; nth++) {
		hoa.type('x'.repeat(100_000));
		await hoa.settled();
	}
	hoa.sendPresence(7, 1, { at: 'while slow' });
	await hoa.settled();
	slow.ws.resume();
	await until('the text', () => slow.text.length === hoa.text.length);
	const third = await join('hoa');
	let clock = 0;
	await until('the missed presence', () => {
		third.sendPresence(8, ++clock, { clock });
		return presenceOf(slow, 7).length > 0;
	});
	expect(presenceOf(slow, 7).at(-1)!.state).toMatchObject({ at: 'while slow' });
});
