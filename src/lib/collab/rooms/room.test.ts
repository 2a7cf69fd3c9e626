import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { GroupCommit } from '../persistence/group-commit.server.ts';
import { MemoryStore } from '../persistence/memory-store.server.ts';
import { LIMITS } from '../protocol.ts';
import type { Connection } from './connection.server.ts';
import { noMetrics } from './report.server.ts';
import { Room } from './room.server.ts';

test('[HI3] when Yjs throws on a well-formed update, nothing of it is sent or stored and the room is given up', () => {
	const store = new MemoryStore();
	store.create('paper');
	const broken: unknown[] = [];
	const commits = new GroupCommit(store, LIMITS, () => {});
	const room = new Room(
		'paper',
		{ epoch: 1, snapshot: null, stateVector: null, updates: [] },
		{
			limits: LIMITS,
			commits,
			metrics: noMetrics,
			faultIn: () => null,
			onPoint: () => {},
			onCommitted: () => {},
			onPresence: () => {},
			onState: () => {},
			onLetGo: () => {},
			onRefused: () => {},
			onBroken: (_, error) => broken.push(error)
		}
	);
	const written: unknown[] = [];
	const hoa = stranger();
	const binh = { ...stranger(), write: (frame: unknown) => written.push(frame) } as unknown as Connection;
	room.audience.connections.add(hoa).add(binh);
	const bug = new Error('a bug in Yjs');
	room.doc.on('beforeObserverCalls', () => {
		throw bug;
	});
	const doc = new Y.Doc();
	doc.getText('test').insert(0, 'text');
	expect(room.receive(hoa, Y.encodeStateAsUpdate(doc))).toBe('taken');
	room.flush();
	expect(broken).toEqual([bug]);
	expect(written).toEqual([]);
	expect(commits.holds(room)).toBe(false);
});

function stranger(): Connection {
	return {
		canWrite: true,
		hasText: true,
		identity: { personId: 'hoa' },
		send: () => {},
		write: () => {},
		rest: () => {}
	} as unknown as Connection;
}
