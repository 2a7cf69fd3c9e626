import { type Limits, SYNC } from '../protocol.ts';
import type { Connection } from './connection.server.ts';
import { toFrame } from '../../server/sockets/frames.ts';
import { syncFrame } from './sync-frame.server.ts';
import { Pace } from '../../server/sockets/pace.ts';
import { Presence } from './presence.server.ts';
import type { SyncMetrics } from './report.server.ts';

export interface AudienceServices {
	limits: Limits;
	metrics: SyncMetrics;
	/** Presence of this node's people changed: tell other nodes. */
	onPresence(entries: Uint8Array): void;
}

/** Everybody connected to a room on this node: they get its text and see each other. */
export class Audience {
	readonly connections = new Set<Connection>();
	readonly presence: Presence;
	readonly #services: AudienceServices;
	readonly #presenceRounds = new Pace(() => this.#sendPresence());

	constructor(services: AudienceServices) {
		this.#services = services;
		this.presence = new Presence(services.limits);
	}

	get size(): number {
		return this.connections.size;
	}

	/** Who joins learns who is there (AW6). */
	join(connection: Connection): void {
		this.connections.add(connection);
		if (this.presence.size > 0) connection.send(this.presence.everybody());
	}

	/** Whoever leaves is gone for the others at once (AW6). False when they were not here. */
	leave(connection: Connection): boolean {
		if (!this.connections.delete(connection)) return false;
		this.presence.leave(connection);
		this.presenceChanged();
		return true;
	}

	/** Sends each update as one frame, made once, to everybody who has the text, but the one it came from. */
	broadcast(updates: readonly Uint8Array[], except: Connection | null): void {
		if (this.size === 0 || (except && this.size === 1)) return;
		for (const update of updates) {
			const frame = syncFrame(SYNC.update, update);
			for (const connection of this.connections) if (connection !== except && connection.hasText) connection.write(frame);
		}
	}

	/** Sends changed presence soon: at once when the room was quiet, else with the next frame of its rhythm (AW5). */
	presenceChanged(): void {
		const { presenceEveryMs, presenceEveryPerReaderMs } = this.#services.limits;
		if (!this.presence.hasChanges) return;
		this.#presenceRounds.start(Math.max(presenceEveryMs, this.size * presenceEveryPerReaderMs));
	}

	closeAll(code: number, reason: string): void {
		for (const connection of [...this.connections]) connection.close(code, reason);
	}

	stop(): void {
		this.#presenceRounds.stop();
	}

	#sendPresence(): void {
		const changes = this.presence.takeChanges();
		if (!changes) return;
		const frame = toFrame(changes.all);
		for (const connection of this.connections) {
			if (connection.isSlow) {
				connection.missedPresence = true;
				this.#services.metrics.count('frames_dropped', 1, 'presence for a slow reader');
			} else if (connection.missedPresence) {
				connection.missedPresence = false;
				connection.send(this.presence.everybody());
				connection.write(frame); // names those who left meanwhile
			} else connection.write(frame);
		}
		if (changes.local) this.#services.onPresence(changes.local);
	}
}
