import { afterEach, expect, test } from 'vitest';
import { createLocalBus } from '../../src/lib/server/bus.ts';
import { encodeSync } from '../../src/lib/collab/protocol.ts';
import { COUNTERS, DISTRIBUTIONS } from '../../src/lib/collab/rooms/report.server.ts';
import { createMetrics } from '../../src/lib/server/metrics.ts';
import { exposeSync } from '../../src/sync-metrics.ts';
import { RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;
afterEach(() => served.stop());

/** The samples of a scrape by "name{labels}". */
async function scrape(metrics: ReturnType<typeof createMetrics>): Promise<Map<string, number>> {
	const text = await metrics.registry.metrics();
	const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
	return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

async function start(options: Parameters<typeof serve>[0] = {}): Promise<ReturnType<typeof createMetrics>> {
	served = await serve(options);
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
	const metrics = createMetrics();
	exposeSync(metrics, served.engine);
	return metrics;
}

const join = (person: string, documentId = 'paper') => new RawClient(served.url, documentId, person).synced();

test('[OP3] after real traffic every figure says what happened', async () => {
	const metrics = await start({
		bus: createLocalBus(),
		limits: { presenceRate: { perSecond: 0.001, burst: 3 }, frameRate: { perSecond: 200, burst: 40 } }
	});
	const hoa = await join('hoa');
	const again = await join('hoa');
	const lan = await join('lan');
	for (let nth = 0; nth < 50; nth++) hoa.type('word ');
	await hoa.acked();
	lan.type('not allowed');
	await until('the rejection', () => lan.rejections.length === 1);
	for (let clock = 1; clock <= 5; clock++) again.sendPresence(7, clock, {});
	again.send(new Uint8Array([42]));
	await again.settled();
	const now = await scrape(metrics);
	const at = (name: string) => now.get(`plenum_sync_${name}`);
	expect(at('connections')).toBe(3);
	expect(at('people')).toBe(2);
	expect(at('rooms')).toBe(1);
	expect(at('rooms_with_document')).toBe(1);
	expect(at('bus_up')).toBe(1);
	expect(at('storing')).toBe(1);
	expect(at('connections_opened_total')).toBe(3);
	expect(at('rooms_loaded_total')).toBe(1);
	expect(at('updates_received_total')).toBeGreaterThanOrEqual(51);
	expect(at('updates_rejected_total{reason="role"}')).toBe(1);
	expect(at('frames_dropped_total{reason="presence_rate"}')).toBe(2);
	expect(at('frames_dropped_total{reason="unknown_kind"}')).toBe(1);
	expect(at('reading_pauses_total')).toBeGreaterThan(0);
	expect(at('committed_rows_total')).toBe(50);
	expect(at('committed_bytes_total')).toBeGreaterThan(500);
	expect(at('commits_total')).toBeGreaterThan(0);
	expect(at('frames_received_total')).toBeGreaterThan(55);
	expect(at('received_bytes_total')).toBeGreaterThan(at('committed_bytes_total')!);
	expect(at('frames_sent_total')).toBeGreaterThan(0);
	expect(at('sent_bytes_total')).toBeGreaterThan(0);
	for (const name of ['commit_seconds', 'commit_rows', 'commit_bytes'] as const)
		expect(at(`${name}_count`)).toBe(at('commits_total'));
	expect(at('commit_rows_sum')).toBe(50);
	expect(at('round_updates_sum')).toBe(50);
	expect(at('acknowledgement_seconds_count')).toBe(1);
	expect(at('commit_wait_seconds_sum')).toBeGreaterThan(0);
	expect(at('room_load_seconds_count')).toBe(1);
	expect(at('log_rows_bucket{le="10"}')).toBe(0);
	expect(at('log_rows_bucket{le="50"}')).toBe(1);
	expect(now.get('plenum_nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
});

test('[OP3] refusals, closes and frames that close are told apart', async () => {
	const metrics = await start({ limits: { updateBytes: 1_000, frameBytes: 10_000, silentMs: 75_000 } });
	const refused = [
		new RawClient(served.url, 'paper', null),
		new RawClient(served.url, 'paper', 'stranger'),
		new RawClient(served.url, 'nothing', 'hoa')
	];
	for (const client of refused) await client.end();
	const foreign = new RawClient(served.url, 'paper', 'hoa', { headers: { origin: 'https://elsewhere.test' } });
	await until('403', () => foreign.refusedWith);
	const bad: [string, (client: RawClient) => void][] = [
		['malformed_message', (client) => client.send(new Uint8Array([0]))],
		['malformed_update', (client) => client.sendUpdate(new Uint8Array([9, 9, 9]))],
		['unknown_sync_step', (client) => client.send(encodeSync(7, new Uint8Array([0])))],
		['update_too_large', (client) => client.type('x'.repeat(2_000))],
		['binary_messages_only', (client) => client.ws.send('text')],
		['frame_too_large', (client) => client.send(new Uint8Array(20_000))]
	];
	for (const [, send] of bad) {
		const client = await join('hoa');
		send(client);
		await client.end();
	}
	await until('all gone', () => served.engine.stats().connections === 0);
	const now = await scrape(metrics);
	const at = (name: string) => now.get(`plenum_sync_${name}`);
	for (const reason of ['sign_in', 'no_access', 'no_such_document', 'another_origin']) {
		expect([reason, at(`connections_refused_total{reason="${reason}"}`)]).toEqual([reason, 1]);
	}
	for (const [reason] of bad) expect([reason, at(`frames_refused_total{reason="${reason}"}`)]).toEqual([reason, 1]);
	expect(at('connections_closed_total{code="1007"}')).toBe(3);
	expect(at('connections_closed_total{code="1003"}')).toBe(1);
	expect(at('connections_closed_total{code="1009"}')).toBeGreaterThanOrEqual(1);
});

test('[OP3] a database that does not store is seen at once, and its return', async () => {
	const metrics = await start({ limits: { uncommittedMs: 100 } });
	const hoa = await join('hoa');
	served.store.appendError = new Error('disk full');
	hoa.type('taken');
	await hoa.end();
	const now = await scrape(metrics);
	expect(now.get('plenum_sync_storing')).toBe(0);
	expect(now.get('plenum_sync_commit_failures_total')).toBeGreaterThan(0);
	expect(now.get('plenum_sync_uncommitted_rows')).toBe(1);
	expect(now.get('plenum_sync_uncommitted_oldest_seconds')).toBeGreaterThan(0);
	expect(now.get('plenum_sync_rooms_read_only_now')).toBe(1);
	expect(now.get('plenum_sync_rooms_read_only_total')).toBe(1);
	expect(now.get('plenum_sync_connections_closed_total{code="1013"}')).toBe(1);
	served.store.appendError = null;
	await until('the commit', () => served.engine.stats().isStoring);
	expect((await scrape(metrics)).get('plenum_sync_rooms_read_only_now')).toBe(0);
});

test('[OP3] a load that fails, a document that vanishes and a reader that does not read are counted', async () => {
	const metrics = await start({
		limits: {
			slowBytes: 100_000,
			slowCloseBytes: 3_000_000,
			byteRate: { perSecond: 1e9, burst: 1e9 },
			frameRate: { perSecond: 1e6, burst: 1e6 }
		}
	});
	served.store.loadError = new Error('no');
	await new RawClient(served.url, 'paper', 'hoa').end();
	served.store.loadError = null;
	const hoa = await join('hoa');
	const slow = await join('binh');
	slow.ws.pause();
	for (let nth = 0; served.engine.stats().connections === 2; nth++) {
		expect(nth).toBeLessThan(400);
		hoa.type('x'.repeat(100_000));
		hoa.sendPresence(7, nth + 1, { nth });
		await hoa.settled();
	}
	slow.close();
	await hoa.acked();
	served.store.remove('paper');
	served.access.documents.delete('paper');
	hoa.type('into the void');
	await hoa.end();
	const now = await scrape(metrics);
	expect(now.get('plenum_sync_room_load_failures_total')).toBe(1);
	expect(now.get('plenum_sync_slow_reader_closes_total')).toBe(1);
	expect(now.get('plenum_sync_frames_dropped_total{reason="presence_for_a_slow_reader"}')).toBeGreaterThan(0);
	expect(now.get('plenum_sync_refused_rows_total')).toBe(1);
});

test('[OP3] every figure is described once, and no client can invent the value of a label', async () => {
	const metrics = await start();
	const hoa = await join('hoa');
	hoa.ws.close(4999, 'a code of my own');
	await until('nobody', () => served.engine.stats().connections === 0);
	const text = await metrics.registry.metrics();
	expect(text).toContain('plenum_sync_connections_closed_total{code="other"} 1');
	expect(text).not.toContain('4999');
	const described = [...text.matchAll(/^# HELP (\S+) (.+)$/gm)].map((match) => match[1]);
	expect(new Set(described).size).toBe(described.length);
	const shown = [...text.matchAll(/^([a-z_]\w*?)(?:_bucket|_sum|_count)?(?:\{| )/gm)].map((match) => match[1]);
	expect(shown.filter((name) => name.startsWith('plenum_sync') && !described.includes(name))).toEqual([]);
	for (const name of Object.keys(COUNTERS)) expect(described).toContain(`plenum_sync_${name}_total`);
	for (const name of Object.keys(DISTRIBUTIONS)) expect(described).toContain(`plenum_sync_${name}`);
	for (const { values, label } of Object.values(COUNTERS)) expect(values.includes('other')).toBe(label !== null);
});

test('[OP3] what the engine does by itself is counted: letting go, compacting, giving up on the silent', async () => {
	const metrics = await start({
		limits: { unloadMs: 0, silentMs: 3_000, compactRows: 5, compactIdleRows: 1, compactPauseMs: 0, recheckMs: 1_000_000 }
	});
	const hoa = await join('hoa');
	for (let nth = 0; nth < 8; nth++) {
		hoa.type('word ');
		await hoa.acked();
	}
	await until('a compaction', () => served.engine.figures.counts('compactions').get('done'));
	hoa.ws.pause();
	await until('silence', () => served.engine.figures.total('silent_closes'));
	await until('an unload', () => served.engine.figures.total('rooms_unloaded'));
	hoa.close();
	const binh = await join('binh');
	served.access.isDown = true;
	served.engine.recheck({ documentId: 'paper' });
	await binh.end();
	const now = await scrape(metrics);
	expect(now.get('plenum_sync_role_check_failures_total')).toBeGreaterThan(1);
	expect(now.get('plenum_sync_compactions_total{outcome="done"}')).toBeGreaterThan(0);
	expect(now.get('plenum_sync_compacted_rows_total')).toBeGreaterThan(5);
	expect(now.get('plenum_sync_compaction_seconds_count')).toBeGreaterThan(0);
	expect(now.get('plenum_sync_rooms')).toBe(1);
});

test('[OP3] each reason for which somebody is not let in has a number of its own', async () => {
	const metrics = await start({ limits: { connectionsPerDocument: 1 } });
	const paper = served.access.documents.get('paper')!;
	const refused = async (query = '') => (await new RawClient(served.url, 'paper', 'hoa', { query }).end()).code;
	const hoa = await join('hoa');
	expect(await refused()).toBe(1013);
	hoa.close();
	await until('nobody', () => served.engine.stats().connections === 0);
	paper.schemaVersion = 2;
	expect(await refused('?schema=1')).toBe(4409);
	expect(await refused('?schema=2&epoch=7')).toBe(4410);
	served.access.isDown = true;
	expect(await refused()).toBe(1013);
	await served.engine.drain();
	const late = new RawClient(served.url, 'paper', 'hoa');
	await until('503', () => late.refusedWith);
	const now = await scrape(metrics);
	for (const reason of [
		'too_many_connections',
		'reload_to_update',
		'document_was_replaced',
		'access_could_not_be_decided',
		'stopping'
	]) {
		expect([reason, now.get(`plenum_sync_connections_refused_total{reason="${reason}"}`)]).toEqual([reason, 1]);
	}
});
