import { SOCKET_CLOSE } from '../../base/socket-close.ts';
import type { Bus } from '../bus.ts';
import type { Identity } from './identity.ts';
import type { SocketLog } from './report.ts';

const CHANNEL = 'plenum:sessions';

/** What happened to a session, or to all of a person's. */
interface SessionNews {
	personId: string;
	sessionId?: string;
	/** Milliseconds since 1970 until which it was renewed; absent when it ended. */
	expiresAt?: number;
}

/** Sockets of one kind, open and on their way in, as sessions see them. */
export interface SocketsOfSessions {
	sockets: Iterable<{ identity: Identity; close(code: number, reason: string): void; renewed(expiresAt: number): void }>;
	visits: Iterable<{ identity: Identity | null; ended: boolean }>;
}

/** Lets the end and the renewal of a session reach its sockets, here and on the other nodes. */
export class Sessions {
	readonly #bus: Bus | undefined;
	readonly #watched: SocketsOfSessions[] = [];
	#unfollow: () => void = () => {};

	constructor({ bus, log }: { bus?: Bus; log: SocketLog }) {
		this.#bus = bus;
		void this.#follow(log);
	}

	/** From now on what happens to sessions reaches these sockets too. */
	watch(sockets: SocketsOfSessions): void {
		this.#watched.push(sockets);
	}

	/** Closes a person's sockets, or those of one session, on all nodes. */
	end(personId: string, sessionId?: string): void {
		this.#publish({ personId, sessionId });
	}

	/** A session was renewed and ends at `expiresAt` (ms since 1970): its sockets stay open, on all nodes. */
	renew(personId: string, sessionId: string, expiresAt: number): void {
		this.#publish({ personId, sessionId, expiresAt });
	}

	stop(): void {
		this.#unfollow();
	}

	async #follow(log: SocketLog): Promise<void> {
		try {
			const unfollow = await this.#bus?.subscribe(CHANNEL, (bytes) =>
				this.#take(JSON.parse(Buffer.from(bytes).toString()) as SessionNews)
			);
			if (unfollow) this.#unfollow = unfollow;
		} catch (error) {
			log.error({ err: error }, 'sign-outs on other nodes will be noticed only when their tokens end');
		}
	}

	#publish(news: SessionNews): void {
		this.#take(news);
		this.#bus?.publish(CHANNEL, Buffer.from(JSON.stringify(news)));
	}

	#take({ personId, sessionId, expiresAt }: SessionNews): void {
		const concerns = (identity: Identity | null) =>
			identity?.personId === personId && (sessionId === undefined || identity.sessionId === sessionId);
		for (const { sockets, visits } of this.#watched) {
			for (const socket of sockets) {
				if (!concerns(socket.identity)) continue;
				if (expiresAt === undefined) socket.close(SOCKET_CLOSE.unauthenticated, 'signed out');
				else socket.renewed(expiresAt);
			}
			if (expiresAt !== undefined) continue;
			for (const visit of visits) if (concerns(visit.identity)) visit.ended = true;
		}
	}
}
