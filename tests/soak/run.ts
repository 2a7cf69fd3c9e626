import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from '../support/services.ts';

/**
 * `npm run soak`: the tests of faults, hostile input, arrival orders, long lives of texts, large backups and open doors at full length, about an hour on two cores. Every
 * number can be set, and a part run alone: `KILLS=100 npm run soak kills`. Ends with a summary; without Postgres the kills
 * are on PGlite alone, and it says so.
 */
const ROOT = new URL('../..', import.meta.url).pathname;
const PARTS: Record<string, string[]> = {
	kills: ['kill'],
	faults: ['database', 'shutdown', 'acknowledgement'],
	wire: ['hostile', 'hostile-sockets', 'messages'],
	orders: ['convergence', 'structure', 'offline'],
	client: ['client'],
	lives: ['long-lives'],
	backup: ['backup']
};
const TALLY = join(mkdtempSync(join(tmpdir(), 'plenum-soak-')), 'tally.jsonl');
const settings = {
	KILLS: '2000',
	FUZZ_FRAMES: '100000',
	SEEDS: '200',
	HISTORIES: '100000',
	FIRST_SEED: String(1 + Math.floor(Math.random() * 1e9)),
	DATABASE_AWAY_MS: '60000',
	BACKUP_MB: '2048',
	VISITS: '60000',
	KNOCKS: '3000',
	IMPORTS: '10',
	SOAK: '1',
	...process.env,
	TALLY
};

interface Tallied {
	what: string;
	kills?: number;
	promised?: number;
	edits?: number;
	lostOrDoubled?: number;
	falselySaved?: number;
	frames?: number;
	seeds?: string;
	seed?: number;
}

const wanted = process.argv.slice(2);
const names = [...Object.keys(PARTS), 'text', 'doors'];
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`no part is called ${unknown.join(', ')}; there are ${names.join(', ')}`);

const postgres = await freshDatabase();
await postgres?.drop();
if (!postgres) say('Postgres does not answer: kills on PGlite only (a tenth of them), and no database behind a broken network');
for (const name of ['KILLS', 'FUZZ_FRAMES', 'SEEDS', 'FIRST_SEED', 'DATABASE_AWAY_MS', 'BACKUP_MB', 'VISITS'] as const)
	say(`${name}=${settings[name]}`);

const outcomes: [string, boolean][] = [['types of the routes', run('node_modules/@sveltejs/kit/svelte-kit.js', ['sync'])]];
for (const [name, files] of Object.entries(PARTS)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	say(`part ${name}: ${files.join(', ')}`);
	const tests = files.map((file) => `tests/sync/${file}.test.ts`);
	outcomes.push([name, run('node_modules/vitest/vitest.mjs', ['run', '--project', 'sync', '--no-file-parallelism', ...tests])]);
}
if (wanted.length === 0 || wanted.includes('text')) {
	const last = String(Number(settings.FIRST_SEED) + Number(settings.HISTORIES) - 1);
	say(`part text: HISTORIES=${settings.HISTORIES}`);
	outcomes.push(['text', run('tests/text/fuzz/run.ts', [settings.FIRST_SEED, last, '40'])]);
}
if (wanted.length === 0 || wanted.includes('doors')) {
	say(`part doors: KNOCKS=${settings.KNOCKS} IMPORTS=${settings.IMPORTS}`);
	outcomes.push(['doors', run('tests/soak/doors/run.ts', [])]);
}
summarise();

function run(script: string, args: string[]): boolean {
	return spawnSync(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, stdio: 'inherit', env: settings }).status === 0;
}

function summarise(): void {
	const lines = existsSync(TALLY) ? readFileSync(TALLY, 'utf8').trim().split('\n') : [];
	const tallied = lines.map((line) => JSON.parse(line) as Tallied);
	const sum = (key: 'kills' | 'promised' | 'edits' | 'lostOrDoubled' | 'falselySaved' | 'frames') =>
		tallied.reduce((total, each) => total + (each[key] ?? 0), 0);
	const seeds = tallied.flatMap(({ seeds, seed }) => seeds ?? (seed === undefined ? [] : String(seed)));
	process.stdout.write(
		`\nkills ${sum('kills')} · edits ${sum('edits')}, of them acknowledged before a kill ${sum('promised')} · ` +
			`lost or doubled ${sum('lostOrDoubled')} · falsely called saved ${sum('falselySaved')} · hostile frames ${sum('frames')}\n` +
			`seeds: ${seeds.length > 6 ? `${seeds[0]} … ${seeds.at(-1)} (${seeds.length})` : seeds.join(', ')}\n`
	);
	for (const [name, isGood] of outcomes) process.stdout.write(`${isGood ? 'passed' : 'FAILED'}  ${name}\n`);
	process.exit(outcomes.every(([, isGood]) => isGood) ? 0 : 1);
}

function say(text: string): void {
	process.stdout.write(`── ${text}\n`);
}
