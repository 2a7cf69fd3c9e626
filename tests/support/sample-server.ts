import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from './chromium.ts';
import { PASSWORD, PEOPLE, signIn, storageOf } from './people.ts';
import { runCommand, startPlenum, temporaryFolder } from './plenum.ts';

/** One installation with the sample workspace for all specs, and a signed-in browser state for each of its people. */
export default async function setUp(): Promise<() => Promise<void>> {
	const port = process.env.E2E_PORT ?? '4173';
	const dataDir = temporaryFolder();
	const sample = await runCommand('src/sample.ts', [], { DATA_DIR: dataDir, SAMPLE_PASSWORD: PASSWORD });
	if (sample.code !== 0) throw new Error(`The sample workspace could not be made:\n${sample.output}`);
	const plenum = await startPlenum({ DATA_DIR: dataDir, PORT: port, LOG_LEVEL: 'warn' });
	mkdirSync('test-results/.people', { recursive: true });
	const browser = await chromium.launch({
		executablePath: findChromium() ?? undefined,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
	});
	for (const person of PEOPLE) {
		const context = await browser.newContext({ baseURL: plenum.url, locale: 'vi-VN' });
		await signIn(await context.newPage(), person);
		await context.storageState({ path: storageOf(person) });
		await context.close();
	}
	await browser.close();
	return async () => {
		await plenum.stop();
	};
}
