import { CaretDeliveries } from '../caret-deliveries.ts';
import { Histogram } from '../histogram.ts';
import { fill, LiveRoom } from '../live-room.ts';
import { actsOf, pace } from '../pace.ts';
import type { ServerProcess } from '../server-process.ts';
import { type ServerName, SERVERS, startServer } from '../servers.ts';
import { type Bench, doubtsOf, drain, type Row, type RowLoad, type Sample } from './row.ts';

/**
 * A server that has run for a day has compiled what it often does; one of which little is asked takes long to. So each
 * is first asked for as many deliveries as all of them can bear, and that is not measured.
 */
const WARM_UP_S = 5;
const WARM_UP_DELIVERIES_PER_S = 25_000;
/** Between two rates on the same sockets. */
const SETTLE_S = 0.3;
const CARETS_PER_SECOND = 5;
const RATES = [1, 2, 5, 10];

interface Load {
	rooms: number;
	members: number;
	/** Edits a second of each member, one after the other on the same sockets. */
	rates: number[];
	withCarets: boolean;
}

const TOTALS_NOTE = 'Expected and received count all deliveries since the sockets were opened.';
const COLUMNS = [
	{ key: 'sent', title: 'edits/s in', digits: 0 },
	{ key: 'delivered', title: 'deliveries/s', digits: 0 },
	{ key: 'p50', title: 'p50 ms', digits: 1 },
	{ key: 'p95', title: 'p95 ms', digits: 1 },
	{ key: 'p99', title: 'p99 ms', digits: 1 },
	{ key: 'cpu', title: 'µs/delivery', digits: 2 },
	{ key: 'cores', title: 'cores', digits: 2 },
	{ key: 'others', title: 'others on its core', digits: 2 },
	{ key: 'lag', title: 'generator lag p99 ms', digits: 1 },
	{ key: 'expected', title: 'expected', digits: 0 },
	{ key: 'received', title: 'received', digits: 0 }
];

export const fanOut: Row = {
	name: 'fanout',
	title: 'Fan-out: everybody types, everybody gets everything',
	servers: ['ours', 'hocuspocus', 'y-websocket', 'relay'],
	columns: COLUMNS,
	short: ['p99', 'cpu'],
	isComparable: true,
	notes: [TOTALS_NOTE],
	loads: [
		...[50, 100, 200, 400].map((members) => load({ rooms: 1, members, rates: RATES, withCarets: false })),
		load({ rooms: 100, members: 5, rates: [10], withCarets: false })
	]
};

export const presence: Row = {
	name: 'presence',
	title: `Fan-out with presence: every member also moves its caret ${CARETS_PER_SECOND} times a second`,
	servers: ['ours', 'hocuspocus', 'y-websocket', 'relay'],
	columns: [...COLUMNS.slice(0, 5), { key: 'caret', title: 'caret p95 ms', digits: 1 }, ...COLUMNS.slice(5)],
	short: ['p95', 'p99', 'cores'],
	isComparable: true,
	notes: [TOTALS_NOTE, 'The clients do not repeat the carets of others, as the y-websocket client does by itself.'],
	loads: [50, 100, 200].map((members) => load({ rooms: 1, members, rates: [2], withCarets: true }))
};

function load(shape: Load): RowLoad {
	const name = shape.rooms === 1 ? `${shape.members} in one room` : `${shape.rooms} rooms × ${shape.members}`;
	return { name, measure: (server, bench) => measure(server, bench, shape, name) };
}

async function measure(server: ServerName, { storage, seconds }: Bench, shape: Load, name: string): Promise<Sample[]> {
	const names = await storage.emptyDocuments(shape.rooms);
	const process = await startServer(server, { database: storage.database });
	const caretLatency = new Histogram();
	const warmUp = { perSecond: warmUpRate(shape), seconds: WARM_UP_S };
	const measured = shape.rates.flatMap((perSecond) => [SETTLE_S, seconds].map((length) => ({ perSecond, seconds: length })));
	const edits = [warmUp, ...measured].reduce((sum, part) => sum + actsOf({ actors: shape.members, ...part }), 0);
	const rooms = names.map(
		(room) =>
			new LiveRoom(room, {
				wire: SERVERS[server].wire,
				port: process.port,
				size: shape.members,
				edits,
				carets: shape.withCarets ? new CaretDeliveries(shape.members, caretLatency) : undefined
			})
	);
	const samples: Sample[] = [];
	try {
		await fill(rooms);
		const load = new RoomLoad(rooms, process, shape.withCarets);
		await load.run(warmUp.perSecond, WARM_UP_S);
		for (const rate of shape.rates) {
			await load.run(rate, SETTLE_S);
			const sample = await load.measure(rate, seconds);
			if (shape.withCarets) sample.figures.caret = caretLatency.percentile(0.95);
			samples.push({ ...sample, server, load: `${name}, ${rate}/s each` });
			if (sample.broken.length > 0) break; // a server that breaks here will not do better with more
		}
		return samples;
	} finally {
		for (const room of rooms) room.leave();
		await process.stop();
	}
}

/** Edits a second of each member while servers warm up: as many as everybody sends at most, or as all servers can bear. */
function warmUpRate({ rooms, members, rates }: Load): number {
	return Math.min(Math.max(...rates), WARM_UP_DELIVERIES_PER_S / (rooms * members * (members - 1)));
}

/** Drives the members of some rooms and reads the server's CPU beside it. */
class RoomLoad {
	readonly #rooms: LiveRoom[];
	readonly #process: ServerProcess;
	readonly #withCarets: boolean;

	constructor(rooms: LiveRoom[], process: ServerProcess, withCarets: boolean) {
		this.#rooms = rooms;
		this.#process = process;
		this.#withCarets = withCarets;
	}

	/** Everybody types for a while. */
	async run(perSecond: number, seconds: number, lag = new Histogram()): Promise<void> {
		const size = this.#rooms[0].size;
		const actors = this.#rooms.length * size;
		const room = (actor: number) => this.#rooms[Math.floor(actor / size)];
		const typing = pace({ actors, perSecond, seconds, lag, act: (actor, now) => room(actor).type(actor % size, now) });
		if (!this.#withCarets) return typing;
		const moving = pace({
			actors,
			perSecond: CARETS_PER_SECOND,
			seconds,
			lag,
			act: (actor, now) => room(actor).moveCaret(actor % size, now)
		});
		await Promise.all([typing, moving]);
	}

	async measure(perSecond: number, seconds: number): Promise<Pick<Sample, 'figures' | 'broken' | 'doubts'>> {
		const latency = new Histogram();
		const lag = new Histogram();
		for (const { edits } of this.#rooms) edits.beginWindow(latency);
		const before = this.#count();
		await this.run(perSecond, seconds, lag);
		const after = this.#count();
		for (const { edits } of this.#rooms) edits.endWindow();
		const isWhole = await drain(() => this.#isWhole());
		const { received, expected, repeated, foreign } = this.#count();
		const elapsed = (after.at - before.at) / 1000;
		const delivered = after.received - before.received;
		const cores = (after.cpuMs - before.cpuMs) / 1000 / elapsed;
		const others = (after.busyMs - before.busyMs) / 1000 / elapsed - cores;
		const broken: string[] = [];
		if (received < expected) broken.push(`${received} of ${expected} deliveries within 4 s of the last edit`);
		if (!isWhole && received === expected) broken.push('last carets missing');
		if (foreign > 0) broken.push(`${foreign} edits of another room`);
		const losses = this.#rooms.flatMap((room) => room.losses);
		if (losses.length > 0) broken.push(`${losses.length} connections lost (${losses[0]})`);
		return {
			broken,
			doubts: doubtsOf(lag.percentile(0.99), others),
			figures: {
				sent: (after.sent - before.sent) / elapsed,
				delivered: delivered / elapsed,
				p50: latency.percentile(0.5),
				p95: latency.percentile(0.95),
				p99: latency.percentile(0.99),
				cpu: delivered > 0 ? ((after.cpuMs - before.cpuMs) * 1000) / delivered : NaN,
				cores,
				others,
				lag: lag.percentile(0.99),
				expected,
				received,
				repeated
			}
		};
	}

	#isWhole(): boolean {
		return this.#rooms.every(({ edits }) => edits.received === edits.expected) && this.#caretsAreKnown();
	}

	#caretsAreKnown(): boolean {
		return this.#rooms.every(({ carets }) => !carets || carets.missing === 0);
	}

	#count() {
		const sum = (of: (room: LiveRoom) => number) => this.#rooms.reduce((total, room) => total + of(room), 0);
		return {
			at: performance.now(),
			cpuMs: this.#process.cpuMs(),
			busyMs: this.#process.coreBusyMs(),
			sent: sum(({ edits }) => edits.sent),
			expected: sum(({ edits }) => edits.expected),
			received: sum(({ edits }) => edits.received),
			repeated: sum(({ edits }) => edits.repeated),
			foreign: sum(({ edits }) => edits.foreign)
		};
	}
}
