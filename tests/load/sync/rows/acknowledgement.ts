import { Histogram } from '../histogram.ts';
import { fill, LiveRoom } from '../live-room.ts';
import { actsOf, pace } from '../pace.ts';
import { type ServerName, SERVERS, startServer } from '../servers.ts';
import { type Bench, doubtsOf, drain, type Row, type RowLoad, type Sample } from './row.ts';

const EDITS_PER_SECOND = 2;
const WARM_UP_S = 1;
/** At 40 edits a second a shorter window has no 99th percentile. */
const SHORTEST_S = 4;
/** Answers to the handshake are over by then, and no longer mistaken for answers to edits. */
const QUIET_MS = 300;

export const acknowledgement: Row = {
	name: 'ack',
	title: 'Edit → the server says that it has it',
	servers: ['ours', 'hocuspocus'],
	columns: [
		{ key: 'p50', title: 'p50 ms', digits: 1 },
		{ key: 'p95', title: 'p95 ms', digits: 1 },
		{ key: 'p99', title: 'p99 ms', digits: 1 },
		{ key: 'asked', title: 'edits', digits: 0 },
		{ key: 'answered', title: 'answered', digits: 0 },
		{ key: 'others', title: 'others on its core', digits: 2 },
		{ key: 'lag', title: 'generator lag p99 ms', digits: 1 }
	],
	short: ['p50', 'p99'],
	isComparable: false,
	notes: ['y-websocket-server and a relay answer nothing and are left out.'],
	loads: [load(1, 20), load(100, 5)]
};

function load(rooms: number, members: number): RowLoad {
	const name = `${rooms === 1 ? `${members} in one room` : `${rooms} rooms × ${members}`}, ${EDITS_PER_SECOND}/s each`;
	return { name, measure: async (server, bench) => [await measure(server, bench, name, rooms, members)] };
}

async function measure(
	server: ServerName,
	{ storage, seconds }: Bench,
	load: string,
	roomCount: number,
	members: number
): Promise<Sample> {
	const length = Math.max(seconds, SHORTEST_S);
	const names = await storage.emptyDocuments(roomCount);
	const process = await startServer(server, { database: storage.database });
	const shape = { actors: members, perSecond: EDITS_PER_SECOND };
	const edits = actsOf({ ...shape, seconds: WARM_UP_S }) + actsOf({ ...shape, seconds: length });
	const rooms = names.map((name) => new LiveRoom(name, { wire: SERVERS[server].wire, port: process.port, size: members, edits }));
	try {
		await fill(rooms);
		await new Promise((resume) => setTimeout(resume, QUIET_MS));
		const latency = new Histogram();
		const lag = new Histogram();
		let isMeasuring = false;
		let [asked, answered] = [0, 0];
		const waiting = rooms.map((room) => {
			const ofRoom = Array.from({ length: members }, (): { at: number; counts: boolean }[] => []);
			// Both servers answer the edits of one socket in order.
			room.onAnswer = (member, now) => {
				const edit = ofRoom[member].shift();
				if (!edit?.counts) return;
				answered++;
				latency.add(now - edit.at);
			};
			return ofRoom;
		});
		const type = (actor: number, now: number) => {
			const [room, member] = [Math.floor(actor / members), actor % members];
			rooms[room].type(member, now);
			rooms[room].ask(member);
			waiting[room][member].push({ at: now, counts: isMeasuring });
			if (isMeasuring) asked++;
		};
		const all = { actors: roomCount * members, perSecond: EDITS_PER_SECOND, act: type };
		await pace({ ...all, seconds: WARM_UP_S, lag: new Histogram() });
		isMeasuring = true;
		const [began, busyMs, cpuMs] = [performance.now(), process.coreBusyMs(), process.cpuMs()];
		await pace({ ...all, seconds: length, lag });
		const others = (process.coreBusyMs() - busyMs - (process.cpuMs() - cpuMs)) / (performance.now() - began);
		await drain(() => answered === asked);
		return {
			load,
			server,
			broken: answered < asked ? [`${asked - answered} of ${asked} edits were not answered`] : [],
			doubts: doubtsOf(lag.percentile(0.99), others),
			remarks: [`the answer means: ${SERVERS[server].answer}`],
			figures: {
				p50: latency.percentile(0.5),
				p95: latency.percentile(0.95),
				p99: latency.percentile(0.99),
				asked,
				answered,
				others,
				lag: lag.percentile(0.99)
			}
		};
	} finally {
		for (const room of rooms) room.leave();
		await process.stop();
	}
}
