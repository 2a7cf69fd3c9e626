import { globSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Rules of a SPEC are list items `- **AB1** …`; `citation` finds the ids, with commas, that the title of a test names. */
interface Rules {
	spec: string;
	tests: readonly string[];
	citation: RegExp;
}

/** In titles that begin with `[AB1, CD2] `. */
export const IN_FRONT = /['"`]\[((?:[A-Z]{2}\d+(?:, )?)+)\] /g;
/** In titles that name them as `(AB1, CD2)`. */
export const IN_BRACKETS = /\(((?:[A-Z]{2}\d+(?:, )?)+)\)/g;

/** Every rule has an id of its own and is cited by a test, and no test cites another. */
export function expectRulesCited({ spec, tests, citation }: Rules): void {
	const rules = [...readFileSync(spec, 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map((match) => match[1]);
	const cited = new Set<string>();
	for (const path of globSync(tests))
		for (const [, ids] of readFileSync(path, 'utf8').matchAll(citation)) for (const id of ids.split(', ')) cited.add(id);
	expect(rules.length).toBe(new Set(rules).size);
	expect({ untested: rules.filter((id) => !cited.has(id)) }).toEqual({ untested: [] });
	expect({ unknown: [...cited].filter((id) => !rules.includes(id)) }).toEqual({ unknown: [] });
}
