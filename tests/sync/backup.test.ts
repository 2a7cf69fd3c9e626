import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openBackend } from '../../src/lib/server/backend/backend.ts';
import { offerCopies } from '../../src/lib/server/backend/copies.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { createLog } from '../../src/lib/server/log.ts';
import { runCommand, temporaryFolder } from '../support/plenum.ts';
import { freshDatabase } from '../support/services.ts';
import { furnish, postgresShelf, putDocument, type Shelf } from '../support/shelf.ts';
import { testWith } from './support/services.ts';
import { tally } from './support/tally.ts';

/** MiB of files in the large backup; `npm run soak backup` makes it 2,048. */
const LARGE_MB = Number(process.env.BACKUP_MB ?? 60);
const FILE_MB = 10;
const MEMORY_MB = 300;
const TIMEOUT = 120_000 + LARGE_MB * 1_000;

const database = await freshDatabase();
const undo: (() => Promise<unknown> | void)[] = [database ? () => database.drop() : () => {}];
afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});

testWith('Postgres', database)(
	`a backup of large files, and its restore, stay within ${MEMORY_MB} MB of memory`,
	async () => {
		const shelf = await postgresShelf(database!);
		undo.splice(0, 1, shelf.close);
		const document = await putDocument(shelf, []);
		for (let mb = 0; mb < LARGE_MB; mb += FILE_MB) await putFile(shelf, document);
		const file = join(temporaryFolder(), 'plenum.tar.gz');
		const backup = await measured('src/backup.ts', file, database!.url);
		const second = (await freshDatabase())!;
		undo.push(() => second.drop());
		const restore = await measured('src/restore.ts', file, second.url);
		tally('backup', { megabytes: LARGE_MB, backup, restore });
		const restored = await openBackend(readConfig({ DATABASE_URL: second.url }), createLog('silent'), 'test');
		undo.push(() => restored.close());
		const files = 'select md5(bytes) as digest, octet_length(bytes) as bytes from public.document_files order by id';
		expect(await restored.sql.query(files)).toEqual(await shelf.sql.query(files));
		expect(backup.megabytes).toBeLessThan(MEMORY_MB);
		expect(restore.megabytes).toBeLessThan(MEMORY_MB);
	},
	TIMEOUT
);

// Bytes that hardly compress, made by the database.
async function putFile({ sql }: Shelf, document: string): Promise<void> {
	await sql.query(
		`insert into public.document_files (document_id, content_type, bytes)
		select $1::uuid, 'image/png', string_agg(sha256((random()::text || n)::bytea), '' order by n) from generate_series(1, $2::int) n`,
		[document, (FILE_MB * 1024 * 1024) / 32]
	);
}

const SAY_MEMORY = `import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => process.stdout.write('most memory: ' + Math.round(process.resourceUsage().maxRSS / 1024) + ' MB'));`;

async function measured(command: string, file: string, url: string): Promise<{ megabytes: number; seconds: number }> {
	const began = Date.now();
	const { code, output } = await runCommand(command, [file], {
		DATABASE_URL: url,
		NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SAY_MEMORY)}`
	});
	expect(code, output).toBe(0);
	return { megabytes: Number(/most memory: (\d+) MB/.exec(output)?.[1]), seconds: Math.round((Date.now() - began) / 1000) };
}

test('an embedded Plenum is backed up while it runs, as of one moment', async () => {
	const dataDir = temporaryFolder();
	const config = readConfig({ DATA_DIR: dataDir });
	const running = await openBackend(config, createLog('silent'), 'npm start');
	undo.push(() => running.close());
	const shelf = await furnish(running.sql, async () => {});
	const document = await putDocument(shelf, [new Uint8Array([1])]);
	const offerNoMore = await offerCopies(dataDir, running.makeCopy!, createLog('silent'));
	undo.push(offerNoMore);
	const file = join(temporaryFolder(), 'plenum.tar.gz');
	let isOver = false;
	const backup = runCommand('src/backup.ts', [file], { DATA_DIR: dataDir }).finally(() => (isOver = true));
	let written = 1;
	while (!isOver) {
		await running.sql.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, 1, $2)', [
			document,
			new Uint8Array([1])
		]);
		written++;
	}
	expect((await backup).output).toContain('Backup of');
	expect(existsSync(join(dataDir, 'copy')), 'what was copied for it is gone').toBe(false);

	const second = temporaryFolder();
	expect((await runCommand('src/restore.ts', [file], { DATA_DIR: second })).output).toContain('rows restored');
	const restored = await openBackend(readConfig({ DATA_DIR: second }), createLog('silent'), 'test');
	undo.push(() => restored.close());
	const [{ rows, last }] = await restored.sql.query<{ rows: number; last: number }>(
		'select count(*) as rows, max(id) as last from public.document_updates'
	);
	expect(rows, 'all rows up to one, and none after it').toBe(last);
	expect(rows).toBeGreaterThan(0);
	expect(rows).toBeLessThanOrEqual(written);
}, 180_000);

test('a process that makes no copies, as a restore, is not backed up but named', async () => {
	const dataDir = temporaryFolder();
	const running = await openBackend(readConfig({ DATA_DIR: dataDir }), createLog('silent'), 'npm run restore');
	undo.push(() => running.close());
	const { code, output } = await runCommand('src/backup.ts', [join(temporaryFolder(), 'plenum.tar.gz')], { DATA_DIR: dataDir });
	expect(output).toContain(`held by process ${process.pid} ("npm run restore"`);
	expect(code).toBe(1);
}, 60_000);
