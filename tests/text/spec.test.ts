import { test } from 'vitest';
import { expectRulesCited, IN_BRACKETS } from '../support/spec-rules.ts';

test('every rule of SPEC.md is cited by a test, and every cited rule exists', () => {
	expectRulesCited({
		spec: 'src/lib/text/SPEC.md',
		tests: ['tests/text/**/*.test.ts', 'src/lib/text/**/*.test.ts', 'src/lib/documents/schema/*.test.ts'],
		citation: IN_BRACKETS
	});
});
