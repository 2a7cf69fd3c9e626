import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter } from 'vitest/node';

/** Where the files are listed whose process the JavaScript engine ended, when nothing else went wrong beside the tests. */
export const DEATHS = 'test-results/engine-deaths.json';
const DEATH = /signal (?:SIGTRAP|SIGSEGV|SIGILL) .*while running test file (.+)$/;

/**
 * Notes test files whose process died of the engine itself. V8 does so now and then where several threads run WebAssembly
 * (nodejs/node#64500), as every process does that opens an embedded database; it tells nothing of what is tested.
 */
export default class EngineDeaths implements Reporter {
	onTestRunStart(): void {
		rmSync(DEATHS, { force: true });
	}

	onTestRunEnd(_: unknown, errors: readonly { cause?: unknown }[]): void {
		const files = errors.flatMap(({ cause }) => DEATH.exec((cause as Error | undefined)?.message ?? '')?.[1] ?? []);
		if (files.length === 0 || files.length < errors.length) return;
		mkdirSync(dirname(DEATHS), { recursive: true });
		writeFileSync(DEATHS, JSON.stringify(files));
	}
}
