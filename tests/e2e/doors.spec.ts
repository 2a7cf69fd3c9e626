import { expect, test } from '@playwright/test';
import { knock } from '../soak/doors/knock.ts';
import { seeded } from '../sync/support/seeded.ts';
import { PASSWORD } from '../support/people.ts';
import { runCommand, startPlenum, temporaryFolder } from '../support/plenum.ts';

test('whatever comes to whichever door, signed in or not, it is answered, and by no fault of ours', async ({ request }) => {
	test.setTimeout(240_000);
	const dataDir = temporaryFolder();
	await runCommand('src/sample.ts', [], { DATA_DIR: dataDir, SAMPLE_PASSWORD: PASSWORD });
	const plenum = await startPlenum({ DATA_DIR: dataDir, PROXY_HOPS: '1', LOG_LEVEL: 'error' });
	const knocks = await knock(plenum.url, seeded(1), { count: 400, largestBytes: 2_000_000, atOnce: 2 });
	const said = (status: number) =>
		knocks
			.filter((each) => each.status === status)
			.map(({ door, who, bytes }) => `${door.method} ${door.path} by ${who}: ${bytes} bytes`);
	expect(said(0), 'without an answer').toEqual([]);
	expect(
		knocks
			.filter(({ status }) => status >= 500)
			.map(({ door, who, bytes, status }) => `${status} ${door.method} ${door.path} by ${who}: ${bytes} bytes`)
	).toEqual([]);
	expect(said(413).length).toBeGreaterThan(10);
	expect((await request.get(`${plenum.url}/livez`)).status()).toBe(200);
	await plenum.stop();
});
