import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '../../src/lib/server/log.ts';
import { RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

type Line = Record<string, unknown> & { level: string; msg: string };

let served: Served;
afterEach(() => served.stop());

/** An engine that writes its lines as the application does, and what it has written so far. */
async function start(level: string, limits = {}): Promise<() => Line[]> {
	const stream = new PassThrough();
	let text = '';
	stream.on('data', (chunk) => (text += chunk));
	served = await serve({ log: createLog(level, stream), limits });
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', lan: 'viewer' });
	return () =>
		text
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as Line);
}

const openedBy = (lines: Line[], personId: string) =>
	lines.find((line) => line.msg === 'connection opened' && line.personId === personId)!;

test('[OP1] one id leads through the whole life of a connection', async () => {
	const lines = await start('debug', { frameRate: { perSecond: 200, burst: 20 } });
	const hoa = await new RawClient(served.url, 'paper', 'hoa', { query: '?schema=1&epoch=1' }).synced();
	for (let nth = 0; nth < 60; nth++) hoa.type('word ');
	await hoa.acked();
	served.access.setRole('paper', 'hoa', 'viewer');
	served.engine.recheck({ documentId: 'paper' });
	await until('the role', () => hoa.roles.includes('viewer'));
	hoa.type('not any more');
	hoa.type('nor now');
	await until('the rejections', () => hoa.rejections.length === 3);
	await hoa.settled();
	hoa.ws.close(1000);
	await until('the last line', () => lines().some(({ msg }) => msg === 'connection closed'));

	const { connection } = openedBy(lines(), 'hoa');
	expect(connection).toMatch(/^[0-9a-f]{8}$/);
	const life = lines().filter((line) => line.connection === connection);
	expect(life.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
		'info connection opened',
		'debug connection live',
		'debug reading pauses',
		'debug role changed',
		'debug write rejected',
		'info connection closed'
	]);
	const [opened, live, , changed, rejected, closed] = life;
	expect(opened).toMatchObject({
		documentId: 'paper',
		personId: 'hoa',
		role: 'editor',
		schema: 1,
		epoch: 1,
		node: expect.stringMatching(/^[0-9a-f]{16}$/)
	});
	expect(live.ms).toBeGreaterThanOrEqual(0);
	expect(changed).toMatchObject({ from: 'editor', to: 'viewer' });
	expect(rejected).toMatchObject({ reason: 'role' });
	expect(closed).toMatchObject({ documentId: 'paper', personId: 'hoa', code: 1000, reason: '', updates: 63, unanswered: 0 });
	expect(closed.framesIn).toBeGreaterThan(63);
	expect(closed.bytesIn).toBeGreaterThan(60 * 5);
	expect(closed.framesOut).toBe(hoa.frames.length);
	expect(closed.bytesOut).toBeGreaterThan(hoa.frameBytes);
	expect(closed.seconds).toBeGreaterThan(0);
});

test('[OP1] who is refused has an id and a reason, and at level info the lines are few', async () => {
	const lines = await start('info');
	await new RawClient(served.url, 'paper', 'stranger').end();
	await new RawClient(served.url, 'paper', null).end();
	expect(lines()).toMatchObject([
		{ level: 'info', msg: 'connection refused', documentId: 'paper', personId: 'stranger', code: 4403, reason: 'no access' },
		{ level: 'info', msg: 'connection refused', documentId: 'paper', code: 4401, reason: 'sign in' }
	]);
	for (const line of lines()) expect(line.connection).toMatch(/^[0-9a-f]{8}$/);
	const lan = await new RawClient(served.url, 'paper', 'lan').synced();
	lan.type('no');
	await until('the rejection', () => lan.rejections.length === 1);
	lan.close();
	await until('the end', () => lines().length === 4);
	expect(
		lines()
			.slice(2)
			.map(({ msg }) => msg)
	).toEqual(['connection opened', 'connection closed']);
});

test('[OP1] what was still unanswered when a connection ended is said', async () => {
	const lines = await start('info', { uncommittedMs: 100 });
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	served.store.appendError = new Error('disk full');
	hoa.type('taken');
	hoa.askAck();
	hoa.askAck();
	await hoa.end();
	served.store.appendError = null;
	const closed = lines().find(({ msg }) => msg === 'connection closed');
	expect(closed).toMatchObject({ code: 1013, reason: 'the database is not answering', unanswered: 2, updates: 2 });
	await until('the log to catch up', () => served.engine.stats().uncommittedRows === 0);
	const changes = lines().filter(({ msg }) => msg.startsWith('the database '));
	expect(changes.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
		'error the database does not store what people write',
		'info the database stores again'
	]);
});

test('[OP1] a flood of refusals is counted, not written down', async () => {
	const lines = await start('info', { refusalRate: { perSecond: 0.001, burst: 2 } });
	const refused = Array.from({ length: 8 }, () => new RawClient(served.url, 'paper', 'stranger'));
	for (const client of refused) await until('a refusal', () => client.closed ?? client.refusedWith);
	expect(lines().filter(({ msg }) => msg === 'connection refused').length).toBe(2);
	expect(served.engine.figures.total('connections_refused')).toBe(8);
});

test('[OP2] lines hold ids, numbers and reasons, never what was typed, who it was by name, or from where', async () => {
	const lines = await start('debug', { uncommittedMs: 200 });
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	hoa.sendPresence(7, 1, { status: 'Bí mật trong trạng thái' });
	hoa.type('Bí mật trong văn bản');
	await hoa.acked();
	const params = [Buffer.from('Bí mật trong văn bản').toString('base64')];
	served.store.appendError = Object.assign(new Error('disk full'), { code: '53100', query: 'insert', params });
	hoa.type('Bí mật khác');
	await hoa.end();
	served.store.appendError = null;
	await until('the log to catch up', () => served.engine.stats().uncommittedRows === 0);
	await new RawClient(served.url, 'paper', 'hoa', { first: [new Uint8Array([0, 2, 200])] }).end();
	expect(lines().map(({ msg }) => msg)).toContain('updates could not be stored; trying again');
	const all = JSON.stringify(lines());
	for (const secret of ['Bí mật', params[0], 'Name of hoa', 'Sở Nội vụ', '127.0.0.1']) expect(all).not.toContain(secret);
});
