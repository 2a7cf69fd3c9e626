import { test } from 'vitest';

/** `test`, or a skip that says what is missing; with REQUIRE_SERVICES=1 what is missing fails. */
export function testWith(name: string, found: unknown): typeof test | typeof test.skip {
	if (found) return test;
	if (process.env.REQUIRE_SERVICES === '1') throw new Error(`${name} does not answer, and REQUIRE_SERVICES is set`);
	console.warn(`SKIPPED: tests that need ${name}, which does not answer here`);
	return test.skip;
}
