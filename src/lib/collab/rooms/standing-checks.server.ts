import type { AccessDoor } from '../access.server.ts';
import type { DocumentStanding } from '../../documents/access.server.ts';
import { canWrite, CLOSE, type Limits, MESSAGE } from '../protocol.ts';
import { refusalOf, standingBy } from './admission.server.ts';
import type { Connection, GrantedStanding } from './connection.server.ts';
import type { SyncLog, SyncMetrics } from './report.server.ts';

/** Questions to the database at the same time; a change of a whole workspace may raise hundreds. */
const PARALLEL = 8;
/** A question that fails is asked again this often, with a growing pause, before the sockets are closed. */
const ATTEMPTS = 4;
const ATTEMPT_PAUSE_MS = 250;

/** Reads the standing of live connections again and lets it take effect at once (RO3 to RO6). */
export class StandingChecks {
	readonly #access: AccessDoor;
	readonly #limits: Limits;
	readonly #log: SyncLog;
	readonly #metrics: SyncMetrics;
	/** One question per person and document at a time; `again` when something changed after it was asked. */
	readonly #asked = new Map<string, { connections: Set<Connection>; again: boolean }>();
	readonly #queue: (() => Promise<void>)[] = [];
	#running = 0;

	constructor(access: AccessDoor, limits: Limits, log: SyncLog, metrics: SyncMetrics) {
		this.#access = access;
		this.#limits = limits;
		this.#log = log;
		this.#metrics = metrics;
	}

	/** Sets when a connection is checked next by itself; spread, so that a full room does not ask all at once. */
	plan(connection: Connection, now = Date.now()): void {
		connection.nextCheckAt = now + this.#limits.recheckMs * (0.75 + Math.random() / 4);
	}

	check(connection: Connection): void {
		this.plan(connection);
		const key = `${connection.documentId} ${connection.identity.personId}`;
		const asked = this.#asked.get(key);
		if (asked) {
			asked.connections.add(connection);
			asked.again = true;
			return;
		}
		const question = { connections: new Set([connection]), again: true };
		this.#asked.set(key, question);
		this.#queue.push(async () => {
			while (question.again) {
				question.again = false;
				await this.#ask(connection, question.connections);
			}
			this.#asked.delete(key);
		});
		this.#drainQueue();
	}

	#drainQueue(): void {
		while (this.#running < PARALLEL && this.#queue.length > 0) {
			this.#running++;
			void this.#queue.shift()!().finally(() => {
				this.#running--;
				this.#drainQueue();
			});
		}
	}

	async #ask({ documentId, identity }: Connection, connections: Set<Connection>): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				const standing = await this.#access.role(documentId, identity.personId);
				for (const connection of connections) applyStanding(connection, standing);
				return;
			} catch (error) {
				this.#metrics.count('role_check_failures');
				if (attempt < ATTEMPTS) {
					await new Promise((resolve) => setTimeout(resolve, ATTEMPT_PAUSE_MS * 2 ** attempt));
					continue;
				}
				// Nobody goes on writing on a right that may have been taken away.
				this.#log.error({ documentId, personId: identity.personId, err: error }, 'role cannot be read');
				for (const connection of connections) connection.close(CLOSE.tryAgain, 'access cannot be checked');
				return;
			}
		}
	}
}

/** Gives a connection its present standing: closes it, or changes what it may do from the next frame on. */
export function applyStanding(connection: Connection, found: DocumentStanding | 'missing'): void {
	if (connection.isClosed) return;
	const standing = standingBy(connection.identity, found);
	const refusal = refusalOf(standing, connection.schema, connection.room?.epoch ?? null);
	if (refusal) return connection.close(refusal.code, refusal.reason);
	const before = connection.standing.role;
	connection.standing = standing as GrantedStanding;
	const { role } = connection.standing;
	if (role === before || !connection.room) return;
	connection.journal.debug('role changed', { from: before, to: role });
	if (canWrite(before) && !canWrite(role)) connection.tell(MESSAGE.rejected, 'role');
	tellRole(connection);
	if (!canWrite(before) && canWrite(role)) connection.room.askEverything(connection);
}

/** Says what the person may do, to clients that stated their schema and hence know this message (RO6). */
export function tellRole(connection: Connection): void {
	if (connection.schema !== null) connection.tell(MESSAGE.role, connection.standing.role);
}
