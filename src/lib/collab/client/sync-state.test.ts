import { describe, expect, test } from 'vitest';
import { NOT_SAVED_AFTER_MS, stateFrom, type SyncFacts, type SyncState } from './sync-state.ts';

const online: SyncFacts = {
	closed: null,
	connected: true,
	everConnected: true,
	confirmed: true,
	role: 'editor',
	full: false,
	pending: 0,
	pendingForMs: 0,
	keptHere: true
};
const cases: [string, Partial<SyncFacts>, SyncState][] = [
	['everything is acknowledged', {}, { kind: 'saved', pending: 0 }],
	['the first connection is being made', { connected: false, everConnected: false }, { kind: 'connecting', pending: 0 }],
	['nothing was confirmed on this connection yet', { confirmed: false }, { kind: 'connecting', pending: 0 }],
	['an edit is on its way', { pending: 2, pendingForMs: 300 }, { kind: 'saving', pending: 2 }],
	['an edit waits for too long', { pending: 2, pendingForMs: NOT_SAVED_AFTER_MS + 1 }, { kind: 'not-saved', pending: 2 }],
	['the network is gone', { connected: false }, { kind: 'offline', pending: 0 }],
	['the network is gone and edits are kept', { connected: false, pending: 3 }, { kind: 'offline', pending: 3 }],
	[
		'a page opened offline has edits of an earlier visit',
		{ connected: false, everConnected: false, pending: 3 },
		{ kind: 'offline', pending: 3 }
	],
	[
		'the network is gone and this device keeps nothing',
		{ connected: false, pending: 3, keptHere: false },
		{ kind: 'not-saved', pending: 3 }
	],
	['a reader', { role: 'viewer' }, { kind: 'read-only', pending: 0 }],
	['a commenter', { role: 'commenter' }, { kind: 'read-only', pending: 0 }],
	['a writer who lost the right with edits pending', { role: 'viewer', pending: 1 }, { kind: 'read-only', pending: 1 }],
	['a text that may not grow', { full: true, pending: 2, pendingForMs: NOT_SAVED_AFTER_MS + 1 }, { kind: 'full', pending: 2 }],
	['a final close', { closed: 'no-access', connected: false, pending: 1 }, { kind: 'closed', reason: 'no-access', pending: 1 }]
];

describe('[CL4] the state line', () => {
	test.each(cases)('%s', (_, facts, state) => {
		expect(stateFrom({ ...online, ...facts })).toEqual(state);
	});
});
