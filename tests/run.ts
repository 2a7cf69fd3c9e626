import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { buildWhenNeeded } from '../src/lib/server/build-when-needed.ts';
import { findChromium } from './support/chromium.ts';

/**
 * `npm test`: everything, in order of how soon it can fail. Suites that need Redis or Postgres skip with a sentence
 * when those do not answer; REQUIRE_SERVICES=1 (CI) makes a skip a failure.
 */
const ROOT = new URL('..', import.meta.url).pathname;
const VITEST_REPORT = 'test-results/vitest.json';
const E2E_REPORT = 'test-results/e2e.json';
const counts = { passed: 0, failed: 0, skipped: 0 };

rmSync('test-results', { recursive: true, force: true });
step('messages', ['node_modules/@inlang/paraglide-js/bin/run.js', 'compile', '--project', './project.inlang', '--silent']);
step('route types', ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync']);
step('types', ['node_modules/svelte-check/bin/svelte-check', '--fail-on-warnings', '--output', 'human']);
step('unit, SQL and sync tests', ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`]);
countVitest();
say('build');
buildWhenNeeded(ROOT, say);
if (!findChromium()) step('a browser for the end-to-end tests', ['node_modules/@playwright/test/cli.js', 'install', '--with-deps', 'chromium']);
step('end-to-end tests', ['node_modules/@playwright/test/cli.js', 'test']);
countE2e();

const failed = counts.failed > 0 || process.exitCode === 1 || (process.env.REQUIRE_SERVICES === '1' && counts.skipped > 0);
if (process.env.REQUIRE_SERVICES === '1' && counts.skipped > 0) say(`${counts.skipped} tests were skipped although REQUIRE_SERVICES=1`);
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exit(failed ? 1 : 0);

function step(name: string, args: string[]): void {
	say(name);
	const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
	if (status !== 0) {
		say(`failed: ${name}`);
		process.exitCode = 1;
	}
}

function say(text: string): void {
	process.stdout.write(`\n── ${text}\n`);
}

function countVitest(): void {
	const report = read<{ numPassedTests: number; numFailedTests: number; numPendingTests: number; numFailedTestSuites: number }>(VITEST_REPORT);
	if (!report) return void counts.failed++;
	counts.passed += report.numPassedTests;
	counts.failed += report.numFailedTests || report.numFailedTestSuites;
	counts.skipped += report.numPendingTests;
}

function countE2e(): void {
	const report = read<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(E2E_REPORT);
	if (!report) return void counts.failed++;
	if (report.stats.flaky > 0) say(`${report.stats.flaky} end-to-end tests passed only at the second try`);
	counts.passed += report.stats.expected + report.stats.flaky;
	counts.failed += report.stats.unexpected;
	counts.skipped += report.stats.skipped;
}

function read<T>(file: string): T | null {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as T;
	} catch {
		return null;
	}
}
