/** The yardstick: hands every frame to the others in the room and knows nothing of Yjs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { serveBench } from './report-memory.ts';

const rooms = new Map<string, Set<WebSocket>>();
const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on('connection', (socket, request) => {
	const name = request.url ?? '';
	const room = rooms.get(name) ?? new Set();
	rooms.set(name, room.add(socket));
	socket.on('message', (data: Buffer) => {
		for (const other of room) if (other !== socket) other.send(data);
	});
	socket.on('close', () => room.delete(socket));
	socket.on('error', () => {});
});
http.listen(0, '127.0.0.1', 4096, () => serveBench((http.address() as AddressInfo).port));
