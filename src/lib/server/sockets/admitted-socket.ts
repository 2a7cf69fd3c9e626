import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { SOCKET_CLOSE } from '../../base/socket-close.ts';
import type { Frame } from './frames.ts';
import type { Identity } from './identity.ts';
import { Journal } from './journal.ts';
import type { SocketLimits } from './limits.ts';
import type { SocketLog, SocketMetrics } from './report.ts';
import { TokenBucket } from './token-bucket.ts';
import { Traffic } from './traffic.ts';

/** A line about a socket that sends too much is written at most this often. */
const PAUSE_LINE_MS = 60_000;
/** A farewell that is stuck behind what a slow reader has not read is waited for this long. */
const SLOW_FAREWELL_MS = 1_000;
/** Close codes that mean: what you sent cannot be read. */
const UNREADABLE: ReadonlySet<number> = new Set([SOCKET_CLOSE.malformed, SOCKET_CLOSE.unsupported, SOCKET_CLOSE.tooLarge]);

/**
 * The life of a socket: it waits for its place, whose frames it then delivers, rests when it sent too much, and is closed.
 * Nothing leads back from closed. A refused one never gets this far.
 */
type State<Place> =
	| { kind: 'waiting' }
	| ({ kind: 'live' } & InPlace<Place>)
	| ({ kind: 'resting'; timer: NodeJS.Timeout } & InPlace<Place>)
	| { kind: 'closed' };

interface InPlace<Place> {
	place: Place;
	receive: (data: Buffer) => void;
}

/** How a connection ended. */
export interface Ending<Place> {
	code: number;
	/** In the server's words; empty when the client ended it. */
	reason: string;
	/** Where it was; null when it had not got there. */
	place: Place | null;
}

/** What sockets need from what is around them. */
export interface SocketServices {
	limits: SocketLimits;
	log: SocketLog;
	metrics: SocketMetrics;
}

/** How a socket was admitted, and how sockets of its kind speak. */
export interface AdmittedAs {
	id: string;
	identity: Identity;
	/** The kind of message it may send. */
	speaks: 'binary' | 'text';
	/** Sent when nothing else was for a while. */
	keepAlive: Frame;
	/** Asks the page to renew a session that ends soon; null when the other side would not understand. */
	renew: Frame | null;
}

/**
 * A socket whose person is known. It moves bytes and keeps its own limits; `Place`, which may be a room, gives them meaning.
 */
export class AdmittedSocket<Place> {
	identity: Identity;
	readonly openedAt = Date.now();
	readonly traffic = new Traffic();
	readonly journal: Journal;
	readonly #admitted: AdmittedAs;
	readonly #frameRate: TokenBucket;
	readonly #byteRate: TokenBucket;
	readonly #ws: WebSocket;
	readonly #socket: Duplex;
	readonly #limits: SocketLimits;
	readonly #metrics: SocketMetrics;
	#state: State<Place> = { kind: 'waiting' };
	/** Frames that came before the socket had a place, or just before it stopped being read. */
	readonly #held: Buffer[] = [];
	#heldBytes = 0;
	#sentAt = Date.now();
	#heardAt = Date.now();
	#pingedAt = Date.now();
	#slowSince = 0;
	#largestFrame = 0;
	#askedToRenew = false;
	/** What broke the socket, when something did. */
	#fault = '';
	#onClose: (ending: Ending<Place>) => void = () => {};

	constructor(ws: WebSocket, socket: Duplex, { limits, log, metrics }: SocketServices, admitted: AdmittedAs) {
		this.#ws = ws;
		this.#socket = socket;
		this.#limits = limits;
		this.#metrics = metrics;
		this.#admitted = admitted;
		this.journal = new Journal(admitted.id, log);
		this.identity = admitted.identity;
		this.#frameRate = new TokenBucket(limits.frameRate);
		this.#byteRate = new TokenBucket(limits.byteRate);
		// Attached before anything is awaited: the client speaks first, and a lost first message is never repeated.
		ws.on('message', (data, isBinary) => this.#heard(data as Buffer, isBinary));
		ws.on('pong', () => (this.#heardAt = Date.now()));
		ws.on('error', (error) => this.#broke(error)); // 'close' follows and carries the code
		ws.on('close', (code) => this.#closed(code, this.#fault));
	}

	get place(): Place | null {
		return 'place' in this.#state ? this.#state.place : null;
	}

	get isClosed(): boolean {
		return this.#state.kind === 'closed';
	}

	/** Called once, when the socket is gone for whatever reason, with the place it had. */
	whenClosed(run: (ending: Ending<Place>) => void): void {
		this.#onClose = run;
	}

	/** From now on frames go to `receive`; those that came meanwhile go first. */
	goLive(place: Place, receive: (data: Buffer) => void): void {
		if (this.#state.kind !== 'waiting') return;
		this.#state = { kind: 'live', place, receive };
		this.#deliverHeld();
	}

	/** Writes a prepared frame. A reader that lets too much pile up is closed. */
	write(frame: Frame): void {
		if (this.isClosed || this.#ws.readyState !== this.#ws.OPEN) return;
		this.#socket.write(frame);
		this.traffic.framesOut++;
		this.traffic.bytesOut += frame.byteLength;
		this.#sentAt = Date.now();
		// One long message may be larger than the bound and is no sign of slowness by itself.
		if (frame.byteLength > this.#largestFrame) this.#largestFrame = frame.byteLength;
		if (this.#socket.writableLength > this.#limits.slowCloseBytes + this.#largestFrame) this.#closeSlow();
	}

	/** More is unsent than a reader with a good network would leave. */
	get isSlow(): boolean {
		return this.#socket.writableLength > this.#limits.slowBytes;
	}

	/** Closes with a code and stops listening at once; what still arrives is not looked at. */
	close(code: number, reason: string): void {
		if (this.isClosed) return;
		this.#ws.close(code, reason);
		if (UNREADABLE.has(code)) this.#metrics.count('frames_refused', 1, reason);
		this.#closed(code, reason);
	}

	/** Stops reading for a while when a frame costs more than the rates allow; nothing is dropped. */
	charge(frames: number, bytes: number): void {
		this.rest(Math.max(this.#frameRate.take(frames), this.#byteRate.take(bytes)));
	}

	/** Stops reading for so many ms, unless it does already. */
	rest(pauseMs: number): void {
		if (pauseMs === 0 || this.#state.kind !== 'live') return;
		this.#ws.pause();
		this.#metrics.count('reading_pauses');
		this.journal.debugRarely('reading pauses', { pauseMs }, PAUSE_LINE_MS);
		const { place, receive } = this.#state;
		const timer = setTimeout(() => {
			this.#state = { kind: 'live', place, receive };
			this.#deliverHeld();
		}, pauseMs);
		this.#state = { kind: 'resting', place, receive, timer };
	}

	/** The session was renewed and now ends later, in ms since 1970. */
	renewed(expiresAt: number): void {
		this.identity = { ...this.identity, expiresAt };
		this.#askedToRenew = false;
	}

	/** Called every second or so: the end of the session, keep-alive, pings, silence and slowness. */
	tick(now: number): void {
		this.#checkSession(now);
		if (this.isClosed) return;
		if (now - this.#heardAt > this.#limits.silentMs) return this.#cutSilent();
		if (now - this.#sentAt >= this.#limits.keepAliveMs - 1000) this.write(this.#admitted.keepAlive);
		if (now - this.#pingedAt >= this.#limits.silentMs / 3) {
			this.#pingedAt = now;
			this.#ws.ping();
		}
		if (!this.isSlow) this.#slowSince = 0;
		else if (this.#slowSince === 0) {
			this.#slowSince = now;
			this.journal.debug('reading slowly', { unsentBytes: this.#socket.writableLength });
		} else if (now - this.#slowSince > this.#limits.slowCloseMs) this.#closeSlow();
	}

	/** Asks for a renewal in time, once, and closes what has expired. */
	#checkSession(now: number): void {
		const { expiresAt } = this.identity;
		if (expiresAt === undefined) return;
		if (now >= expiresAt) return this.close(SOCKET_CLOSE.unauthenticated, 'session expired');
		if (now < expiresAt - this.#limits.renewBeforeMs || this.#askedToRenew || !this.#admitted.renew) return;
		this.#askedToRenew = true;
		this.write(this.#admitted.renew);
	}

	#heard(data: Buffer, isBinary: boolean): void {
		this.#heardAt = Date.now();
		this.traffic.framesIn++;
		this.traffic.bytesIn += data.byteLength;
		const { speaks } = this.#admitted;
		if (isBinary !== (speaks === 'binary')) return this.close(SOCKET_CLOSE.unsupported, `${speaks} messages only`);
		if (this.#state.kind === 'live') return this.#state.receive(data);
		if (this.isClosed) return;
		this.#held.push(data);
		this.#heldBytes += data.byteLength;
		const { waitingFrames, waitingBytes } = this.#limits;
		if (this.#held.length >= waitingFrames || this.#heldBytes >= waitingBytes) this.#ws.pause();
	}

	/** In the order they came, until one of them costs too much to go on. */
	#deliverHeld(): void {
		let next = 0;
		while (next < this.#held.length && this.#state.kind === 'live') {
			const frame = this.#held[next++];
			this.#heldBytes -= frame.byteLength;
			this.#state.receive(frame);
		}
		this.#held.splice(0, next);
		if (this.#held.length === 0 && this.#state.kind === 'live') this.#ws.resume();
	}

	/** Without a farewell, which nobody would hear. */
	#cutSilent(): void {
		this.#metrics.count('silent_closes');
		this.#fault = 'silent';
		this.#ws.terminate();
	}

	#broke(error: Error & { code?: string }): void {
		if (!error.code?.startsWith('WS_ERR')) return; // the network; the code of the close says so
		this.#fault = error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'frame too large' : 'broken frame';
		this.#metrics.count('frames_refused', 1, this.#fault);
	}

	#closeSlow(): void {
		this.#metrics.count('slow_reader_closes');
		this.close(SOCKET_CLOSE.tryAgain, 'reading too slowly');
		setTimeout(() => this.#ws.terminate(), SLOW_FAREWELL_MS).unref();
	}

	#closed(code: number, reason: string): void {
		if (this.isClosed) return;
		const { place } = this;
		if (this.#state.kind === 'resting') clearTimeout(this.#state.timer);
		this.#state = { kind: 'closed' };
		this.#held.length = this.#heldBytes = 0;
		// A closing handshake is read from the socket, so a resting one must be read again.
		this.#ws.resume();
		this.#onClose({ code, reason, place });
	}
}
