import type { Bus } from '../../server/bus.ts';
import { deletionsOf } from '../persistence/deletions.server.ts';
import type { deletionsIn, missingFrom } from '../persistence/log-chores.server.ts';
import { pack } from '../persistence/packed.server.ts';
import { partsOf, type UpdateStore } from '../persistence/store.server.ts';
import type { Limits } from '../protocol.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import type { SyncLog, SyncMetrics } from './report.server.ts';
import type { RoomLinks } from './room-link.server.ts';
import type { Room } from './room.server.ts';
import type { Rooms } from './rooms.server.ts';
import { compareVectors, type TextState } from './text-state.server.ts';

const CHORES = 'collab/persistence/log-chores.server.ts';
const CLOCK_MS = 1_000;
/** The same text is told twice, since either message may be lost. */
const TELL_TIMES = 2;
/** Of a text whose digest takes longer than this, it is made so much less often that this remains its share of the time. */
const DIGEST_MS = 20;
const DIGEST_SHARE = 1 / 500;
/** After so many looks at a text that never stands still the log decides. */
const UNDECIDED_MOST = 8;

export interface AntiEntropyOptions {
	bus: Bus;
	links: RoomLinks;
	rooms: Rooms;
	store: UpdateStore;
	limits: Limits;
	log: SyncLog;
	metrics: SyncMetrics;
}

/** What is known of one room here and on other nodes. */
interface Watch {
	/** Which version of the text was told to the others, and how often. */
	told: { version: number; times: number };
	tellAt: number;
	answeredAt: number;
	deletions: { version: number; digest: string } | null;
	/** Another node has something else; looked at again when edits on their way have arrived. */
	doubt: { lacks: boolean; theirs: TextState; version: number; since: number } | null;
	undecided: number;
}

/**
 * Finds and repairs what the bus dropped (SPEC, BU): nodes tell each other what they have, and ask the database how long
 * the logs of their rooms are. Whatever differs is cured from the log, which is the truth; nodes never take text from each
 * other this way.
 */
export class AntiEntropy {
	readonly #options: AntiEntropyOptions;
	readonly #watches = new WeakMap<Room, Watch>();
	readonly #stopping = new AbortController();
	readonly #inDoubt = new Set<Room>();
	/** Rooms whose log is to be read again, one after the other. */
	readonly #toRead = new Set<Room>();
	readonly #clock: NodeJS.Timeout;
	#reading: Room | null = null;
	#countedAt = Date.now();
	#isCounting = false;

	constructor(options: AntiEntropyOptions) {
		this.#options = options;
		options.bus.onUp(() => this.#afterLoss());
		const { secondLookMs, pollMs } = options.limits;
		this.#clock = setInterval(() => this.#tick(Date.now()), Math.min(CLOCK_MS, secondLookMs / 2, pollMs / 2)).unref();
	}

	/** Another node told what it has of a room. */
	hear(room: Room, theirs: TextState, isAnswer: boolean): void {
		void this.#compare(room, theirs, isAnswer).catch((error) => this.#complain(room, error));
	}

	stop(): void {
		clearInterval(this.#clock);
		this.#stopping.abort(new Error('stopping'));
		this.#toRead.clear();
		this.#inDoubt.clear();
	}

	#tick(now: number): void {
		const { bus, rooms, limits } = this.#options;
		if (bus.isUp) for (const room of rooms.loaded()) this.#tellWhenDue(room, now);
		for (const room of this.#inDoubt) {
			if (now - this.#watch(room).doubt!.since >= limits.secondLookMs) this.#lookAgain(room);
		}
		if (now - this.#countedAt >= (bus.isUp ? limits.compareMs : limits.pollMs))
			void this.#countRows(bus.isUp ? 'at rest' : 'all');
	}

	#watch(room: Room): Watch {
		let watch = this.#watches.get(room);
		if (!watch) {
			const told = { version: 0, times: TELL_TIMES }; // as it was loaded it needs no telling
			watch = { told, tellAt: 0, answeredAt: 0, deletions: null, doubt: null, undecided: 0 };
			this.#watches.set(room, watch);
		}
		return watch;
	}

	#tellWhenDue(room: Room, now: number): void {
		const watch = this.#watch(room);
		const { version } = room.body;
		if (watch.told.version !== version) watch.told = { version, times: 0 };
		if (watch.told.times >= TELL_TIMES || now < watch.tellAt) return;
		watch.told.times++;
		watch.tellAt = now + this.#options.limits.compareMs;
		void this.#tell(room, false).catch((error) => this.#complain(room, error));
	}

	async #tell(room: Room, isAnswer: boolean): Promise<void> {
		const { version } = room.body;
		const deletions = await this.#deletions(room);
		if (room.body.version !== version) return; // it is told when it is due again
		this.#options.links.state(room.documentId, { stateVector: room.body.stateVector, deletions }, isAnswer);
	}

	/** The digest of a document is made here, at once; that of a text at rest in a thread, which builds the document. */
	async #deletions(room: Room): Promise<string> {
		const watch = this.#watch(room);
		const { body } = room;
		const { version } = body;
		if (watch.deletions?.version === version) return watch.deletions.digest;
		const began = performance.now();
		const digest = body.hasDoc
			? deletionsOf(body.doc)
			: await inThread<typeof deletionsIn>(CHORES, 'deletionsIn', pack([body.whole()]), { signal: this.#stopping.signal });
		const tookMs = performance.now() - began;
		if (body.hasDoc && tookMs > DIGEST_MS) watch.tellAt = Math.max(watch.tellAt, Date.now() + tookMs / DIGEST_SHARE);
		watch.deletions = { version, digest };
		return digest;
	}

	async #compare(room: Room, theirs: TextState, isAnswer: boolean): Promise<void> {
		const { version } = room.body;
		const { lacks, hasMore } = compareVectors(room.body.stateVector, theirs.stateVector);
		const isEqual = !lacks && !hasMore && (await this.#deletions(room)) === theirs.deletions;
		const watch = this.#watch(room);
		if (isEqual) {
			watch.undecided = 0;
			return;
		}
		const now = Date.now();
		if (lacks || !hasMore) {
			watch.doubt ??= { lacks, theirs, version, since: now };
			this.#inDoubt.add(room);
		}
		// They may be the ones who lack something.
		if (isAnswer || now - watch.answeredAt < this.#options.limits.secondLookMs) return;
		watch.answeredAt = now;
		await this.#tell(room, true);
	}

	#lookAgain(room: Room): void {
		const watch = this.#watch(room);
		const { lacks, theirs, version } = watch.doubt!;
		watch.doubt = null;
		this.#inDoubt.delete(room);
		if (lacks && !compareVectors(room.body.stateVector, theirs.stateVector).lacks) return; // it has come
		// Deletions do not show in vectors; of a text that went on changing nothing can be said.
		if (!lacks && room.body.version !== version && ++watch.undecided < UNDECIDED_MOST) return;
		watch.undecided = 0;
		this.#readAgain(room);
	}

	/** Every row that this node does not know of, whoever stored it: also a node that died before it told. */
	async #countRows(which: 'at rest' | 'all'): Promise<void> {
		const { store, rooms, log } = this.#options;
		if (this.#isCounting) return;
		this.#isCounting = true;
		try {
			const counted = [...rooms.loaded()].filter(
				(room) => room.connections.size > 0 && (which === 'all' || this.#isAtRest(room))
			);
			if (counted.length === 0) return;
			const rows = await store.countRows(counted.map((room) => room.documentId));
			for (const room of counted) {
				const found = rows.get(room.documentId);
				if (found === undefined || found === room.logRows || room === this.#reading) continue;
				if (which === 'all' || this.#isAtRest(room)) this.#readAgain(room);
			}
		} catch (error) {
			if (!this.#stopping.signal.aborted) log.warn({ err: error }, 'the database did not say how long the logs are');
		} finally {
			this.#isCounting = false;
			this.#countedAt = Date.now();
		}
	}

	#isAtRest({ body, hasUnstored }: Room): boolean {
		return !hasUnstored && (body.changedAt ?? 0) <= Date.now() - this.#options.limits.secondLookMs;
	}

	// What was published while the bus was down is lost. Rooms nobody is on are loaded anew when somebody comes.
	#afterLoss(): void {
		const { rooms } = this.#options;
		for (const room of [...rooms.loaded()]) {
			if (room.connections.size === 0 && !room.hasUnstored) rooms.retire(room);
			else Object.assign(this.#watch(room), { tellAt: 0, told: { version: room.body.version, times: 0 } });
		}
		void this.#countRows('all');
	}

	#readAgain(room: Room): void {
		this.#toRead.add(room);
		if (!this.#reading) void this.#readInTurn();
	}

	async #readInTurn(): Promise<void> {
		for (const room of this.#toRead) {
			this.#toRead.delete(room);
			this.#reading = room;
			await this.#repair(room).catch((error) => this.#complain(room, error));
		}
		this.#reading = null;
	}

	async #repair(room: Room): Promise<void> {
		const { store, rooms, log, metrics } = this.#options;
		const { documentId } = room;
		const rowsBefore = room.logRows;
		const stored = await store.load(documentId);
		if (!stored || stored.epoch !== room.epoch) return; // those in charge of access will notice
		const input = { log: pack(partsOf(stored)), stateVector: room.body.stateVector };
		const missing = await inThread<typeof missingFrom>(CHORES, 'missingFrom', input, { signal: this.#stopping.signal });
		if (rooms.get(documentId) !== room) return;
		metrics.count('logs_read_again');
		room.recounted(stored.updates.length + room.logRows - rowsBefore);
		if (!room.repair(missing)) return;
		metrics.count('repairs');
		log.warn({ documentId }, 'a text lacked something of its log, which other nodes had; now it has it');
	}

	#complain({ documentId }: Room, error: unknown): void {
		if (!this.#stopping.signal.aborted)
			this.#options.log.error({ documentId, err: error }, 'a text could not be compared with other nodes');
	}
}
