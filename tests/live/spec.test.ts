import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const TESTS = ['tests/live/**/*.test.ts', 'tests/e2e/live.spec.ts'];

test('every rule of SPEC.md is cited by a test, and every cited rule exists', () => {
	const rules = [...readFileSync('src/lib/live/SPEC.md', 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map((match) => match[1]);
	const cited = new Set<string>();
	for (const path of globSync(TESTS)) {
		for (const [, ids] of readFileSync(path, 'utf8').matchAll(/['"`]\[((?:[A-Z]{2}\d+(?:, )?)+)\] /g)) {
			for (const id of ids.split(', ')) cited.add(id);
		}
	}
	expect(rules.length).toBe(new Set(rules).size);
	expect({ untested: rules.filter((id) => !cited.has(id)) }).toEqual({ untested: [] });
	expect({ unknown: [...cited].filter((id) => !rules.includes(id)) }).toEqual({ unknown: [] });
});
