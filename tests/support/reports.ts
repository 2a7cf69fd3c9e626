import { globSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { DEATHS } from './engine-deaths.ts';

/** How many tests of a stage went how. `flaky` passed at the second try and are among the passed. */
export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
	flaky?: number;
}

interface VitestReport {
	testResults: { name: string; status: string; startTime: number; endTime: number; assertionResults: { status: string }[] }[];
}

interface PlaywrightReport {
	stats: { expected: number; unexpected: number; flaky: number; skipped: number };
	suites: PlaywrightSuite[];
}

interface PlaywrightSuite {
	file: string;
	specs?: { tests: { results: { duration: number }[] }[] }[];
	suites?: PlaywrightSuite[];
}

type Report = VitestReport | PlaywrightReport;

/** What a report of Vitest or Playwright counts, without the files left out; one failure when there is no report. */
export function countOf(file: string, leftOut: readonly string[]): Counts {
	const report = read<Report>(file);
	if (!report) return { passed: 0, failed: 1, skipped: 0 };
	if ('stats' in report) {
		const { expected, unexpected, flaky, skipped } = report.stats;
		return { passed: expected + flaky, failed: unexpected, skipped, flaky };
	}
	const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
	for (const { name, status, assertionResults } of report.testResults) {
		if (leftOut.includes(name)) continue;
		const passed = assertionResults.filter((test) => test.status === 'passed').length;
		const failed = assertionResults.filter((test) => test.status === 'failed').length;
		counts.passed += passed;
		counts.failed += failed || (status === 'failed' ? 1 : 0);
		counts.skipped += assertionResults.length - passed - failed;
	}
	return counts;
}

/** The test files that the JavaScript engine ended in the last run of Vitest, when nothing else went wrong. */
export function deadFiles(): string[] {
	return read<string[]>(DEATHS) ?? [];
}

/** The test files that took longest in this run: name and seconds, longest first. */
export function slowestFiles(most: number): [file: string, seconds: number][] {
	return globSync('test-results/*.json')
		.flatMap((file) => timesOf(read<Report>(file)))
		.sort(([, one], [, other]) => other - one)
		.slice(0, most);
}

function timesOf(report: Report | null): [string, number][] {
	if (report && 'testResults' in report)
		return report.testResults.map(({ name, startTime, endTime }) => [relative('.', name), (endTime - startTime) / 1000]);
	if (report && 'suites' in report) return report.suites.map((suite) => [`tests/e2e/${suite.file}`, durationOf(suite) / 1000]);
	return [];
}

function durationOf({ specs = [], suites = [] }: PlaywrightSuite): number {
	const own = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results.map(({ duration }) => duration)));
	return [...own, ...suites.map(durationOf)].reduce((sum, ms) => sum + ms, 0);
}

function read<T>(file: string): T | null {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as T;
	} catch {
		return null;
	}
}
