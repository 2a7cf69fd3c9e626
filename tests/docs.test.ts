import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
/** Where a path of a document may begin, besides the root. */
const BASES = [
	'',
	'src/lib',
	'src/lib/documents',
	'src/lib/collab',
	'src/lib/server',
	'src/routes',
	'src/routes/(app)/[workspace]'
];

const FILE = /^[\w(+][\w()[\]./+-]*\.(?:ts|svelte|sql|md|json)$/;
const FOLDER = /^(?:src|tests|docs|supabase)\/[\w()[\]./+-]+$/;

describe.each(['CONTRIBUTING.md', 'docs/architecture.md'])('%s', (document) => {
	const text = readFileSync(resolve(ROOT, document), 'utf8');

	test('names only files and folders that are there', () => {
		const named = [...text.matchAll(/`([^`\s]+)`/g)]
			.map(([, code]) => code)
			.filter((code) => FILE.test(code) || FOLDER.test(code));
		expect(named.length).toBeGreaterThan(3);
		expect([...new Set(named)].filter((path) => !isThere(path))).toEqual([]);
	});
});

function isThere(path: string): boolean {
	if (BASES.some((base) => existsSync(resolve(ROOT, base, path)))) return true;
	return !path.includes('/') && globSync([`src/**/${path}`, `tests/**/${path}`, `supabase/**/${path}`], { cwd: ROOT }).length > 0;
}
