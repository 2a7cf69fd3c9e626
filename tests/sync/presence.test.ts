import { afterEach, beforeEach, expect, test } from 'vitest';
import { presenceFrame, RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
});
afterEach(() => served.stop());

const join = (person: string) => new RawClient(served.url, 'paper', person).synced();

/** The last thing a client heard about a client id. */
const last = (client: RawClient, clientId: number) => client.presence.findLast((entry) => entry.clientId === clientId);

test('[AW1] the server writes who somebody is, whatever they claim', async () => {
	const hoa = await join('hoa');
	const lan = await join('lan');
	lan.sendPresence(7, 1, { user: { name: 'Chairperson', personId: 'hoa', role: 'manager', extra: 1 }, cursor: { at: 3 } });
	await until('the entry', () => last(hoa, 7));
	expect(last(hoa, 7)!.state).toEqual({
		user: { name: 'Name of lan', agency: 'Sở Nội vụ', colour: '#1f6feb', role: 'viewer', personId: 'lan' },
		cursor: { at: 3 }
	});
});

test('[AW2] nobody speaks for another, and repeating what one heard is no offence', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	const lan = await join('lan');
	binh.sendPresence(7, 1, { at: 'binh' });
	await until('binh', () => last(hoa, 7));
	lan.send(
		presenceFrame([
			[7, 2, JSON.stringify({ at: 'forged' })],
			[8, 1, JSON.stringify({ at: 'lan' })],
			[9, 1, JSON.stringify({ at: 'a second one' })]
		])
	);
	lan.sendPresence(7, 3, null);
	await until('lan', () => last(hoa, 8));
	await lan.settled();
	expect(last(hoa, 7)!.state).toMatchObject({ at: 'binh' });
	expect(last(hoa, 9)).toBeUndefined();
	expect(lan.closed).toBeNull();
});

test('[AW2] a person takes their own id over after a lost connection, and the old one leaves without a trace', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	binh.sendPresence(7, 4, { at: 'old' });
	await until('the old one', () => last(hoa, 7));
	const again = await join('binh');
	again.sendPresence(7, 5, { at: 'new' });
	await until('the new one', () => last(hoa, 7)!.clock === 5);
	binh.close();
	await until('the old one gone', () => served.engine.stats().connections === 2);
	again.sendPresence(7, 6, { at: 'still here' });
	await until('the newest', () => last(hoa, 7)!.clock === 6);
	expect(hoa.presence.filter((entry) => entry.clientId === 7 && entry.state === null)).toEqual([]);
});

test('[AW3] an entry that is too large is skipped', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	binh.sendPresence(7, 1, { blob: 'x'.repeat(5_000) });
	binh.sendPresence(7, 2, { at: 'modest' });
	await until('the modest one', () => last(hoa, 7));
	expect(hoa.presence.filter((entry) => entry.clientId === 7).length).toBe(1);
});

test('[AW4] a frame with 20,000 people in it makes one at most', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	binh.send(presenceFrame(Array.from({ length: 20_000 }, (_, id) => [id + 1, 1, '{}'])));
	await until('the one', () => last(hoa, 1));
	await binh.settled();
	const newcomer = await join('lan');
	expect(newcomer.presence.length).toBe(1);
});

test('[AW5] many changes of many people become few frames', async () => {
	const people = await Promise.all(Array.from({ length: 10 }, () => join('hoa')));
	const watcher = await join('binh');
	const began = Date.now();
	const before = watcher.frames.filter(([kind]) => kind === 1).length;
	for (let clock = 1; clock <= 30; clock++) {
		people.forEach((client, index) => client.sendPresence(100 + index, clock, { clock }));
		await Promise.all(people.map((client) => client.settled()));
	}
	await until('the last change of all', () => people.every((_, index) => last(watcher, 100 + index)?.clock === 30));
	const frames = watcher.frames.filter(([kind]) => kind === 1).length - before;
	expect(frames).toBeLessThanOrEqual((Date.now() - began) / 60 + 2);
	expect(frames).toBeLessThan(100);
});

test('[AW6] who leaves is gone for the others at once; who joins learns who is there', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	binh.sendPresence(7, 3, { at: 'here' });
	await until('binh', () => last(hoa, 7));
	const lan = await join('lan');
	expect(last(lan, 7)!.state).toMatchObject({ at: 'here' });
	binh.close();
	await until('binh gone', () => last(hoa, 7)!.state === null);
	expect(last(hoa, 7)!.clock).toBe(3);
	expect((await join('lan')).presence).toEqual([]);
});
