import { test } from 'vitest';
import { expectRulesCited, IN_FRONT } from '../support/spec-rules.ts';

test('every rule of SPEC.md is cited by a test, and every cited rule exists', () => {
	expectRulesCited({
		spec: 'src/lib/live/SPEC.md',
		tests: ['tests/live/**/*.test.ts', 'tests/e2e/live.spec.ts'],
		citation: IN_FRONT
	});
});
