import type { GroupCommit, Waiting } from '../persistence/group-commit.server.ts';
import type { Role } from '../protocol.ts';
import type { Connection } from './connection.server.ts';
import type { EventLoopDelay, EventLoopWatch } from './event-loop.server.ts';
import type { Figures, Waits } from './figures.server.ts';
import type { Room } from './room.server.ts';
import type { Rooms } from './rooms.server.ts';
import { Traffic } from '../../server/sockets/traffic.ts';

/** Somebody on a document, as colleagues see them. */
export interface PersonPresent {
	personId: string;
	name: string;
	agency: string;
	colour: string;
	role: Role;
	/** Pages, tabs and devices at once. */
	connections: number;
}

/** One open document on one node, as plain data. Sizes in bytes, moments in ms since 1970. */
export interface RoomReport {
	documentId: string;
	node: string;
	/** Null when nobody is on it. */
	workspaceId: string | null;
	/** read-only: the database does not store what was taken (LG5). retired: replaced or gone, with updates still to be stored. */
	state: 'live' | 'read-only' | 'retired';
	people: PersonPresent[];
	/** When the text last changed here; null when it has not since it was opened. */
	editedAt: number | null;
	/** Taken and not durable yet, and how old the oldest of it is. */
	unsaved: Waiting;
	/** Rows of the log since the last compaction, as this node knows them. */
	logRows: number;
	/** Size of the last snapshot; 0 when there is none. */
	snapshotBytes: number;
	/** Size of the whole text as Yjs keeps it, about; exact when nobody is changing it. */
	textBytes: number;
	/** A Yjs document is in memory, not only the bytes (RM6). */
	hasDocument: boolean;
}

/** One node of an installation, as plain data. */
export interface NodeReport {
	node: string;
	/** When it began to serve. */
	startedAt: number;
	connections: number;
	/** How long people waited for "saved" lately. */
	waits: Waits;
	/** Whether the database stores what it is given, and since when that has been so. */
	isStoring: boolean;
	storingSince: number;
	/** In milliseconds. */
	eventLoop: EventLoopDelay;
	rooms: RoomReport[];
}

/** What all nodes say, as plain data. */
export interface Installation {
	/** The one that was asked. */
	node: string;
	nodes: NodeReport[];
	/** Nodes that were heard a short while ago and did not answer. */
	silent: string[];
	/** Null when there is only ever one node; false when others cannot be asked now. */
	isBusUp: boolean | null;
}

/** Present numbers of one node, for `/metrics`. */
export interface SyncStats {
	connections: number;
	/** Different people among them. */
	people: number;
	rooms: number;
	/** Of these, rooms that hold a Yjs document. */
	roomsWithDocument: number;
	readOnlyRooms: number;
	uncommittedRows: number;
	uncommittedBytes: number;
	oldestUncommittedMs: number;
	/** False while the database refuses what it is given; true also before anything was. */
	isStoring: boolean;
	/** Null without a bus. */
	isBusUp: boolean | null;
	/** What went over all sockets since the start. */
	traffic: Traffic;
	/** Log rows of each room. */
	logRows: number[];
	draining: boolean;
}

export interface ReporterOptions {
	node: string;
	connections: ReadonlySet<Connection>;
	rooms: Rooms;
	commits: GroupCommit;
	figures: Figures;
	eventLoop: EventLoopWatch;
}

/** Says what is going on in this node. It only looks. */
export class Reporter {
	readonly #options: ReporterOptions;
	readonly #startedAt = Date.now();
	/** What went over connections that are closed. */
	readonly #past = new Traffic();

	constructor(options: ReporterOptions) {
		this.#options = options;
	}

	closed(connection: Connection): void {
		this.#past.add(connection.traffic);
	}

	stats(isBusUp: boolean | null, draining: boolean): SyncStats {
		const { connections, rooms, commits } = this.#options;
		const { waitingRows, waitingBytes, oldestMs, isStoring } = commits.figures();
		const loaded = [...rooms.loaded()];
		const traffic = new Traffic();
		traffic.add(this.#past);
		for (const connection of connections) traffic.add(connection.traffic);
		return {
			connections: connections.size,
			people: new Set([...connections].map(({ identity }) => identity.personId)).size,
			rooms: rooms.size,
			roomsWithDocument: loaded.filter(({ body }) => body.hasDoc).length,
			readOnlyRooms: loaded.filter(({ shut }) => shut === 'storage').length,
			uncommittedRows: waitingRows,
			uncommittedBytes: waitingBytes,
			oldestUncommittedMs: oldestMs,
			isStoring,
			isBusUp,
			traffic,
			logRows: loaded.map((room) => room.logRows),
			draining
		};
	}

	rooms(): RoomReport[] {
		const { rooms } = this.#options;
		return [...rooms.loaded(), ...rooms.leaving()].map((room) => this.#room(room));
	}

	report(now = Date.now()): NodeReport {
		const { node, connections, commits, figures, eventLoop } = this.#options;
		const { isStoring, since } = commits.figures();
		return {
			node,
			startedAt: this.#startedAt,
			connections: connections.size,
			waits: figures.recentWaits(now),
			isStoring,
			storingSince: since,
			eventLoop: eventLoop.recent(),
			rooms: this.rooms()
		};
	}

	#room(room: Room): RoomReport {
		const [somebody] = room.connections;
		return {
			documentId: room.documentId,
			node: this.#options.node,
			workspaceId: somebody?.standing.workspaceId ?? null,
			state: room.shut === null ? 'live' : room.shut === 'storage' ? 'read-only' : 'retired',
			people: peopleOn(room),
			editedAt: room.body.changedAt,
			unsaved: room.unsaved,
			logRows: room.logRows,
			snapshotBytes: room.snapshotBytes,
			textBytes: room.body.size,
			hasDocument: room.body.hasDoc
		};
	}
}

function peopleOn(room: Room): PersonPresent[] {
	const people = new Map<string, PersonPresent>();
	for (const { identity, standing } of room.connections) {
		const { personId } = identity;
		const known = people.get(personId);
		if (known) known.connections++;
		else {
			const { name, agency, colour, role } = standing;
			people.set(personId, { personId, name, agency, colour, role, connections: 1 });
		}
	}
	return [...people.values()];
}
