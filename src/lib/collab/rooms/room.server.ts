import * as Y from 'yjs';
import type { CommitOwner, GroupCommit } from '../persistence/group-commit.server.ts';
import type { StoredBody, UpdateRow } from '../persistence/store.server.ts';
import { CLOSE, encodeAck, encodeSync, type Limits, SYNC } from '../protocol.ts';
import { bringsNews, checkUpdate } from './check-update.server.ts';
import type { Connection } from './connection.server.ts';
import { toFrame } from './frames.server.ts';
import { Presence } from './presence.server.ts';
import type { FaultPoint, SyncMetrics } from './report.server.ts';

/** What a room needs from the engine around it. */
export interface RoomServices {
	limits: Limits;
	commits: GroupCommit;
	metrics: SyncMetrics;
	/** Tells tests that a moment has come at which they may kill the process. */
	onPoint(point: FaultPoint): void;
	/** Updates of this room are durable: tell other nodes and the application. */
	onCommitted(room: Room, updates: readonly Uint8Array[]): void;
	/** Presence of this node's people changed: tell other nodes. */
	onPresence(room: Room, entries: Uint8Array): void;
	/** The store refused the room's updates: the document is gone or has moved to another epoch. */
	onRefused(room: Room): void;
	/** The document in memory can no longer be trusted and must be loaded again. */
	onBroken(room: Room, error: unknown): void;
}

/** What became of a client's update. */
export type Outcome = 'applied' | 'nothing new' | 'not allowed' | 'malformed';

/** One document in use: its text in memory, the sockets on it, and what of it is durable already. */
export class Room implements CommitOwner {
	readonly documentId: string;
	readonly epoch: number;
	readonly doc = new Y.Doc();
	readonly connections = new Set<Connection>();
	readonly presence: Presence;
	readonly #services: RoomServices;
	/** Server edits share one client id per room, so that each does not lengthen every state vector. */
	readonly #serverClient = new Y.Doc().clientID;
	/** Updates taken so far, and how many of them are durable: an acknowledgement waits for the first to reach the second. */
	#taken = 0;
	#durable = 0;
	readonly #acks: { connection: Connection; counter: number; covers: number; asked: number }[] = [];
	readonly #durableWaiters: { covers: number; resolve: () => void; reject: (error: Error) => void }[] = [];
	/** Null while the room takes writes; then why it does not (LG5, LG7). */
	#shut: 'storage' | 'retired' | null = null;
	#news: Uint8Array[] = [];
	#emptySince = Date.now();
	#presenceTimer: NodeJS.Timeout | null = null;
	#presenceSentAt = 0;

	/** Builds the text from everything stored. Throws when any of it cannot be read: a part is never served as the whole. */
	constructor(documentId: string, stored: StoredBody, services: RoomServices) {
		this.documentId = documentId;
		this.epoch = stored.epoch;
		this.#services = services;
		this.presence = new Presence(services.limits);
		applyStored(this.doc, stored);
		this.doc.on('update', (update: Uint8Array) => this.#news.push(update));
	}

	get shut(): 'storage' | 'retired' | null {
		return this.#shut;
	}

	/** Empty for long enough, and nothing of it would be lost (RM4). Asked and acted upon in one synchronous step. */
	mayUnload(now: number): boolean {
		return (
			this.connections.size === 0 &&
			!this.#services.commits.holds(this) &&
			now - this.#emptySince >= this.#services.limits.unloadMs
		);
	}

	join(connection: Connection): void {
		this.connections.add(connection);
		connection.send(encodeSync(SYNC.step1, Y.encodeStateVector(this.doc)));
		if (this.presence.size > 0) connection.send(this.presence.everybody());
	}

	leave(connection: Connection): void {
		if (!this.connections.delete(connection)) return;
		this.presence.leave(connection);
		this.presenceChanged();
		if (this.connections.size === 0) this.#emptySince = Date.now();
	}

	/** Asks a client for everything it has and the room has not (RO4, HI4). */
	askEverything(connection: Connection): void {
		connection.send(encodeSync(SYNC.step1, Y.encodeStateVector(this.doc)));
	}

	/** The update that brings a client with this state vector up to date. Throws when the vector is malformed. */
	difference(stateVector: Uint8Array): Uint8Array {
		return Y.encodeStateAsUpdate(this.doc, stateVector);
	}

	/**
	 * One update from a client: read, checked, applied, sent to the others and queued for the log, in this order and
	 * without a pause in between. The bytes stored are the client's own, since what Yjs emits leaves out parts that
	 * wait for a missing predecessor.
	 */
	receive(connection: Connection, bytes: Uint8Array): Outcome {
		let update;
		try {
			update = checkUpdate(bytes);
		} catch {
			return 'malformed';
		}
		if (update.empty) return 'nothing new';
		if (!connection.canWrite) return bringsNews(this.doc, update) ? 'not allowed' : 'nothing new';
		const pendingBefore = this.doc.store.pendingStructs;
		const deletesBefore = this.doc.store.pendingDs;
		if (!this.#apply(bytes, connection)) return 'malformed';
		this.#services.onPoint('received');
		const news = this.#takeNews();
		const { pendingStructs, pendingDs } = this.doc.store;
		if (pendingStructs !== null && pendingStructs !== pendingBefore) this.askEverything(connection);
		if (news.length === 0 && pendingStructs === pendingBefore && pendingDs === deletesBefore) return 'nothing new';
		for (const part of news) this.#broadcast(part, connection);
		this.#services.onPoint('broadcast');
		this.#log(bytes, connection.identity.personId);
		return 'applied';
	}

	/** An update that another node has already committed. */
	receiveFromNode(bytes: Uint8Array): void {
		if (!this.#apply(bytes, 'bus')) return;
		for (const part of this.#takeNews()) this.#broadcast(part, null);
	}

	/**
	 * An edit by the server itself, made on a copy so that one that throws leaves nothing behind. Resolves when it is
	 * durable; rejects when the document is gone.
	 */
	async edit(change: (doc: Y.Doc) => void): Promise<void> {
		if (this.#shut) throw new Error(`document ${this.documentId} takes no edits now (${this.#shut})`);
		const copy = new Y.Doc();
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc));
		copy.clientID = this.#serverClient; // only now: Yjs gives up an id that it sees used by an update
		const parts: Uint8Array[] = [];
		copy.on('update', (update: Uint8Array) => parts.push(update));
		copy.transact(() => change(copy), 'server');
		copy.destroy();
		for (const bytes of parts) {
			if (!this.#apply(bytes, 'server')) throw new Error(`document ${this.documentId} has to be loaded again`);
			for (const part of this.#takeNews()) this.#broadcast(part, null);
			this.#log(bytes, null);
		}
		await this.durable();
	}

	/** Resolves when everything taken so far is durable; rejects when that can no longer happen. */
	durable(): Promise<void> {
		if (this.#durable === this.#taken) return Promise.resolve();
		return new Promise((resolve, reject) => {
			this.#durableWaiters.push({ covers: this.#taken, resolve, reject });
			if (this.#shut === 'retired' && !this.#services.commits.holds(this)) this.#giveUpWaiting();
		});
	}

	/**
	 * Answers a client's question "is everything committed?" once everything this room had taken when it was asked is
	 * durable. That includes what others sent: the client's own edit may have come in before, over a socket it lost.
	 */
	acknowledge(connection: Connection, counter: number): void {
		if (connection.hasRejected) return;
		if (this.#durable === this.#taken) return connection.send(encodeAck(counter));
		this.#acks.push({ connection, counter, covers: this.#taken, asked: Date.now() });
	}

	committed(rows: readonly UpdateRow[]): void {
		this.#services.onPoint('committed');
		this.#durable += rows.length;
		if (this.#shut === 'storage') this.#shut = null;
		this.#services.onCommitted(
			this,
			rows.map((row) => row.bytes)
		);
		this.#services.onPoint('before acknowledging');
		while (this.#acks.length > 0 && this.#acks[0].covers <= this.#durable) {
			const { connection, counter, asked } = this.#acks.shift()!;
			connection.send(encodeAck(counter));
			this.#services.metrics.observe('acknowledge', (Date.now() - asked) / 1000);
		}
		while (this.#durableWaiters.length > 0 && this.#durableWaiters[0].covers <= this.#durable) {
			this.#durableWaiters.shift()!.resolve();
		}
	}

	refused(): void {
		this.retire();
		this.#services.onRefused(this);
	}

	overdue(): void {
		if (this.#shut === null) this.#shut = 'storage';
		this.closeAll(CLOSE.tryAgain, 'the database is not answering');
	}

	/** The room takes nothing more and will be replaced; what is queued is still stored. */
	retire(): void {
		this.#shut = 'retired';
		if (!this.#services.commits.holds(this)) this.#giveUpWaiting();
	}

	closeAll(code: number, reason: string): void {
		for (const connection of [...this.connections]) connection.close(code, reason);
	}

	destroy(): void {
		if (this.#presenceTimer) clearTimeout(this.#presenceTimer);
		this.#giveUpWaiting();
		this.doc.destroy();
	}

	/** Sends changed presence soon: at once when the room was quiet, else with the next frame of its rhythm (AW5). */
	presenceChanged(): void {
		if (this.#presenceTimer || !this.presence.hasChanges) return;
		const wait = this.#presenceSentAt + this.#services.limits.presenceEveryMs - Date.now();
		this.#presenceTimer = setTimeout(() => this.#sendPresence(), Math.max(0, wait));
	}

	#sendPresence(): void {
		this.#presenceTimer = null;
		const changes = this.presence.takeChanges();
		if (!changes) return;
		this.#presenceSentAt = Date.now();
		const frame = toFrame(changes.all);
		for (const connection of this.connections) {
			if (connection.isSlow) connection.missedPresence = true;
			else if (connection.missedPresence) {
				connection.missedPresence = false;
				connection.send(this.presence.everybody());
				connection.write(frame); // names those who left meanwhile
			} else connection.write(frame);
		}
		if (changes.local) this.#services.onPresence(this, changes.local);
	}

	#giveUpWaiting(): void {
		const error = new Error(`document ${this.documentId} was closed or replaced before the edit was stored`);
		for (const waiter of this.#durableWaiters.splice(0)) waiter.reject(error);
	}

	/** False when Yjs threw although the bytes were well formed: the document is then in doubt and is given up. */
	#apply(bytes: Uint8Array, origin: unknown): boolean {
		try {
			Y.applyUpdate(this.doc, bytes, origin);
			return true;
		} catch (error) {
			this.#takeNews();
			this.#services.onBroken(this, error);
			return false;
		}
	}

	#takeNews(): Uint8Array[] {
		const news = this.#news;
		this.#news = [];
		return news;
	}

	#broadcast(update: Uint8Array, except: Connection | null): void {
		if (this.connections.size === 0 || (except && this.connections.size === 1)) return;
		const frame = toFrame(encodeSync(SYNC.update, update));
		for (const connection of this.connections) if (connection !== except) connection.write(frame);
	}

	#log(bytes: Uint8Array, personId: string | null): void {
		this.#taken++;
		this.#services.commits.add(this, { documentId: this.documentId, epoch: this.epoch, bytes, personId });
	}
}

/** Applies everything stored to a fresh document. */
export function applyStored(doc: Y.Doc, stored: StoredBody): void {
	doc.transact(() => {
		if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot, 'load');
		for (const update of stored.updates) Y.applyUpdate(doc, update, 'load');
	}, 'load');
}
