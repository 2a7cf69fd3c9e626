import { FrameMemo } from '../frame-memo.ts';
import { reserveLargeFrames } from '../frames.ts';
import { median } from '../histogram.ts';
import { editedDocument, type LargeDocument, longDocument } from '../large-documents.ts';
import { allOpened, Opening, wrongContents } from '../opening.ts';
import { type ServerName, SERVERS, startServer } from '../servers.ts';
import type { Heard } from '../wire.ts';
import { type Bench, doubtsOf, type Row, type RowLoad, type Sample } from './row.ts';

const PATIENCE_MS = 60_000;
/** From this size on, the generator's buffers are made before the measurement. */
const LARGE = 1024 * 1024;
/** A server may encode the same document a little longer. */
const ROOM_FOR_ENCODING = 1.1;
/** After the document has come, this long for whatever else the server sends of it. */
const AFTERMATH_MS = 400;
/** A generator that used more of its core than this was itself in the way. */
const BUSIEST_GENERATOR = 0.9;
const STORERS: ServerName[] = ['ours', 'hocuspocus', 'y-websocket'];
const MIB = 1024 * 1024;

const STORE_NOTE = 'y-websocket-server keeps documents in LevelDB here. A relay keeps none and is left out.';

export const joinStorm: Row = {
	name: 'join',
	title: 'Join storm: 150 clients open one document of 4 MB at once, after a restart of the server',
	servers: STORERS,
	columns: [
		{ key: 'p50', title: 'p50 ms', digits: 0 },
		{ key: 'last', title: 'last ms', digits: 0 },
		{ key: 'peak', title: 'peak RSS MiB', digits: 0 },
		{ key: 'times', title: 'times sent', digits: 1 },
		{ key: 'others', title: 'others on its core', digits: 2 },
		{ key: 'generator', title: 'generator cores', digits: 2 }
	],
	short: ['last', 'peak'],
	isComparable: true,
	notes: [STORE_NOTE],
	loads: [load('150 clients, 4 MB', longDocument, 150)]
};

export const coldOpen: Row = {
	name: 'cold',
	title: 'Cold open after a restart: 100,000 characters made of 260,000 edits',
	servers: STORERS,
	columns: [
		{ key: 'p50', title: 'p50 ms', digits: 1 },
		{ key: 'last', title: 'last ms', digits: 1 },
		{ key: 'warm', title: 'one more, warm, ms', digits: 1 },
		{ key: 'peak', title: 'peak RSS MiB', digits: 0 },
		{ key: 'times', title: 'times sent', digits: 1 },
		{ key: 'others', title: 'others on its core', digits: 2 },
		{ key: 'generator', title: 'generator cores', digits: 2 }
	],
	short: ['last', 'warm'],
	isComparable: true,
	notes: [STORE_NOTE],
	loads: [load('1 client', editedDocument, 1), load('20 clients', editedDocument, 20)]
};

function load(name: string, make: () => LargeDocument, clients: number): RowLoad {
	return { name, measure: async (server, bench) => [await measure(server, bench, name, make(), clients)] };
}

async function measure(
	server: ServerName,
	{ storage }: Bench,
	load: string,
	document: LargeDocument,
	clients: number
): Promise<Sample> {
	const room = await storage.storedDocument(server, document);
	if (document.bytes.length > LARGE) reserveLargeFrames(clients + 1, Math.ceil(document.bytes.length * ROOM_FOR_ENCODING));
	const process = await startServer(server, { database: storage.database, folder: storage.leveldb });
	const memo = new FrameMemo<Heard>();
	const open = () => new Opening(room, document, SERVERS[server].wire, process.port, memo);
	let openings: Opening[] = [];
	try {
		const began = performance.now();
		const cpu = globalThis.process.cpuUsage();
		const [busyMs, cpuMs] = [process.coreBusyMs(), process.cpuMs()];
		openings = Array.from({ length: clients }, open);
		const broken = await allOpened(openings, PATIENCE_MS);
		const generator = share(cpu, performance.now() - began);
		await new Promise((resume) => setTimeout(resume, AFTERMATH_MS));
		const warm = open();
		broken.push(...(await allOpened([warm], PATIENCE_MS)));
		const peak = process.peakBytes() / MIB;
		const others = (process.coreBusyMs() - busyMs - (process.cpuMs() - cpuMs)) / (performance.now() - began);
		openings.push(warm);
		if (broken.length === 0) broken.push(...wrongContents(openings, document));
		const cold = openings.slice(0, clients);
		const times = cold.map(({ tookMs }) => tookMs);
		const emptyFirst = cold.filter(({ wasEmptyFirst }) => wasEmptyFirst).length;
		const timesSent = Math.max(...cold.map((opening) => opening.timesSent));
		return {
			load,
			server,
			broken,
			doubts: [
				...doubtsOf(0, others),
				...(clients > 20 && generator > BUSIEST_GENERATOR ? ['the generator was busy all the time'] : [])
			],
			remarks: [
				...(emptyFirst > 0 ? ['serves an empty document first'] : []),
				...(timesSent > 1 ? [`sends the document ${timesSent} times`] : [])
			],
			figures: { p50: median(times), last: Math.max(...times), warm: warm.tookMs, peak, times: timesSent, others, generator }
		};
	} finally {
		for (const opening of openings) opening.leave();
		await process.stop();
	}
}

/** Cores that this process used since then. */
function share(since: NodeJS.CpuUsage, elapsedMs: number): number {
	const { user, system } = globalThis.process.cpuUsage(since);
	return (user + system) / 1000 / elapsedMs;
}
