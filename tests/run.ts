import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { buildWhenNeeded } from '../src/lib/server/build-when-needed.ts';
import { findChromium } from './support/chromium.ts';
import { countOf, deadFiles, slowestFiles, type Counts } from './support/reports.ts';

/**
 * `npm test`: everything, in order of how soon it can fail; the first stage that fails is the last. `node tests/run.ts types
 * unit` runs these stages alone. Suites that need Redis or Postgres skip with a sentence when those do not answer;
 * REQUIRE_SERVICES=1 (CI) makes a skip a failure.
 */
const STAGES: Record<string, () => boolean> = {
	prepare,
	format: () => node('prettier/bin/prettier.cjs', '--check', '--cache', '--log-level', 'warn', '.'),
	lint: () =>
		node('oxlint/bin/oxlint', '.') &&
		node('eslint/bin/eslint.js', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.') &&
		lintSql(),
	unused: () => node('knip/bin/knip.js', '--no-progress'),
	types: () =>
		node('svelte-check/bin/svelte-check', '--incremental', '--fail-on-warnings', '--output', 'human') && lintPromises(),
	unit: () => vitest('unit'),
	sql: () => vitest('sql'),
	sync: () => vitest('sync'),
	build,
	e2e: () => (findChromium() !== null || installChromium()) && e2e()
};
const ROOT = new URL('..', import.meta.url).pathname;
const SLOWEST_SHOWN = 15;
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const seconds: [stage: string, taken: number][] = [];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in STAGES));
if (unknown.length > 0) throw new Error(`There is no stage ${unknown.join()}: ${Object.keys(STAGES).join(', ')}`);
rmSync('test-results', { recursive: true, force: true });
const failed = (asked.length > 0 ? [...new Set(['prepare', ...asked])] : Object.keys(STAGES)).find((name) => !pass(name));
report();
process.exit(failed ? 1 : 0);

function pass(name: string): boolean {
	say(name);
	const began = performance.now();
	const isGood = STAGES[name]();
	seconds.push([name, (performance.now() - began) / 1000]);
	return isGood;
}

function report(): void {
	const slowest = slowestFiles(SLOWEST_SHOWN);
	if (slowest.length > 0) say(`the slowest files\n${slowest.map(([file, taken]) => line(file, taken)).join('\n')}`);
	say(`stages\n${seconds.map(([stage, taken]) => line(stage, taken)).join('\n')}`);
	if (failed) say(`failed: ${failed}`);
	process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
}

function line(name: string, taken: number): string {
	return `${taken.toFixed(1).padStart(8)} s  ${name}`;
}

function say(text: string): void {
	process.stdout.write(`\n── ${text}\n`);
}

/** Runs a script of a package with this Node; true when it ends well. */
function node(script: string, ...args: string[]): boolean {
	return spawnSync(process.execPath, [`node_modules/${script}`, ...args], { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

/** Messages and the types of routes, which the later stages read. */
function prepare(): boolean {
	return (
		node('@inlang/paraglide-js/bin/run.js', 'compile', '--project', './project.inlang', '--silent') &&
		node('@sveltejs/kit/svelte-kit.js', 'sync')
	);
}

function lintSql(): boolean {
	const migrations = globSync('supabase/migrations/*.sql', { cwd: ROOT });
	return node('squawk-cli/js/bin/squawk', '--config', '.squawk.toml', '--no-error-on-unmatched-pattern', ...migrations);
}

/** Promises that nobody waits for in .svelte files: svelte-check leaves its TypeScript form of each, which oxlint reads with types. */
function lintPromises(): boolean {
	const pages = globSync('.svelte-kit/.svelte-check/svelte/src/**/++*.svelte.ts', { cwd: ROOT });
	const rules = ['--config', '.oxlintrc.svelte.json', '--no-ignore', '--quiet'];
	return pages.length > 0 && node('oxlint/bin/oxlint', ...rules, ...pages);
}

/** Files whose process the JavaScript engine itself ended run once more, which the output says. */
function vitest(project: string): boolean {
	const reporters = ['default', 'json', './tests/support/engine-deaths.ts'].map((reporter) => `--reporter=${reporter}`);
	const run = (results: string, files: string[]) =>
		node('vitest/vitest.mjs', 'run', '--project', project, ...reporters, `--outputFile.json=${results}`, ...files);
	const isGood = run(`test-results/${project}.json`, []);
	const dead = isGood ? [] : deadFiles();
	const wasCounted = count(`test-results/${project}.json`, dead);
	if (dead.length === 0) return isGood && wasCounted;
	say(`the JavaScript engine ended while these ran, so they run once more: ${dead.join(', ')}`);
	return run(`test-results/${project}-again.json`, dead) && count(`test-results/${project}-again.json`) && wasCounted;
}

function build(): boolean {
	try {
		buildWhenNeeded(ROOT, say);
		return true;
	} catch (error) {
		say((error as Error).message);
		return false;
	}
}

function installChromium(): boolean {
	return node('@playwright/test/cli.js', 'install', '--with-deps', 'chromium');
}

function e2e(): boolean {
	const isGood = node('@playwright/test/cli.js', 'test');
	return count('test-results/e2e.json') && isGood;
}

/** Adds up what a report says; true when no test of it failed, or was skipped where none may be. */
function count(file: string, leftOut: readonly string[] = []): boolean {
	const counts = countOf(file, leftOut);
	for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key];
	if (counts.flaky) say(`${counts.flaky} tests passed only at the second try`);
	const mayNotSkip = process.env.REQUIRE_SERVICES === '1' && counts.skipped > 0;
	if (mayNotSkip) say(`${counts.skipped} tests were skipped although REQUIRE_SERVICES=1`);
	return counts.failed === 0 && !mayNotSkip;
}
