import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createLocalBus } from '../../src/lib/server/bus.ts';
import { LIMITS } from '../../src/lib/collab/protocol.ts';
import { COUNTERS } from '../../src/lib/live/report.server.ts';
import { Counters } from '../../src/lib/server/counters.ts';
import { createMetrics } from '../../src/lib/server/metrics.ts';
import { exposeMails } from '../../src/lib/server/outbox/waiting-mails.ts';
import { exposeLive } from '../../src/live-server.ts';
import { exposeSync } from '../../src/sync-metrics.ts';
import { serve } from './support/serve.ts';

const text = readFileSync('docs/operations.md', 'utf8');

test('[OP3] docs/operations.md names every figure of ours, and none that does not exist', async () => {
	const served = await serve({ bus: createLocalBus() });
	const metrics = createMetrics();
	exposeSync(metrics, served.engine);
	exposeLive(metrics, { stats: () => ({ connections: 0, topics: 0 }), counters: new Counters(COUNTERS) });
	exposeMails(metrics, { query: () => Promise.reject(new Error('no database')) });
	const shown = await metrics.registry.metrics();
	await served.stop();
	const existing = new Set([...shown.matchAll(/^# HELP (\S+)/gm)].map((match) => match[1]));
	const named = new Set([...text.matchAll(/\bplenum_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, '')));
	expect({ unknown: [...named].filter((name) => !existing.has(name)) }).toEqual({ unknown: [] });
	const ours = [...existing].filter((name) => /^plenum_(sync|live|http|outbox)_/.test(name));
	expect({ undescribed: ours.filter((name) => !named.has(name)) }).toEqual({ undescribed: [] });
	for (const [, reasons] of text.matchAll(/reason=~"([^"]+)"/g)) {
		for (const reason of reasons.split('|')) expect(shown).toContain(`reason="${reason}"`);
	}
});

test('docs/operations.md states every limit with its number', () => {
	const rows = [...text.matchAll(/^\| `(\w+)` \| ([\d,./ ]+) \|/gm)].map((match) => [match[1], match[2]]);
	const number = (value: number) => value.toLocaleString('en-US');
	const expected = Object.entries(LIMITS).map(([name, value]) => [
		name,
		typeof value === 'number' ? number(value) : `${number(value.perSecond)} / ${number(value.burst)}`
	]);
	expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
});

test('docs/operations.md quotes log lines and rules that exist', () => {
	const sources = globSync('src/**/*.ts')
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');
	const lines = [...text.matchAll(/^\| `([^`]+)` \| (?:debug|info|warn|error|fatal) \|/gm)].map((match) => match[1]);
	expect(lines.length).toBeGreaterThan(15);
	expect({ unknown: lines.filter((line) => !sources.includes(`'${line}'`)) }).toEqual({ unknown: [] });
	const rules = new Set(
		[...readFileSync('src/lib/collab/SPEC.md', 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map((match) => match[1])
	);
	const cited = [...text.matchAll(/\b([A-Z]{2}\d+)\b/g)].map((match) => match[1]);
	expect({ unknown: cited.filter((rule) => !rules.has(rule)) }).toEqual({ unknown: [] });
});
