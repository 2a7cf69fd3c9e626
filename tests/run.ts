import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { buildWhenNeeded } from '../src/lib/server/build-when-needed.ts';
import { findChromium } from './support/chromium.ts';
import { DEATHS } from './support/engine-deaths.ts';

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
vitest('unit, SQL and sync tests');
say('build');
buildWhenNeeded(ROOT, say);
if (!findChromium())
	step('a browser for the end-to-end tests', ['node_modules/@playwright/test/cli.js', 'install', '--with-deps', 'chromium']);
step('end-to-end tests', ['node_modules/@playwright/test/cli.js', 'test']);
countE2e();

const failed = counts.failed > 0 || process.exitCode === 1 || (process.env.REQUIRE_SERVICES === '1' && counts.skipped > 0);
if (process.env.REQUIRE_SERVICES === '1' && counts.skipped > 0)
	say(`${counts.skipped} tests were skipped although REQUIRE_SERVICES=1`);
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exit(failed ? 1 : 0);

function step(name: string, args: string[]): void {
	if (run(name, args)) return;
	say(`failed: ${name}`);
	process.exitCode = 1;
}

function run(name: string, args: string[]): boolean {
	say(name);
	return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

/** Files whose process the JavaScript engine itself ended run once more, which the output says. */
function vitest(name: string): void {
	const reporters = ['default', 'json', './tests/support/engine-deaths.ts'].map((reporter) => `--reporter=${reporter}`);
	const args = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, `--outputFile.json=${VITEST_REPORT}`];
	const isGood = run(name, args);
	const dead = isGood ? [] : (read<string[]>(DEATHS) ?? []);
	countVitest(dead);
	if (dead.length > 0) {
		step(`the JavaScript engine ended while these ran, so they run once more: ${dead.join(', ')}`, [...args, ...dead]);
		countVitest([]);
	} else if (!isGood) process.exitCode = 1;
}

function say(text: string): void {
	process.stdout.write(`\n── ${text}\n`);
}

function countVitest(leftOut: readonly string[]): void {
	const report = read<{ testResults: { name: string; status: string; assertionResults: { status: string }[] }[] }>(VITEST_REPORT);
	if (!report) return void counts.failed++;
	for (const { name, status, assertionResults } of report.testResults) {
		if (leftOut.includes(name)) continue;
		const passed = assertionResults.filter((test) => test.status === 'passed').length;
		const failed = assertionResults.filter((test) => test.status === 'failed').length;
		counts.passed += passed;
		counts.failed += failed || (status === 'failed' ? 1 : 0);
		counts.skipped += assertionResults.length - passed - failed;
	}
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
