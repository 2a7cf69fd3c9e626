import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { inTime } from '../../base/in-time.ts';
import { SOCKET_CLOSE } from '../../base/socket-close.ts';
import { networkOf } from '../network-of.ts';
import type { Identity } from './identity.ts';
import type { SocketLimits } from './limits.ts';
import { type AllowedOrigins, originAllowed } from './origins.ts';
import type { SocketLog, SocketMetrics } from './report.ts';
import { TokenBucket } from './token-bucket.ts';

/** Networks remembered for the refusal rate; when full, all start anew. */
const NETWORKS_MAX = 10_000;
/** Characters of a foreign origin that are logged. */
const ORIGIN_MAX = 100;

/** A socket on its way in. Marked while it is decided, so that no change of access falls between reading and joining. */
export interface Visit<Target> {
	/** Names the connection in every log line about it: eight hexadecimal digits. */
	readonly id: string;
	readonly target: Target;
	identity: Identity | null;
	/** Access may have changed since it was read. */
	stale: boolean;
	/** The session was ended meanwhile. */
	ended: boolean;
}

/** Why a socket is closed instead of served; a final code says that trying again cannot help. */
export interface Refusal {
	code: number;
	reason: string;
}

/** A socket that may join, with what was found out about it. */
export interface Admitted<Target, Grant> {
	ws: WebSocket;
	/** The stream below it, to which prepared frames are written. */
	socket: Duplex;
	visit: Visit<Target>;
	identity: Identity;
	grant: Grant;
}

/** What sockets of one kind are for: `Target` is what an address asks for, `Grant` what the person may do there. */
export interface SocketDoorOptions<Target, Grant> {
	limits: SocketLimits;
	log: SocketLog;
	metrics: SocketMetrics;
	allowedOrigins: AllowedOrigins;
	/** Null when the address is nobody's. */
	readTarget(url: string | undefined): Target | null;
	/** Its ids, for log lines. */
	describe(target: Target): object;
	/** Null: nobody is signed in. Throws when that could not be found out. */
	authenticate(request: IncomingMessage): Promise<Identity | null>;
	/** Throws when it could not be found out. */
	grant(target: Target, identity: Identity): Promise<{ grant: Grant } | { refusal: Refusal }>;
	/** What the socket is counted under, and how many there may be of each. */
	places(target: Target, identity: Identity): readonly { key: string; most: number }[];
	/** Must attach its handlers before it returns: the client speaks first, and what is lost is never repeated. */
	onAdmitted(admitted: Admitted<Target, Grant>): void;
}

type Verdict<Grant> = { identity: Identity; grant: Grant } | { refusal: Refusal };

/** The way in: turns HTTP upgrades into sockets that may join, or says no in a way the client can understand. */
export class SocketDoor<Target, Grant> {
	/** Sockets whose access is being decided. */
	readonly visits = new Set<Visit<Target>>();
	readonly #options: SocketDoorOptions<Target, Grant>;
	readonly #server: WebSocketServer;
	readonly #open = new Set<WebSocket>();
	readonly #taken = new Map<string, number>();
	readonly #refusals = new Map<string, TokenBucket>();
	#isClosed = false;

	constructor(options: SocketDoorOptions<Target, Grant>) {
		this.#options = options;
		this.#server = new WebSocketServer({
			noServer: true,
			clientTracking: false,
			// A compressor for each socket costs far more than the bytes it saves.
			perMessageDeflate: false,
			maxPayload: options.limits.frameBytes
		});
	}

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		socket.on('error', () => socket.destroy());
		const { allowedOrigins, log, metrics, readTarget } = this.#options;
		const target = readTarget(request.url);
		if (!target) return refuseUpgrade(socket, '404 Not Found');
		if (this.#isClosed) return this.#refuseStopping(socket);
		const visit: Visit<Target> = { id: newConnectionId(), target, identity: null, stale: false, ended: false };
		if (!originAllowed(request, allowedOrigins)) {
			metrics.count('connections_refused', 1, 'another origin');
			const origin = request.headers.origin?.slice(0, ORIGIN_MAX);
			log.warn({ connection: visit.id, origin, reason: 'another origin' }, 'connection refused');
			return refuseUpgrade(socket, '403 Forbidden');
		}
		this.visits.add(visit);
		void this.#admit(request, socket, head, visit).finally(() => this.visits.delete(visit));
	}

	/** From now on every upgrade is answered with 503. */
	close(): void {
		this.#isClosed = true;
	}

	/** Resolves when all sockets are gone; cuts those that are still there after `withinMs`. */
	async farewell(withinMs: number): Promise<void> {
		const cut = setTimeout(() => this.#open.forEach((ws) => ws.terminate()), withinMs);
		await Promise.all([...this.#open].map((ws) => new Promise((resolve) => ws.once('close', resolve))));
		clearTimeout(cut);
	}

	async #admit(request: IncomingMessage, socket: Duplex, head: Buffer, visit: Visit<Target>): Promise<void> {
		const { limits, log, describe } = this.#options;
		let verdict: Verdict<Grant>;
		try {
			verdict = await inTime(this.#decide(request, visit), limits.admitMs, 'access was not decided in time');
		} catch (error) {
			log.error({ connection: visit.id, ...describe(visit.target), err: error }, 'access could not be decided');
			verdict = { refusal: { code: SOCKET_CLOSE.tryAgain, reason: 'access could not be decided' } };
		}
		if (this.#isClosed) return this.#refuseStopping(socket);
		if ('refusal' in verdict) return this.#refuse(request, socket, head, visit, verdict.refusal);
		const { identity, grant } = verdict;
		const places = this.#options.places(visit.target, identity);
		if (places.some(({ key, most }) => (this.#taken.get(key) ?? 0) >= most)) {
			return this.#refuse(request, socket, head, visit, { code: SOCKET_CLOSE.tryAgain, reason: 'too many connections' });
		}
		this.#server.handleUpgrade(request, socket, head, (ws) => {
			this.#track(ws);
			for (const { key } of places) this.#takePlace(ws, key);
			this.#options.onAdmitted({ ws, socket, visit, identity, grant });
		});
	}

	async #decide(request: IncomingMessage, visit: Visit<Target>): Promise<Verdict<Grant>> {
		const identity = await this.#options.authenticate(request);
		if (!identity) return { refusal: { code: SOCKET_CLOSE.unauthenticated, reason: 'sign in' } };
		visit.identity = identity;
		const answer = await this.#options.grant(visit.target, identity);
		return 'refusal' in answer ? answer : { identity, grant: answer.grant };
	}

	// A browser cannot read the status of a refused upgrade and would try for ever. So the socket is accepted and closed
	// with a code that says why; to a flood this courtesy is not extended.
	#refuse(request: IncomingMessage, socket: Duplex, head: Buffer, visit: Visit<Target>, { code, reason }: Refusal): void {
		const { metrics, log, describe } = this.#options;
		const mayExplain = this.#mayExplain(networkOf(request.socket.remoteAddress ?? ''));
		const { id, target, identity } = visit;
		metrics.count('connections_refused', 1, reason);
		// A flood is for the counter; it must not fill the disk with log lines.
		log[mayExplain ? 'info' : 'debug'](
			{ connection: id, ...describe(target), personId: identity?.personId, code, reason },
			'connection refused'
		);
		if (!mayExplain) return refuseUpgrade(socket, '429 Too Many Requests');
		this.#server.handleUpgrade(request, socket, head, (ws) => {
			this.#track(ws);
			ws.on('error', () => {});
			ws.close(code, reason);
		});
	}

	#refuseStopping(socket: Duplex): void {
		this.#options.metrics.count('connections_refused', 1, 'stopping');
		refuseUpgrade(socket, '503 Service Unavailable');
	}

	#mayExplain(network: string): boolean {
		if (this.#refusals.size > NETWORKS_MAX) this.#refusals.clear();
		const rate = this.#refusals.get(network) ?? new TokenBucket(this.#options.limits.refusalRate);
		this.#refusals.set(network, rate);
		return rate.tryTake(1);
	}

	#track(ws: WebSocket): void {
		this.#open.add(ws);
		ws.once('close', () => this.#open.delete(ws));
	}

	#takePlace(ws: WebSocket, key: string): void {
		this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
		ws.once('close', () => {
			const left = (this.#taken.get(key) ?? 1) - 1;
			if (left > 0) this.#taken.set(key, left);
			else this.#taken.delete(key);
		});
	}
}

/** Answers an upgrade with plain HTTP, for requests that are no conversation at all. */
function refuseUpgrade(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function newConnectionId(): string {
	return randomBytes(4).toString('hex');
}
