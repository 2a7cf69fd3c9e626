import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Identity, Standing } from '../access.server.ts';
import { canWrite, CLOSE, encodeText, type Limits, MESSAGE, type Role } from '../protocol.ts';
import { type Frame, toFrame } from './frames.server.ts';
import { Journal } from './journal.server.ts';
import type { PresenceOwner } from './presence.server.ts';
import type { SyncLog, SyncMetrics } from './report.server.ts';
import type { Room } from './room.server.ts';
import { TokenBucket } from './token-bucket.server.ts';
import { Traffic } from './traffic.server.ts';

/** A line about a socket that sends too much is written at most this often. */
const PAUSE_LINE_MS = 60_000;
/** Close codes that mean: what you sent cannot be read. */
const UNREADABLE: ReadonlySet<number> = new Set([CLOSE.malformed, CLOSE.unsupported, CLOSE.tooLarge]);

/** What a standing becomes once it is known to grant something. */
export type GrantedStanding = Standing & { role: Role };

/** The life of a connection (SPEC, "Life of a connection"). A refused one never gets this far. */
type State =
	| { kind: 'waiting' }
	| ({ kind: 'live' } & InRoom)
	| ({ kind: 'resting'; timer: NodeJS.Timeout } & InRoom)
	| { kind: 'closed' };

interface InRoom {
	room: Room;
	receive: (data: Buffer) => void;
}

/** How a connection ended. */
export interface Ending {
	code: number;
	/** In the server's words; empty when the client ended it. */
	reason: string;
	/** The room it was in; null when it had not reached one. */
	room: Room | null;
}

/** What connections need from the engine around them. */
export interface ConnectionServices {
	limits: Limits;
	log: SyncLog;
	metrics: SyncMetrics;
}

/** One authenticated socket on one document. It moves bytes and keeps its own limits; rooms give them meaning. */
export class Connection implements PresenceOwner {
	identity: Identity;
	readonly documentId: string;
	/** Schema version the client stated, null for a plain y-websocket client. */
	readonly schema: number | null;
	readonly openedAt = Date.now();
	readonly traffic = new Traffic();
	readonly journal: Journal;
	standing: GrantedStanding;
	presenceId: number | null = null;
	/** It has asked for the text, and got it: from then on it is sent every change (MS7). */
	hasText = false;
	/** A write was dropped and the client has not handed everything over again since: nothing is acknowledged (AK5). */
	hasRejected = false;
	/** What was dropped is not what any page can have written; what it sends is dropped until a step 2 passes (DO2). */
	hasInvalid = false;
	/** Presence was withheld while the reader was slow; it gets everybody's at once later (SL1). */
	missedPresence = false;
	nextCheckAt = Infinity;
	readonly presenceRate: TokenBucket;
	readonly #frameRate: TokenBucket;
	readonly #byteRate: TokenBucket;
	readonly #ws: WebSocket;
	readonly #socket: Duplex;
	readonly #limits: Limits;
	readonly #metrics: SyncMetrics;
	#state: State = { kind: 'waiting' };
	/** Frames that came while the room loads, or just before the socket stopped being read. */
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
	#onClose: (ending: Ending) => void = () => {};

	constructor(ws: WebSocket, socket: Duplex, { limits, log, metrics }: ConnectionServices, opened: OpenedAs) {
		this.#ws = ws;
		this.#socket = socket;
		this.#limits = limits;
		this.#metrics = metrics;
		this.journal = new Journal(opened.id, log);
		this.identity = opened.identity;
		this.documentId = opened.documentId;
		this.schema = opened.schema;
		this.standing = opened.standing;
		this.presenceRate = new TokenBucket(limits.presenceRate);
		this.#frameRate = new TokenBucket(limits.frameRate);
		this.#byteRate = new TokenBucket(limits.byteRate);
		// Attached before anything is awaited: the client speaks first, and a lost first message is never repeated.
		ws.on('message', (data, isBinary) => this.#heard(data as Buffer, isBinary));
		ws.on('pong', () => (this.#heardAt = Date.now()));
		ws.on('error', (error) => this.#broke(error)); // 'close' follows and carries the code
		ws.on('close', (code) => this.#closed(code, this.#fault));
	}

	get room(): Room | null {
		return 'room' in this.#state ? this.#state.room : null;
	}

	get isClosed(): boolean {
		return this.#state.kind === 'closed';
	}

	get canWrite(): boolean {
		return canWrite(this.standing.role);
	}

	presenceUser(): Record<string, string> {
		const { name, agency, colour, role } = this.standing;
		return { name, agency, colour, role, personId: this.identity.personId };
	}

	/** Called once, when the socket is gone for whatever reason, with the room it was in. */
	whenClosed(run: (ending: Ending) => void): void {
		this.#onClose = run;
	}

	/** From now on frames go to the room; those that came while it loaded go first. */
	goLive(room: Room, receive: (data: Buffer) => void): void {
		if (this.#state.kind !== 'waiting') return;
		this.#state = { kind: 'live', room, receive };
		this.#deliverHeld();
	}

	send(message: Uint8Array): void {
		this.write(toFrame(message));
	}

	/** Writes a prepared frame. A reader that lets too much pile up is closed and will resync (SL2). */
	write(frame: Frame): void {
		if (this.isClosed || this.#ws.readyState !== this.#ws.OPEN) return;
		this.#socket.write(frame);
		this.traffic.framesOut++;
		this.traffic.bytesOut += frame.byteLength;
		this.#sentAt = Date.now();
		// A whole document may be larger than the bound and is no sign of slowness by itself.
		if (frame.byteLength > this.#largestFrame) this.#largestFrame = frame.byteLength;
		if (this.#socket.writableLength > this.#limits.slowCloseBytes + this.#largestFrame) this.#closeSlow();
	}

	/** Presence is the first thing a slow reader goes without. */
	get isSlow(): boolean {
		return this.#socket.writableLength > this.#limits.slowBytes;
	}

	tell(kind: typeof MESSAGE.rejected | typeof MESSAGE.role, text: string): void {
		this.send(encodeText(kind, text));
	}

	/** Closes with a code and stops listening at once; what still arrives is not looked at. */
	close(code: number, reason: string): void {
		if (this.isClosed) return;
		this.#ws.close(code, reason);
		if (UNREADABLE.has(code)) this.#metrics.count('frames_refused', 1, reason);
		this.#closed(code, reason);
	}

	/** Stops reading for a while when a frame costs more than the rates allow; nothing is dropped (RL1). */
	charge(frames: number, bytes: number): void {
		this.rest(Math.max(this.#frameRate.take(frames), this.#byteRate.take(bytes)));
	}

	/** Stops reading for so many ms, unless it does already. */
	rest(pauseMs: number): void {
		if (pauseMs === 0 || this.#state.kind !== 'live') return;
		this.#ws.pause();
		this.#metrics.count('reading_pauses');
		this.journal.debugRarely('reading pauses', { pauseMs }, PAUSE_LINE_MS);
		const { room, receive } = this.#state;
		const timer = setTimeout(() => {
			this.#state = { kind: 'live', room, receive };
			this.#deliverHeld();
		}, pauseMs);
		this.#state = { kind: 'resting', room, receive, timer };
	}

	/** Asks the client, once, to renew a session that ends soon (AU5). A plain y-websocket client is not asked. */
	askToRenew(): void {
		if (this.#askedToRenew || this.schema === null) return;
		this.#askedToRenew = true;
		this.send(new Uint8Array([MESSAGE.renew]));
	}

	/** The session was renewed and now ends later. */
	renewed(expiresAt: number): void {
		this.identity = { ...this.identity, expiresAt };
		this.#askedToRenew = false;
	}

	/** Called from the engine's clock: keep-alive, pings, silence and slowness. */
	tick(now: number, keepAlive: Frame): void {
		if (this.isClosed) return;
		if (now - this.#heardAt > this.#limits.silentMs) return this.#cutSilent();
		if (now - this.#sentAt >= this.#limits.keepAliveMs - 1000) this.write(keepAlive);
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

	#heard(data: Buffer, isBinary: boolean): void {
		this.#heardAt = Date.now();
		this.traffic.framesIn++;
		this.traffic.bytesIn += data.byteLength;
		if (!isBinary) return this.close(CLOSE.unsupported, 'binary messages only');
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
		this.close(CLOSE.tryAgain, 'reading too slowly');
		setTimeout(() => this.#ws.terminate(), 1000).unref(); // the farewell is stuck behind everything unread
	}

	#closed(code: number, reason: string): void {
		if (this.isClosed) return;
		const { room } = this;
		if (this.#state.kind === 'resting') clearTimeout(this.#state.timer);
		this.#state = { kind: 'closed' };
		this.#held.length = this.#heldBytes = 0;
		// A closing handshake is read from the socket, so a resting one must be read again.
		this.#ws.resume();
		this.#onClose({ code, reason, room });
	}
}

/** How a connection was admitted. */
export interface OpenedAs {
	id: string;
	identity: Identity;
	documentId: string;
	schema: number | null;
	standing: GrantedStanding;
}
