/**
 * Runs the plays of this folder, written with pgTAP, on PGlite and on a real Postgres when one answers (DATABASE_URL_TEST, or
 * the one on this machine). The database is prepared the way a hosted project is: with every right handed out by default, so
 * that a table whose rights were forgotten shows.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMigrations } from '../../src/lib/server/backend/migrations.ts';
import { embeddedStage, postgresStage, postgresUrl, type Stage } from './stage.ts';

const HERE = import.meta.dirname;
const MIGRATIONS = join(HERE, '../migrations');
const HOSTED_DEFAULTS = `
	alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
	alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
	alter default privileges in schema public grant all on functions to anon, authenticated, service_role;`;

const plays = (await readdir(HERE)).filter((file) => /^\d\d_.+\.sql$/.test(file) && file !== '00_helpers.sql').sort();
const realDatabase = await postgresUrl();

test('every migration has a version of its own: of two with one, only the first would ever be applied', async () => {
	const versions = (await readdir(MIGRATIONS)).map((file) => file.slice(0, 14));
	expect(versions.filter((version, index) => versions.indexOf(version) !== index)).toEqual([]);
});

describe('policies on PGlite', () => perform(embeddedStage));

describe.skipIf(!realDatabase.url)(`policies on Postgres${realDatabase.url ? '' : ` (skipped: ${realDatabase.reason})`}`, () =>
	perform(() => postgresStage(realDatabase.url!))
);

function perform(open: () => Promise<Stage>): void {
	let stage: Stage;

	beforeAll(async () => {
		stage = await open();
		await stage.sql.script(HOSTED_DEFAULTS);
		await applyMigrations(stage.sql, MIGRATIONS);
		await stage.loadPgtap();
		await stage.run(await readFile(join(HERE, '00_helpers.sql'), 'utf8'));
	});
	afterAll(() => stage?.close());

	test.each(plays)('%s', async (play) => {
		const lines = await stage.run(await readFile(join(HERE, play), 'utf8'));
		const plan = Number(lines.find((line) => /^1\.\.\d+$/.test(line))?.slice(3));
		expect(lines.filter((line) => !/^(ok |1\.\.)/.test(line))).toEqual([]);
		expect(lines.filter((line) => line.startsWith('ok ')), 'as many assertions as planned').toHaveLength(plan);
	});
	test('two owners who step down at once: one stays', async () => {
		const city = "tests.workspace('city')";
		await stage.sql.script(`update public.members set role = 'owner' where workspace_id = ${city} and person_id = tests.person('secretary')`);
		const stepDown = (name: string) => stage.sql.query(`update public.members set role = 'member' where workspace_id = ${city} and person_id = tests.person($1)`, [name]);
		const outcomes = await Promise.allSettled(['owner', 'secretary'].map(stepDown));
		expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'PL001' } }]);
		expect(await stage.sql.query(`select 1 from public.members where workspace_id = ${city} and role = 'owner'`)).toHaveLength(1);
	});
}
