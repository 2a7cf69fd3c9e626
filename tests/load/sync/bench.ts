/**
 * `npm run bench:sync`: Plenum's sync engine beside other servers, in one run on one machine. `--help` names the
 * options; docs/performance.md says what each row means. Needs a Postgres; the peers are installed on first use.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conditionsOf, describe } from './conditions.ts';
import { installPeer } from './install-peers.ts';
import { readOptions } from './options.ts';
import { asMarkdown, asText, writeInto } from './report.ts';
import { type Result, summarise } from './results.ts';
import { acknowledgement } from './rows/acknowledgement.ts';
import { fanOut, presence } from './rows/fan-out.ts';
import { idleMemory } from './rows/idle-memory.ts';
import { coldOpen, joinStorm } from './rows/open-document.ts';
import type { Row, Sample } from './rows/row.ts';
import { pinGenerator, ServerProcess } from './server-process.ts';
import type { ServerName } from './servers.ts';
import { Storage } from './storage.ts';

const ROWS: Row[] = [fanOut, presence, joinStorm, coldOpen, acknowledgement, idleMemory];
const ROOT = join(import.meta.dirname, '../../..');

const options = readOptions(ROWS.map(({ name }) => name));
const conditions = conditionsOf(options);
for (const peer of ['hocuspocus', 'y-websocket'] as const) if (options.servers.includes(peer)) installPeer(peer);
process.stdout.write(`${describe(conditions)}\n`);
pinGenerator();
if (options.profile) ServerProcess.profiles = join(ROOT, 'test-results/profiles');
const storage = await Storage.open();
// The servers end by themselves when they lose the bench; a database would stay.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void storage.close().finally(() => process.exit(1)));
const all: { row: string; results: Result[]; samples: Sample[] }[] = [];
try {
	for (const row of ROWS.filter(({ name }) => options.rows.includes(name))) {
		const samples = await measureRow(row);
		const results = summarise(samples);
		all.push({ row: row.name, results, samples });
		process.stdout.write(`${asText(row, results)}\n`);
		if (options.markdown) writeInto(join(ROOT, 'docs/performance.md'), row, asMarkdown(row, results, conditions));
	}
} finally {
	await storage.close();
}
mkdirSync(join(ROOT, 'test-results'), { recursive: true });
writeFileSync(join(ROOT, 'test-results/bench-sync.json'), JSON.stringify({ conditions, rows: all }, null, '\t'));
const broken = all.flatMap(({ results }) => results).filter((result) => result.server === 'ours' && result.broken.length > 0);
process.exit(broken.length > 0 ? 1 : 0);

/** Servers take turns within a run, so that what else the machine does falls on all of them. */
async function measureRow(row: Row): Promise<Sample[]> {
	const samples: Sample[] = [];
	const servers = row.servers.filter((server) => options.servers.includes(server));
	const loads = row.loads.filter(({ name }) => options.loads.length === 0 || options.loads.some((text) => name.includes(text)));
	for (const load of loads) {
		for (let run = 0; run < options.runs; run++) {
			for (const server of rotated(servers, run)) {
				if (server === 'relay' && run > 0) continue; // a yardstick needs no median
				process.stderr.write(`${row.name}: ${load.name}, run ${run + 1}, ${server}\n`);
				samples.push(...(await attempt(server, load)));
			}
		}
	}
	return samples;
}

async function attempt(server: ServerName, load: Row['loads'][number]): Promise<Sample[]> {
	await storage.settle();
	try {
		return await load.measure(server, { storage, seconds: options.seconds });
	} catch (error) {
		return [{ load: load.name, server, figures: {}, broken: [(error as Error).message], doubts: [] }];
	}
}

function rotated<T>(items: T[], by: number): T[] {
	return items.map((_, index) => items[(index + by) % items.length]);
}
