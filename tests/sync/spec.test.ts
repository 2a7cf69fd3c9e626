import { test } from 'vitest';
import { expectRulesCited, IN_FRONT } from '../support/spec-rules.ts';

test('every rule of SPEC.md is cited by a test, and every cited rule exists', () => {
	expectRulesCited({
		spec: 'src/lib/collab/SPEC.md',
		tests: ['tests/sync/**/*.test.ts', 'src/lib/collab/**/*.test.ts'],
		citation: IN_FRONT
	});
});
