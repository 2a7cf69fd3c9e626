import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { atMost } from '../base/in-time.ts';
import { SocketDoor } from '../server/sockets/socket-door.ts';
import type { TextModel } from '../text/model.ts';
import type { Plan } from '../text/planned-edit.ts';
import { Compactor } from './persistence/compactor.server.ts';
import { GroupCommit } from './persistence/group-commit.server.ts';
import { Renewer } from './persistence/renewer.server.ts';
import { partsOf } from './persistence/store.server.ts';
import { CLOSE, LIMITS, type Limits } from './protocol.ts';
import { AntiEntropy } from './rooms/anti-entropy.server.ts';
import { grantOf, readTarget, type Target } from './rooms/admission.server.ts';
import type { Connection, GrantedStanding } from './rooms/connection.server.ts';
import { Entrance } from './rooms/entrance.server.ts';
import { EventLoopWatch } from './rooms/event-loop.server.ts';
import { Figures } from './rooms/figures.server.ts';
import { Nodes } from './rooms/nodes.server.ts';
import type { SyncLog } from './rooms/report.server.ts';
import { type Installation, Reporter, type RoomReport, type SyncStats } from './rooms/reporter.server.ts';
import { RoomLinks } from './rooms/room-link.server.ts';
import type { Room, RoomServices } from './rooms/room.server.ts';
import { NoDocument, Rooms } from './rooms/rooms.server.ts';
import { StandingChecks } from './rooms/standing-checks.server.ts';
import type { AccessScope, SyncEngine, SyncEngineOptions } from './sync-engine.server.ts';

export { NoDocument } from './rooms/rooms.server.ts';
export type { Installation, RoomReport, SyncStats } from './rooms/reporter.server.ts';
export type { AccessScope, SyncEngine, SyncEngineOptions } from './sync-engine.server.ts';

const CLOCK_MS = 1_000;
/** Sockets that do not finish the closing handshake in this time are cut when the process stops. */
const FAREWELL_MS = 1_000;
/** A stopping process waits this long for a compaction, or a text, that is being written. */
const COMPACTED_MS = 5_000;

export function createSyncEngine(options: SyncEngineOptions): SyncEngine {
	return new Engine(options);
}

class Engine implements SyncEngine {
	readonly #options: SyncEngineOptions;
	readonly #log: SyncLog;
	readonly #limits: Limits;
	readonly figures = new Figures();
	readonly #eventLoop = new EventLoopWatch();
	readonly node: string;
	readonly #reporter: Reporter;
	readonly #nodes: Nodes | null;
	readonly #antiEntropy: AntiEntropy | null;
	readonly #door: SocketDoor<Target, GrantedStanding>;
	readonly #entrance: Entrance;
	readonly #connections = new Set<Connection>();
	readonly #links: RoomLinks | null;
	readonly #commits: GroupCommit;
	readonly #compactor: Compactor;
	readonly #renewer: Renewer;
	readonly #rooms: Rooms;
	readonly #checks: StandingChecks;
	readonly #clock: NodeJS.Timeout;
	#draining: Promise<void> | null = null;

	constructor(options: SyncEngineOptions) {
		this.#options = options;
		this.#log = options.log;
		this.#limits = { ...LIMITS, ...options.limits };
		const { connectionsPerDocument, connectionsPerPerson } = this.#limits;
		this.#door = new SocketDoor({
			limits: this.#limits,
			log: this.#log,
			metrics: this.figures,
			allowedOrigins: options.allowedOrigins,
			readTarget,
			describe: ({ documentId }) => ({ documentId }),
			authenticate: (request) => options.access.authenticate(request),
			grant: (target, identity) => grantOf(target, identity, options.access),
			places: ({ documentId }, { personId }) => [
				{ key: `document ${documentId}`, most: connectionsPerDocument },
				{ key: `person ${personId}`, most: connectionsPerPerson }
			],
			onAdmitted: (admitted) => this.#entrance.admit(admitted)
		});
		options.sessions?.watch({ sockets: this.#connections, visits: this.#door.visits });
		this.#links = options.bus
			? new RoomLinks(options.bus, (error) => this.#log.error({ err: error }, 'malformed message on the bus'))
			: null;
		this.node = this.#links?.node ?? randomBytes(8).toString('hex');
		const onFailure = (error: unknown, rooms: number) =>
			this.#log.error({ err: error, rooms }, 'updates could not be stored; trying again');
		this.#commits = new GroupCommit(options.store, this.#limits, onFailure, this.figures);
		this.#commits.onChange = (isStoring, afterMs) => {
			if (isStoring) this.#log.info({ seconds: Math.round(afterMs / 1000) }, 'the database stores again');
			else this.#log.error({}, 'the database does not store what people write');
		};
		this.#compactor = new Compactor({
			store: options.store,
			limits: this.#limits,
			log: this.#log,
			metrics: this.figures,
			onPoint: options.onPoint ?? (() => {}),
			onCompacted: (documentId, bytes, rows, since) => this.#rooms.get(documentId)?.compacted(bytes, rows, since)
		});
		this.#renewer = new Renewer({
			store: options.store,
			limits: this.#limits,
			log: this.#log,
			metrics: this.figures,
			isOpen: (documentId) => this.#isOpen(documentId),
			onRenewed: (documentId) => this.recheck({ documentId })
		});
		this.#rooms = new Rooms(options.store, this.#links, this.#roomServices(), this.#log);
		this.#antiEntropy =
			options.bus && this.#links
				? new AntiEntropy({
						bus: options.bus,
						links: this.#links,
						rooms: this.#rooms,
						store: options.store,
						limits: this.#limits,
						log: this.#log,
						metrics: this.figures
					})
				: null;
		this.#checks = new StandingChecks(options.access, this.#limits, this.#log, this.figures);
		this.#entrance = new Entrance({
			node: this.node,
			access: options.access,
			rooms: this.#rooms,
			checks: this.#checks,
			connections: this.#connections,
			limits: this.#limits,
			log: this.#log,
			metrics: this.figures,
			onClosed: (connection) => this.#reporter.closed(connection)
		});
		this.#reporter = new Reporter({
			node: this.node,
			connections: this.#connections,
			rooms: this.#rooms,
			commits: this.#commits,
			figures: this.figures,
			eventLoop: this.#eventLoop
		});
		this.#nodes = options.bus
			? new Nodes({
					node: this.node,
					bus: options.bus,
					log: this.#log,
					withinMs: this.#limits.reportMs,
					report: () => this.#reporter.report(),
					onDisconnect: (documentId) => this.#disconnectHere(documentId)
				})
			: null;
		this.#clock = setInterval(() => this.#tick(Date.now()), CLOCK_MS);
		this.#clock.unref();
	}

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		this.#door.handleUpgrade(request, socket, head);
	}

	recheck({ documentId, personId, workspaceId }: AccessScope): void {
		if (!documentId && !personId && !workspaceId) throw new Error('an empty scope would mean everybody');
		for (const visit of this.#door.visits) {
			if (documentId && visit.target.documentId !== documentId) continue;
			if (personId && visit.identity && visit.identity.personId !== personId) continue;
			visit.stale = true;
		}
		for (const connection of this.#connections) {
			if (documentId && connection.documentId !== documentId) continue;
			if (personId && connection.identity.personId !== personId) continue;
			if (workspaceId && (connection.standing.workspaceId ?? workspaceId) !== workspaceId) continue;
			this.#checks.check(connection);
		}
		// Nobody is there to be told, but the next one must not meet a document that has been replaced.
		const room = documentId ? this.#rooms.get(documentId) : null;
		if (room && room.connections.size === 0 && !room.hasUnstored) this.#rooms.retire(room);
	}

	async applyServerEdit(
		documentId: string,
		plan: Plan,
		{ personId, client }: { personId: string | null; client?: number }
	): Promise<void> {
		const room = await this.#rooms.open(documentId);
		await room.edit(plan, personId, client);
	}

	async readText<Answer>(documentId: string, read: (text: TextModel) => Answer): Promise<Answer> {
		const room = await this.#rooms.open(documentId);
		return room.read(read);
	}

	async readUpdates(documentId: string): Promise<readonly Uint8Array[]> {
		const room = this.#rooms.get(documentId);
		if (room) return [room.readBody()];
		const stored = await this.#options.store.load(documentId);
		if (!stored) throw new NoDocument(documentId);
		return partsOf(stored);
	}

	async readStored(documentId: string): Promise<readonly Uint8Array[]> {
		await this.#rooms.get(documentId)?.durable();
		const stored = await this.#options.store.load(documentId);
		if (!stored) throw new NoDocument(documentId);
		return partsOf(stored);
	}

	drain(): Promise<void> {
		this.#draining ??= this.#drain();
		return this.#draining;
	}

	stats(): SyncStats {
		return this.#reporter.stats(this.#options.bus?.isUp ?? null, this.#draining !== null);
	}

	rooms(): RoomReport[] {
		return this.#reporter.rooms();
	}

	async everywhere(): Promise<Installation> {
		const others = await this.#nodes?.ask();
		return {
			node: this.node,
			nodes: [this.#reporter.report(), ...(others?.reports ?? [])],
			silent: others?.silent ?? [],
			isBusUp: this.#options.bus?.isUp ?? null
		};
	}

	disconnectAll(documentId: string): void {
		this.#disconnectHere(documentId);
		this.#nodes?.disconnect(documentId);
	}

	#disconnectHere(documentId: string): void {
		for (const connection of [...this.#connections]) {
			if (connection.documentId === documentId) connection.close(CLOSE.restart, 'everybody was disconnected');
		}
	}

	#roomServices(): RoomServices {
		return {
			limits: this.#limits,
			commits: this.#commits,
			metrics: this.figures,
			faultIn: this.#options.faultIn ?? (() => null),
			onPoint: this.#options.onPoint ?? (() => {}),
			onCommitted: (room, updates) => {
				this.#links?.updates(room.documentId, updates);
				this.#compactor.stored(room.documentId, updates);
				this.#options.onCommitted?.(room.documentId);
			},
			onPresence: (room, entries) => this.#links?.presence(room.documentId, entries),
			onState: (room, state, isAnswer) => this.#antiEntropy?.hear(room, state, isAnswer),
			onLetGo: ({ documentId, body }) => this.#renewer.letGo(documentId, body.stateVector, body.size, body.changedAt !== null),
			onRefused: (room) => this.#letGo(room),
			onBroken: (room, error) => {
				this.figures.count('rooms_broken');
				this.#log.error({ documentId: room.documentId, err: error }, 'an update broke the document in memory');
				this.#rooms.retire(room);
				room.audience.closeAll(CLOSE.restart, 'the document is loaded again');
			}
		};
	}

	/** Whether anybody may be at a document. A node that does not answer may have somebody. */
	async #isOpen(documentId: string): Promise<boolean> {
		const { nodes, silent, isBusUp } = await this.everywhere();
		return (
			isBusUp === false || silent.length > 0 || nodes.some(({ rooms }) => rooms.some((room) => room.documentId === documentId))
		);
	}

	/** The log refused a room: its people are told why as soon as the database has said so. */
	#letGo(room: Room): void {
		this.#rooms.retire(room);
		for (const connection of room.connections) this.#checks.check(connection);
		setTimeout(() => room.audience.closeAll(CLOSE.tryAgain, 'the document takes no edits now'), CLOCK_MS).unref();
	}

	#tick(now: number): void {
		for (const connection of this.#connections) {
			if (now >= connection.nextCheckAt) this.#checks.check(connection);
			connection.tick(now);
		}
		this.#commits.checkAges();
		for (const room of this.#rooms.loaded()) {
			if (this.#links) room.audience.presence.expire();
			room.tick(now);
		}
		this.#rooms.unloadIdle(now);
		this.figures.tick(now);
		this.#eventLoop.tick(now);
	}

	// First everything taken so far is stored and acknowledged, then the sockets are closed, then what came in between.
	// What is still not stored was never acknowledged, and its sender keeps it.
	async #drain(): Promise<void> {
		const until = Date.now() + this.#limits.drainMs;
		this.#door.close();
		await atMost(this.#limits.drainMs / 2, this.#rooms.durable());
		for (const connection of [...this.#connections]) connection.close(CLOSE.restart, 'restarting');
		const stored = await this.#commits.flush(Math.max(0, until - Date.now()));
		clearInterval(this.#clock);
		this.#nodes?.stop();
		this.#antiEntropy?.stop();
		this.#eventLoop.stop();
		await Promise.all([this.#door.farewell(FAREWELL_MS), this.#compactor.stop(COMPACTED_MS), this.#renewer.stop(COMPACTED_MS)]);
		this.#rooms.destroyAll();
		if (!stored) this.#log.error(this.stats(), 'stopped with updates that could not be stored or acknowledged');
	}
}
