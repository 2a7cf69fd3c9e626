import type { Ending } from '../../server/sockets/admitted-socket.ts';
import type { AccessDoor } from '../access.server.ts';
import { CLOSE, type Limits } from '../protocol.ts';
import type { AdmittedToDocument } from './admission.server.ts';
import { Connection } from './connection.server.ts';
import { receive } from './receive.server.ts';
import type { SyncLog, SyncMetrics } from './report.server.ts';
import type { Room } from './room.server.ts';
import { NoDocument, type Rooms } from './rooms.server.ts';
import { applyStanding, type StandingChecks, tellRole } from './standing-checks.server.ts';

/** Times a socket tries to find a room of the same epoch as its standing while a document is being replaced. */
const ENTER_ATTEMPTS = 3;

export interface EntranceOptions {
	/** Names this node in log lines. */
	node: string;
	access: AccessDoor;
	rooms: Rooms;
	checks: StandingChecks;
	connections: Set<Connection>;
	limits: Limits;
	log: SyncLog;
	metrics: SyncMetrics;
	/** A connection is gone. */
	onClosed(connection: Connection): void;
}

/** The way of an admitted socket into its room, and out of it. */
export class Entrance {
	readonly #options: EntranceOptions;

	constructor(options: EntranceOptions) {
		this.#options = options;
	}

	/** Makes a connection of an admitted socket, with its handlers attached before this returns. */
	admit({ ws, socket, visit, identity, grant: standing }: AdmittedToDocument): void {
		const { checks, connections, metrics, node } = this.#options;
		const { documentId, schema, epoch } = visit.target;
		const connection = new Connection(ws, socket, this.#options, { id: visit.id, identity, standing, documentId, schema });
		connections.add(connection);
		metrics.count('connections_opened');
		connection.whenClosed((ending) => this.#leave(connection, ending));
		connection.journal.info('connection opened', { ...describe(connection), role: standing.role, schema, epoch, node });
		if (visit.ended) return connection.close(CLOSE.unauthenticated, 'signed out');
		if (visit.stale) checks.check(connection);
		else checks.plan(connection);
		void this.#enter(connection);
	}

	// A room and a standing are read one after the other. When a document is replaced in between their epochs differ;
	// whichever is older is read again.
	async #enter(connection: Connection): Promise<void> {
		const { rooms, access, log } = this.#options;
		const { documentId, identity } = connection;
		try {
			for (let attempt = 0; attempt < ENTER_ATTEMPTS; attempt++) {
				const room = await rooms.open(documentId);
				if (connection.isClosed) return;
				if (room.shut) break;
				if (room.epoch === connection.standing.epoch) return this.#join(connection, room);
				applyStanding(connection, await access.role(documentId, identity.personId));
				if (connection.isClosed) return;
				if (room.epoch !== connection.standing.epoch) this.#replace(room);
			}
			connection.close(CLOSE.tryAgain, 'the document cannot be opened now');
		} catch (error) {
			if (error instanceof NoDocument) return connection.close(CLOSE.noDocument, 'no such document');
			log.error({ connection: connection.journal.id, ...describe(connection), err: error }, 'document could not be loaded');
			connection.close(CLOSE.tryAgain, 'the document cannot be opened now');
		}
	}

	#join(connection: Connection, room: Room): void {
		const { limits, metrics } = this.#options;
		connection.goLive(room, (data) => receive(connection, room, data, limits, metrics));
		if (connection.isClosed) return;
		room.join(connection);
		tellRole(connection);
		connection.journal.debug('connection live', { ms: Date.now() - connection.openedAt });
	}

	#replace(room: Room): void {
		this.#options.rooms.retire(room);
		room.audience.closeAll(CLOSE.epochChanged, 'document was replaced');
	}

	#leave(connection: Connection, { code, reason, place: room }: Ending<Room>): void {
		const { connections, metrics, onClosed } = this.#options;
		const { traffic, updates, openedAt, journal } = connection;
		connections.delete(connection);
		onClosed(connection);
		const unanswered = room?.unanswered(connection) ?? 0;
		room?.leave(connection);
		metrics.count('connections_closed', 1, String(code));
		const seconds = Math.round((Date.now() - openedAt) / 100) / 10;
		journal.info('connection closed', { ...describe(connection), code, reason, seconds, ...traffic, updates, unanswered });
	}
}

function describe(connection: Connection): object {
	return { documentId: connection.documentId, personId: connection.identity.personId };
}
