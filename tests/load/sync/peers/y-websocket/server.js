/**
 * The server of y-websocket, started as its own command does. With a folder it keeps documents in LevelDB, bound the
 * way its documentation did while the store was part of it; without one it keeps them in memory, which is its default.
 * With `seed` it only puts a document into the folder.
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { setPersistence, setupWSConnection } from '@y/websocket-server/utils';
import WebSocket from 'ws';
import { LeveldbPersistence } from 'y-leveldb';
import * as Y from 'yjs';
import { serveBench } from '../../servers/report-memory.ts';

const { folder, seed } = JSON.parse(process.argv[2]);
const leveldb = folder ? new LeveldbPersistence(folder) : null;

if (seed) {
	await leveldb.storeUpdate(seed.room, new Uint8Array(readFileSync(seed.file)));
	await leveldb.flushDocument(seed.room);
	await leveldb.destroy();
	process.send({ port: 0 });
	process.disconnect();
} else serve();

function serve() {
	if (leveldb) {
		setPersistence({
			provider: leveldb,
			async bindState(name, doc) {
				const stored = await leveldb.getYDoc(name);
				leveldb.storeUpdate(name, Y.encodeStateAsUpdate(doc));
				Y.applyUpdate(doc, Y.encodeStateAsUpdate(stored));
				doc.on('update', (update) => leveldb.storeUpdate(name, update));
			},
			async writeState() {}
		});
	}
	const sockets = new WebSocket.Server({ noServer: true });
	sockets.on('connection', (socket, request) => setupWSConnection(socket, request));
	const server = http.createServer((_request, response) => response.end('okay'));
	server.on('upgrade', (request, socket, head) =>
		sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request))
	);
	server.listen(0, '127.0.0.1', 4096, () => serveBench(server.address().port));
}
