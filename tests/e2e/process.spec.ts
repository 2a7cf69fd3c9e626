import { expect, test } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD } from '../support/people.ts';
import { runCommand, startPlenum, temporaryFolder } from '../support/plenum.ts';

test.describe.configure({ mode: 'serial' });

test('an empty installation starts by itself and prints the one-time set-up link', async ({ request }) => {
	const plenum = await startPlenum();
	expect(plenum.output()).toMatch(/Set up the first workspace \(once\): http:\/\/localhost:\d+\/setup\?token=[\w-]{20,}/);
	expect((await request.get(`${plenum.url}/livez`)).status()).toBe(200);
	expect((await request.get(`${plenum.url}/readyz`)).status()).toBe(200);
	const metrics = await request.get(`${plenum.url}/metrics`);
	expect(await metrics.text()).toContain('plenum_sync_connections 0');
	expect((await request.get(`${plenum.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status()).toBe(403);
	expect(await plenum.stop('SIGTERM')).toBe(0);
});

test('what visitors say of themselves decides nothing and forges no line of the log', async ({ request }) => {
	const plenum = await startPlenum({ LOG_LEVEL: 'debug' });
	const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
	expect((await request.get(`${plenum.url}/sign-in`, { headers })).headers()).not.toHaveProperty('strict-transport-security');
	const config = await request.get(`${plenum.url}/api/config`, { headers });
	expect(await config.json()).toMatchObject({ supabaseUrl: plenum.url });
	for (const path of ['/', '/rest/v1/', '/rest/v1/rpc/', '/auth/v1/'])
		await request.get(`${plenum.url}${path}x%0A${encodeURIComponent('{"level":"info","msg":"forged"}')}`);
	await plenum.stop();
	const lines = plenum
		.output()
		.split('\n')
		.filter((line) => line.startsWith('{'));
	expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).not.toContain('forged');
	expect(plenum.output()).not.toMatch(/^(?!\{|  |$)/m);
});

test('pages allow no inline script that is not theirs and no framing', async ({ request }) => {
	const response = await request.get('/sign-in');
	const policy = response.headers()['content-security-policy'];
	expect(policy).toContain("script-src 'self' 'nonce-");
	expect(/script-src[^;]*unsafe-inline/.test(policy)).toBe(false);
	expect(policy).toContain("frame-ancestors 'none'");
	expect(response.headers()['x-content-type-options']).toBe('nosniff');
});

test('a second process is told who holds the data directory', async () => {
	const dataDir = temporaryFolder();
	const plenum = await startPlenum({ DATA_DIR: dataDir });
	const sample = await runCommand('src/sample.ts', [], { DATA_DIR: dataDir });
	expect(sample.code).toBe(1);
	expect(sample.output).toContain(`is held by process ${plenum.process.pid} ("npm start"`);
	const backup = await runCommand('src/backup.ts', [join(dataDir, 'plenum.tar.gz')], { DATA_DIR: dataDir });
	expect(backup.output, 'a backup does not need it stopped').toContain('Backup of');
	await plenum.stop();
	expect(existsSync(join(dataDir, 'plenum.lock'))).toBe(false);
});

// Stands in for memory that runs out: the thread of the database throws when the process gets the signal.
const BREAKS_ON_SIGNAL = `import { isMainThread, workerData } from 'node:worker_threads';
if (isMainThread) process.on('SIGUSR2', () => new BroadcastChannel('break').postMessage('now'));
else if (workerData?.folder) new BroadcastChannel('break').onmessage = () => { throw new Error('out of memory'); };`;

test('an embedded database that breaks down ends the process with a reason, and the next start finds everything', async () => {
	const dataDir = temporaryFolder();
	const plenum = await startPlenum({
		DATA_DIR: dataDir,
		NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(BREAKS_ON_SIGNAL)}`
	});
	const link = /setup\?token=[\w-]+/.exec(plenum.output())?.[0];
	expect(await plenum.stop('SIGUSR2')).toBe(1);
	expect(plenum.output()).toContain('the embedded database broke down; start Plenum again');
	expect(plenum.output()).toContain('ended unexpectedly (out of memory)');
	const again = await startPlenum({ DATA_DIR: dataDir });
	expect(/setup\?token=[\w-]+/.exec(again.output())?.[0]).toBe(link);
	await again.stop();
});

test.describe('settings that cannot be meant', () => {
	const cases: [string, Record<string, string>, string][] = [
		['an unknown one', { SUPABASE_KEY: 'x' }, 'SUPABASE_KEY is not a setting of Plenum'],
		['contradictory ones', { DATABASE_URL: 'postgres://x@127.0.0.1/x', DATA_DIR: '/tmp/x' }, 'contradict each other'],
		['half of Supabase', { SUPABASE_URL: 'https://x.supabase.co', DATA_DIR: '' }, 'must be set as well']
	];
	for (const [name, env, sentence] of cases) {
		test(`${name} stop the start with one sentence`, async () => {
			const { code, output } = await runCommand('src/main.ts', [], env);
			expect(code).toBe(1);
			expect(output.trim().split('\n')).toHaveLength(1);
			expect(output).toContain(sentence);
		});
	}
});

test('the sample is made once, and a backup of it restores into another installation', async ({ request }) => {
	test.setTimeout(240_000); // five processes, one after the other, each with a database to open
	const first = temporaryFolder();
	const made = await runCommand('src/sample.ts', [], { DATA_DIR: first, SAMPLE_PASSWORD: PASSWORD });
	expect(made.output).toContain('codrafter@sample.test');
	expect(made.code).toBe(0);
	const again = await runCommand('src/sample.ts', [], { DATA_DIR: first });
	expect(again.code).toBe(1);
	expect(again.output).toContain('already');

	const file = join(temporaryFolder(), 'plenum.tar.gz');
	expect((await runCommand('src/backup.ts', [file], { DATA_DIR: first })).code).toBe(0);
	const second = temporaryFolder();
	const restored = await runCommand('src/restore.ts', [file], { DATA_DIR: second });
	expect(restored.output).toContain('rows restored');
	const plenum = await startPlenum({ DATA_DIR: second });
	expect(plenum.output()).not.toContain('Set up the first workspace');
	const config = (await (await request.get(`${plenum.url}/api/config`)).json()) as { publishableKey: string };
	const signIn = await request.post(`${plenum.url}/auth/v1/token?grant_type=password`, {
		headers: { apikey: config.publishableKey },
		data: { email: 'drafter@sample.test', password: PASSWORD }
	});
	expect(signIn.status()).toBe(200);
	await plenum.stop();
});

test('nobody makes an account past the invitation', async ({ request }) => {
	const config = (await (await request.get('/api/config')).json()) as {
		publishableKey: string;
		version: string;
		supabaseUrl: string;
	};
	expect(Object.keys(config).sort()).toEqual(['publishableKey', 'supabaseUrl', 'version']);
	const response = await request.post('/auth/v1/signup', {
		headers: { apikey: config.publishableKey },
		data: { email: 'x@y.test', password: PASSWORD }
	});
	expect(response.status()).toBe(404);
});
