import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE, LIMITS } from '../protocol.ts';
import { Connection } from './connection.server.ts';
import { noMetrics } from './report.server.ts';
import type { Room } from './room.server.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const room = {} as Room;

/** A connection over a socket that does nothing by itself. */
function connected() {
	const said: string[] = [];
	const ws = Object.assign(new EventEmitter(), {
		OPEN: WebSocket.OPEN,
		readyState: WebSocket.OPEN,
		isReading: true,
		pause: () => void (ws.isReading = false),
		resume: () => void (ws.isReading = true),
		close: (code: number) => void said.push(`closed ${code}`)
	});
	const socket = { writableLength: 0, write: () => void said.push('frame') };
	const limits = { ...LIMITS, frameRate: { perSecond: 20, burst: 2 } };
	const connection = new Connection(
		ws as never,
		socket as never,
		{ limits, log: quiet, metrics: noMetrics },
		{
			id: 'c0ffee00',
			identity: { personId: 'hoa' },
			documentId: 'paper',
			schema: 1,
			standing: { role: 'editor', epoch: 1, schemaVersion: 1, name: 'Hoa', agency: 'Sở Nội vụ', colour: '#1f6feb' }
		}
	);
	const hear = (text: string) => void ws.emit('message', Buffer.from(text), true);
	return { connection, ws, said, hear };
}

test('[CN10, CN3] frames are kept while waiting, taken at once when live, kept again while resting', async () => {
	const { connection, ws, hear } = connected();
	const heard: string[] = [];
	hear('early');
	expect(heard).toEqual([]);
	const live = new Promise<void>((resolve) => {
		connection.goLive(room, (data) => {
			heard.push(data.toString());
			connection.charge(1, 0);
			if (data.toString() === 'last') resolve();
		});
	});
	expect(heard).toEqual(['early']);
	hear('second');
	hear('too much');
	expect(ws.isReading).toBe(false);
	hear('last');
	expect(heard).toEqual(['early', 'second', 'too much']);
	await live;
	expect(connection.room).toBe(room);
});

test('[CN10] a closed connection hears and says nothing more, and closes once', () => {
	const { connection, said, hear } = connected();
	const endings: (number | null)[] = [];
	connection.whenClosed(({ code, place: left }) => endings.push(code, left === room ? 1 : null));
	connection.goLive(room, () => {
		throw new Error('heard after the close');
	});
	connection.close(CLOSE.noAccess, 'no access');
	hear('late');
	connection.send(new Uint8Array([1]));
	connection.close(CLOSE.restart, 'again');
	connection.charge(1_000_000, 0);
	connection.goLive(room, () => said.push('live again'));
	expect(said).toEqual([`closed ${CLOSE.noAccess}`]);
	expect(endings).toEqual([CLOSE.noAccess, 1]);
	expect(connection.room).toBeNull();
});
