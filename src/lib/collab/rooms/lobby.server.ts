import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { networkOf } from '../../server/network-of.ts';
import type { AccessDoor } from '../access.server.ts';
import { CLOSE, type Limits } from '../protocol.ts';
import {
	type AllowedOrigins,
	decide,
	originAllowed,
	readTarget,
	refuseUpgrade,
	type Verdict,
	type Visit
} from './admission.server.ts';
import type { SyncLog, SyncMetrics } from './report.server.ts';
import { TokenBucket } from './token-bucket.server.ts';

/** Addresses remembered for the refusal rate; when full, all start anew. */
const ADDRESSES_MAX = 10_000;
/** Characters of a foreign origin that are logged. */
const ORIGIN_MAX = 100;

export interface LobbyOptions {
	access: AccessDoor;
	limits: Limits;
	log: SyncLog;
	metrics: SyncMetrics;
	allowedOrigins: AllowedOrigins;
	/** A socket that may join. Must attach its handlers before it returns. */
	onAdmitted(ws: WebSocket, socket: Duplex, visit: Visit, verdict: Verdict & { admitted: true }): void;
}

/** The way in: turns HTTP upgrades into sockets that may join, or says no in a way the client can understand. */
export class Lobby {
	/** Sockets whose access is being decided, or was and is not checked again yet. */
	readonly visits = new Set<Visit>();
	readonly #options: LobbyOptions;
	readonly #server: WebSocketServer;
	readonly #open = new Set<WebSocket>();
	readonly #perDocument = new Map<string, number>();
	readonly #perPerson = new Map<string, number>();
	readonly #refusals = new Map<string, TokenBucket>();
	#isClosed = false;

	constructor(options: LobbyOptions) {
		this.#options = options;
		this.#server = new WebSocketServer({
			noServer: true,
			clientTracking: false,
			perMessageDeflate: false,
			maxPayload: options.limits.frameBytes
		});
	}

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		socket.on('error', () => socket.destroy());
		const target = readTarget(request.url);
		if (!target) return refuseUpgrade(socket, '404 Not Found');
		const { allowedOrigins, log, metrics } = this.#options;
		if (this.#isClosed) {
			metrics.count('connections_refused', 1, 'stopping');
			return refuseUpgrade(socket, '503 Service Unavailable');
		}
		const visit: Visit = { id: newConnectionId(), target, identity: null, stale: false, ended: false };
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

	async #admit(request: IncomingMessage, socket: Duplex, head: Buffer, visit: Visit): Promise<void> {
		const { access, limits, log, metrics } = this.#options;
		let verdict: Verdict;
		try {
			verdict = await decide(request, visit, access, limits);
		} catch (error) {
			log.error({ connection: visit.id, documentId: visit.target.documentId, err: error }, 'access could not be decided');
			verdict = { admitted: false, code: CLOSE.tryAgain, reason: 'access could not be decided' };
		}
		if (this.#isClosed) {
			metrics.count('connections_refused', 1, 'stopping');
			return refuseUpgrade(socket, '503 Service Unavailable');
		}
		if (verdict.admitted) verdict = this.#withinNumbers(visit, verdict);
		if (!verdict.admitted) return this.#refuse(request, socket, head, visit, verdict);
		const { identity } = verdict;
		const accepted = verdict;
		this.#server.handleUpgrade(request, socket, head, (ws) => {
			this.#track(ws);
			this.#tally(ws, this.#perDocument, visit.target.documentId);
			this.#tally(ws, this.#perPerson, identity.personId);
			this.#options.onAdmitted(ws, socket, visit, accepted);
		});
	}

	#withinNumbers(visit: Visit, verdict: Verdict & { admitted: true }): Verdict {
		const { limits } = this.#options;
		const onDocument = this.#perDocument.get(visit.target.documentId) ?? 0;
		const ofPerson = this.#perPerson.get(verdict.identity.personId) ?? 0;
		if (onDocument < limits.connectionsPerDocument && ofPerson < limits.connectionsPerPerson) return verdict;
		return { admitted: false, code: CLOSE.tryAgain, reason: 'too many connections' };
	}

	// A browser cannot read the status of a refused upgrade and would try for ever. So the socket is accepted and closed
	// with a code that says why; to a flood this courtesy is not extended.
	#refuse(
		request: IncomingMessage,
		socket: Duplex,
		head: Buffer,
		visit: Visit,
		{ code, reason }: { code: number; reason: string }
	): void {
		const { metrics, log } = this.#options;
		const mayExplain = this.#mayExplain(networkOf(request.socket.remoteAddress ?? ''));
		const { id, target, identity } = visit;
		metrics.count('connections_refused', 1, reason);
		// A flood is for the counter; it must not fill the disk with log lines.
		log[mayExplain ? 'info' : 'debug'](
			{ connection: id, documentId: target.documentId, personId: identity?.personId, code, reason },
			'connection refused'
		);
		if (!mayExplain) return refuseUpgrade(socket, '429 Too Many Requests');
		this.#server.handleUpgrade(request, socket, head, (ws) => {
			this.#track(ws);
			ws.on('error', () => {});
			ws.close(code, reason);
		});
	}

	#mayExplain(address: string): boolean {
		if (this.#refusals.size > ADDRESSES_MAX) this.#refusals.clear();
		const rate = this.#refusals.get(address) ?? new TokenBucket(this.#options.limits.refusalRate);
		this.#refusals.set(address, rate);
		return rate.tryTake(1);
	}

	#track(ws: WebSocket): void {
		this.#open.add(ws);
		ws.once('close', () => this.#open.delete(ws));
	}

	#tally(ws: WebSocket, counts: Map<string, number>, key: string): void {
		counts.set(key, (counts.get(key) ?? 0) + 1);
		ws.once('close', () => {
			const left = (counts.get(key) ?? 1) - 1;
			if (left > 0) counts.set(key, left);
			else counts.delete(key);
		});
	}
}

function newConnectionId(): string {
	return randomBytes(4).toString('hex');
}
