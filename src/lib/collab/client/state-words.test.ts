import { expect, test } from 'vitest';
import { overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';
import { wordsFor } from './state-words.ts';
import type { ClosedReason, SyncState } from './sync-state.ts';

const reasons: ClosedReason[] = [
	'signed-out',
	'no-access',
	'no-document',
	'old-schema',
	'replaced',
	'too-large',
	'invalid',
	'refused'
];
const states: SyncState[] = [
	{ kind: 'connecting', pending: 0 },
	{ kind: 'saved', pending: 0 },
	{ kind: 'saving', pending: 1 },
	{ kind: 'offline', pending: 0 },
	{ kind: 'offline', pending: 2 },
	{ kind: 'read-only', pending: 0 },
	{ kind: 'full', pending: 2 },
	{ kind: 'not-saved', pending: 2 },
	...reasons.map((reason) => ({ kind: 'closed' as const, reason, pending: 1 }))
];

test.each(['vi', 'en'] as const)('[CL4] each state has words of its own in %s', (locale) => {
	overwriteGetLocale(() => locale);
	const words = states.map((state) => wordsFor(state));
	expect(new Set(words.map(({ label, detail }) => `${label} ${detail}`)).size).toBe(states.length);
});

test('[CL4] the number of kept changes is said', () => {
	overwriteGetLocale(() => 'en');
	expect(wordsFor({ kind: 'offline', pending: 1 }).label).toBe('Offline (1 change kept here)');
	expect(wordsFor({ kind: 'offline', pending: 2 }).label).toBe('Offline (2 changes kept here)');
});

test.each(['old-schema', 'replaced'] as const)('[CL4] a page that is closed as %s is told to reload', (reason) => {
	overwriteGetLocale(() => 'en');
	const words = wordsFor({ kind: 'closed', reason, pending: 0 });
	expect(words.action).toBe('reload');
	expect(words.detail).toMatch(/[Rr]eload/);
});

test('[CL4, CL9] a page with an edit that nobody takes is told to copy it and to open afresh', () => {
	overwriteGetLocale(() => 'en');
	const words = wordsFor({ kind: 'closed', reason: 'invalid', pending: 1 });
	expect(words).toMatchObject({ action: 'open-afresh', tone: 'danger' });
	expect(words.detail).toMatch(/Copy .* afresh/);
});
