import { defineConfig } from '@playwright/test';
import { findChromium } from './tests/support/chromium.ts';

const PORT = Number(process.env.E2E_PORT ?? 4173);

export default defineConfig({
	testDir: 'tests/e2e',
	globalSetup: './tests/support/sample-server.ts',
	outputDir: 'test-results/e2e',
	// Bounds for what hangs: slow machines take 40 s for the longest.
	timeout: 150_000,
	expect: { timeout: 30_000 },
	// The specs share one installation and two cores.
	workers: 2,
	fullyParallel: false,
	// Two browsers and a server on two shared cores: one slow moment is said in the summary, it does not fail the run.
	retries: process.env.CI ? 1 : 0,
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	use: {
		baseURL: `http://localhost:${PORT}`,
		locale: 'vi-VN',
		viewport: { width: 1440, height: 900 },
		// A trace films each page and copies its document at each step: more than the test itself costs.
		trace: 'on-first-retry',
		launchOptions: {
			executablePath: findChromium() ?? undefined,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	}
});
