import { afterEach, beforeEach, expect, test } from 'vitest';
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

test('[SH1] a stopping engine stores and acknowledges what it has taken, then closes 1012', async () => {
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	served.store.hold();
	hoa.type('last words');
	const counter = hoa.askAck();
	await until('the append', () => served.store.appends === 1);
	const drained = served.engine.drain();
	const late = new RawClient(served.url, 'paper', 'binh');
	await until('the refusal', () => late.refusedWith);
	expect(late.refusedWith).toBe(503);
	expect(hoa.closed).toBeNull();
	served.store.release();
	await drained;
	expect((await hoa.end()).code).toBe(1012);
	expect(hoa.acks).toEqual([counter]);
	expect(await storedText(served.store, 'paper')).toBe('last words');
	expect(served.engine.stats()).toMatchObject({ connections: 0, rooms: 0, uncommittedRows: 0 });
});

test('[SH1] under load, everything acknowledged is in the log', async () => {
	const clients = await Promise.all(Array.from({ length: 20 }, () => new RawClient(served.url, 'paper', 'hoa').synced()));
	const asked = clients.map(() => new Map<number, string>());
	let isTyping = true;
	const typing = clients.map(async (client, index) => {
		for (let nth = 0; isTyping && !client.closed; nth++) {
			const marker = `<${index}.${nth}>`;
			client.type(marker);
			asked[index].set(client.askAck(), marker);
			await new Promise((resolve) => setImmediate(resolve));
		}
	});
	await until('acknowledgements for all', () => clients.every((client) => client.acks.length > 3));
	await served.engine.drain();
	isTyping = false;
	await Promise.all(typing);
	await Promise.all(clients.map((client) => client.end()));
	const text = await storedText(served.store, 'paper');
	clients.forEach((client, index) => {
		for (const counter of client.acks) expect(text).toContain(asked[index].get(counter));
	});
});

test('[SH2] without a database it stops in time, having acknowledged nothing', async () => {
	await served.stop();
	await start({ drainMs: 300 });
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	served.store.appendError = new Error('no database');
	hoa.type('kept by its writer');
	hoa.askAck();
	await hoa.settled();
	const began = performance.now();
	await served.engine.drain();
	expect(performance.now() - began).toBeLessThan(2_500);
	expect((await hoa.end()).code).toBe(1012);
	expect(hoa.acks).toEqual([]);
	expect(served.complaints.map(({ message }) => message)).toContain(
		'stopped with updates that could not be stored or acknowledged'
	);
});
