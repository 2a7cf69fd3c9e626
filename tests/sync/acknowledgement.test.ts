import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeSync, SYNC } from '../../src/lib/collab/protocol.ts';
import { RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
});
afterEach(async () => {
	served.store.release();
	await served.stop();
});

test('[AK1] an acknowledgement comes only after the store has committed', async () => {
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	served.store.hold();
	hoa.type('Điều 1');
	const counter = hoa.askAck();
	await hoa.settled();
	await until('the append', () => served.store.appends > 0);
	expect(hoa.acks).toEqual([]);
	expect(await new Promise((resolve) => setImmediate(() => resolve(hoa.acks.length)))).toBe(0);
	served.store.release();
	await hoa.acked(counter);
	expect(await storedText(served.store, 'paper')).toBe('Điều 1');
});
