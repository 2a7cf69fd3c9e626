import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { accessToken, importText } from '../../load/session.ts';
import { PASSWORD } from '../../support/people.ts';
import { runCommand, startPlenum, temporaryFolder } from '../../support/plenum.ts';
import { seeded } from '../../sync/support/seeded.ts';
import { knock } from './knock.ts';
import type { Felt } from './typing.ts';

/**
 * `npm run soak doors`: KNOCKS requests of random sizes and kinds (up to 50 MB) at every door of an embedded installation,
 * then IMPORTS texts as large as is allowed from two people at once, while somebody types. Fails when the process was
 * silent for half a second, typing was acknowledged later than 250 ms (p99), or anything was answered by a fault of ours.
 */
const { KNOCKS = '3000', IMPORTS = '10', FIRST_SEED = '1' } = process.env;
const LONGEST_SILENCE_MS = 500;
const ACKNOWLEDGED_P99_MS = 250;
const LARGEST_TEXT = Array.from({ length: 14_500 }, (_, line) =>
	`Điều ${line + 1}. ${'Ủy ban nhân dân '.repeat(6)}`.slice(0, 100)
).join('\n');

const dataDir = temporaryFolder();
await runCommand('src/sample.ts', [], { DATA_DIR: dataDir, SAMPLE_PASSWORD: PASSWORD });
const plenum = await startPlenum({ DATA_DIR: dataDir, PROXY_HOPS: '1', LOG_LEVEL: 'error' });
const failures: string[] = [];
process.on('exit', () => void plenum.process.kill());

await whileSomebodyTypes(`${KNOCKS} requests at the doors (seed ${FIRST_SEED})`, async () => {
	const knocks = await knock(plenum.url, seeded(Number(FIRST_SEED)), {
		count: Number(KNOCKS),
		largestBytes: 50_000_000,
		atOnce: 4
	});
	const faults = knocks.filter(({ status }) => status === 0 || status >= 500);
	failures.push(
		...faults.map(
			({ status, door, who, bytes }) => `${status || 'no answer'}: ${door.method} ${door.path} by ${who}, ${bytes} bytes`
		)
	);
});
await whileSomebodyTypes(`${IMPORTS} imports of ${LARGEST_TEXT.length} characters by each of two people`, async () => {
	await Promise.all(
		(['drafter', 'owner'] as const).map(async (person) => {
			const token = await accessToken(plenum.url, person);
			for (let nth = 0; nth < Number(IMPORTS); nth++) await importText(plenum.url, token, LARGEST_TEXT, `Văn bản lớn ${nth}`);
		})
	);
});
await plenum.stop();
for (const failure of failures) process.stdout.write(`FAILED  ${failure}\n`);
process.exit(failures.length === 0 ? 0 : 1);

async function whileSomebodyTypes(what: string, work: () => Promise<void>): Promise<void> {
	const typist = spawn(process.execPath, [join(import.meta.dirname, 'typing.ts'), plenum.url], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const lines = createInterface({ input: typist.stdout })[Symbol.asyncIterator]();
	await lines.next();
	await work();
	typist.kill('SIGTERM');
	const felt = JSON.parse((await lines.next()).value as string) as Felt;
	await once(typist, 'exit');
	const sorted = felt.acknowledged.toSorted((a, b) => a - b);
	const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
	process.stdout.write(
		`${what}: acknowledged p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)} ms (${sorted.length}), longest silence ${Math.round(felt.longestSilence)} ms\n`
	);
	if (at(0.99) > ACKNOWLEDGED_P99_MS) failures.push(`${what}: acknowledged p99 ${at(0.99)} ms`);
	if (felt.longestSilence > LONGEST_SILENCE_MS) failures.push(`${what}: silent for ${Math.round(felt.longestSilence)} ms`);
	if (felt.closed > 0) failures.push(`${what}: the connection of who typed was closed`);
}
