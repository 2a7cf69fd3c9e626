import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GUEST_PAGES, MEMBER_PAGES } from './guest-pages.ts';

test('of every page of a workspace it is said whether guests have it', () => {
	const pages = globSync('**/+page.svelte', { cwd: import.meta.dirname }).map((file) =>
		`/(app)/[workspace]/${file}`.replace('/+page.svelte', '')
	);
	expect([...GUEST_PAGES, ...MEMBER_PAGES].sort()).toEqual(pages.sort());
});
