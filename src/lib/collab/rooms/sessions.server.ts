import type { Bus } from '../bus.server.ts';
import { CLOSE, type Limits } from '../protocol.ts';
import type { Visit } from './admission.server.ts';
import type { Connection } from './connection.server.ts';
import type { SyncLog } from './report.server.ts';

const CHANNEL = 'plenum:sessions';

/** What happened to a session, or to all of a person's. */
interface SessionNews {
	personId: string;
	sessionId?: string;
	/** Milliseconds since 1970 until which it was renewed; absent when it ended. */
	expiresAt?: number;
}

export interface SessionsOptions {
	connections: ReadonlySet<Connection>;
	/** Sockets on their way in. */
	visits: ReadonlySet<Visit>;
	limits: Limits;
	log: SyncLog;
	bus?: Bus;
}

/** Lets the end and the renewal of a session reach its sockets, here and on the other nodes (AU3, AU5). */
export class Sessions {
	readonly #options: SessionsOptions;
	#unfollow: () => void = () => {};

	constructor(options: SessionsOptions) {
		this.#options = options;
		void this.#follow();
	}

	end(personId: string, sessionId?: string): void {
		this.#publish({ personId, sessionId });
	}

	renew(personId: string, sessionId: string, expiresAt: number): void {
		this.#publish({ personId, sessionId, expiresAt });
	}

	/** Called from the engine's clock for each connection: asks for a renewal in time, and closes what has expired. */
	check(connection: Connection, now: number): void {
		const { expiresAt } = connection.identity;
		if (expiresAt === undefined) return;
		if (now >= expiresAt) connection.close(CLOSE.unauthenticated, 'session expired');
		else if (now >= expiresAt - this.#options.limits.renewBeforeMs) connection.askToRenew();
	}

	stop(): void {
		this.#unfollow();
	}

	async #follow(): Promise<void> {
		const { bus, log } = this.#options;
		try {
			const unfollow = await bus?.subscribe(CHANNEL, (bytes) => this.#take(JSON.parse(Buffer.from(bytes).toString()) as SessionNews));
			if (unfollow) this.#unfollow = unfollow;
		} catch (error) {
			log.error({ err: error }, 'sign-outs on other nodes will be noticed only when their tokens end');
		}
	}

	#publish(news: SessionNews): void {
		this.#take(news);
		this.#options.bus?.publish(CHANNEL, Buffer.from(JSON.stringify(news)));
	}

	#take({ personId, sessionId, expiresAt }: SessionNews): void {
		const concerns = (identity: { personId: string; sessionId?: string } | null) =>
			identity?.personId === personId && (sessionId === undefined || identity.sessionId === sessionId);
		for (const connection of this.#options.connections) {
			if (!concerns(connection.identity)) continue;
			if (expiresAt === undefined) connection.close(CLOSE.unauthenticated, 'signed out');
			else connection.renewed(expiresAt);
		}
		if (expiresAt !== undefined) return;
		for (const visit of this.#options.visits) if (concerns(visit.identity)) visit.ended = true;
	}
}
