import { fill, LiveRoom } from '../live-room.ts';
import { type ServerName, SERVERS, startServer } from '../servers.ts';
import type { Bench, Row, RowLoad, Sample } from './row.ts';

const CONNECTIONS = 1_000;
/** Sockets that come and go first, so that compiled code and pools are not counted as theirs. */
const WARM_UP = 100;
const SETTLE_MS = 500;
const MIB = 1024 * 1024;

export const idleMemory: Row = {
	name: 'idle',
	title: `Memory of ${CONNECTIONS.toLocaleString('en')} idle connections to empty documents, after garbage was collected`,
	servers: ['ours', 'hocuspocus', 'y-websocket', 'relay'],
	columns: [
		{ key: 'rss', title: 'RSS MiB', digits: 1 },
		{ key: 'used', title: 'heap and buffers MiB', digits: 1 },
		{ key: 'base', title: 'RSS before MiB', digits: 0 },
		{ key: 'seconds', title: 'joining s', digits: 2 }
	],
	short: ['rss', 'used'],
	isComparable: true,
	notes: [],
	loads: [load('in one room', 1), load(`in ${CONNECTIONS.toLocaleString('en')} rooms`, CONNECTIONS)]
};

function load(name: string, rooms: number): RowLoad {
	return { name, measure: async (server, bench) => [await measure(server, bench, name, rooms)] };
}

async function measure(server: ServerName, { storage }: Bench, load: string, roomCount: number): Promise<Sample> {
	const process = await startServer(server, { database: storage.database });
	const makeRooms = async (count: number, size: number) =>
		(await storage.emptyDocuments(count)).map(
			(name) => new LiveRoom(name, { wire: SERVERS[server].wire, port: process.port, size, edits: 0 })
		);
	let rooms: LiveRoom[] = [];
	try {
		const early = await makeRooms(1, WARM_UP);
		await fill(early);
		for (const room of early) room.leave();
		await new Promise((resume) => setTimeout(resume, SETTLE_MS));
		const before = await process.memory();
		rooms = await makeRooms(roomCount, CONNECTIONS / roomCount);
		const began = performance.now();
		await fill(rooms);
		const seconds = (performance.now() - began) / 1000;
		const after = await process.memory();
		const lost = rooms.flatMap(({ losses }) => losses);
		return {
			load,
			server,
			broken: lost.length > 0 ? [`${lost.length} connections lost (${lost[0]})`] : [],
			doubts: [],
			figures: { rss: (after.rss - before.rss) / MIB, used: (after.used - before.used) / MIB, base: before.rss / MIB, seconds }
		};
	} finally {
		for (const room of rooms) room.leave();
		await process.stop();
	}
}
