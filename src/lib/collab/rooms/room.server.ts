import type * as Y from 'yjs';
import type { TextModel } from '../../text/model.ts';
import type { Plan } from '../../text/planned-edit.ts';
import type { CommitOwner, GroupCommit, Waiting } from '../persistence/group-commit.server.ts';
import type { StoredBody, UpdateRow } from '../persistence/store.server.ts';
import { CLOSE, encodeSync, type Limits, type RejectedReason, SYNC } from '../protocol.ts';
import type { FaultIn } from '../sync-engine.server.ts';
import { Audience } from './audience.server.ts';
import { Body } from './body.server.ts';
import { bringsNews, type CheckedUpdate, checkUpdate, deletesAhead } from './check-update.server.ts';
import type { Connection } from './connection.server.ts';
import { ConflictRates } from './conflicts.server.ts';
import { Durability } from './durability.server.ts';
import type { FaultPoint, SyncMetrics } from './report.server.ts';
import { type Arrival, Rounds } from './rounds.server.ts';
import { SizeRefusals } from './size-refusals.server.ts';
import type { TextState } from './text-state.server.ts';

/** What a room needs from the engine around it. */
export interface RoomServices {
	limits: Limits;
	commits: GroupCommit;
	metrics: SyncMetrics;
	/** What the application says that none of its pages can have written (DO1). */
	faultIn: FaultIn;
	/** Tells tests that a moment has come at which they may kill the process. */
	onPoint(point: FaultPoint): void;
	/** Updates of this room are durable: tell other nodes and the application. */
	onCommitted(room: Room, updates: readonly Uint8Array[]): void;
	/** Presence of this node's people changed: tell other nodes. */
	onPresence(room: Room, entries: Uint8Array): void;
	/** Another node said what it has of the text. */
	onState(room: Room, state: TextState, isAnswer: boolean): void;
	/** Nobody has been in the room for long, and it is about to be unloaded. */
	onLetGo(room: Room): void;
	/** The store refused the room's updates: the document is gone or has moved to another epoch. */
	onRefused(room: Room): void;
	/** The document in memory can no longer be trusted and must be loaded again. */
	onBroken(room: Room, error: unknown): void;
}

/** An edit by the server that the text has no room for. */
export class TextFull extends Error {}

/** What became of a client's update. `taken` is followed by a row in the log, unless it turns out to bring nothing. */
export type Outcome = 'taken' | 'nothing new' | 'malformed' | Refusal;

/** It was dropped, and the client is told why. */
export interface Refusal {
	/** `ahead`: it deletes what is not there yet (HI7), which the client is not told but asked about. */
	reason: RejectedReason | 'ahead';
	/** What was found in it, without a word of what was typed. */
	fault?: string;
}

/** One document in use: its text, the sockets on it, and what of it is durable already. */
export class Room implements CommitOwner {
	readonly documentId: string;
	readonly epoch: number;
	readonly body: Body;
	readonly audience: Audience;
	readonly #services: RoomServices;
	/** Server edits share one client id per room, so that each does not lengthen every state vector. */
	readonly #serverClient = Math.floor(Math.random() * 2 ** 32);
	readonly #durability = new Durability();
	readonly #rounds: Rounds;
	readonly #conflicts: ConflictRates;
	/** Null while the room takes writes; then why it does not (LG5, LG7). */
	#shut: 'storage' | 'retired' | null = null;
	#emptySince = Date.now();
	#logRows: number;
	#snapshotBytes: number;
	readonly #tooLarge: SizeRefusals;

	/** Throws when any of what is stored cannot be read: a part is never served as the whole. */
	constructor(documentId: string, stored: StoredBody, services: RoomServices) {
		this.documentId = documentId;
		this.epoch = stored.epoch;
		this.#services = services;
		const { limits, metrics } = services;
		this.audience = new Audience({ limits, metrics, onPresence: (entries) => services.onPresence(this, entries) });
		this.#conflicts = new ConflictRates(limits);
		this.#rounds = new Rounds(limits, () => this.flush());
		this.body = new Body(stored);
		this.#tooLarge = new SizeRefusals(this.body, limits.documentBytes);
		this.#logRows = stored.updates.length;
		this.#snapshotBytes = stored.snapshot?.byteLength ?? 0;
	}

	/** The sockets of this node that are in the room. */
	get connections(): ReadonlySet<Connection> {
		return this.audience.connections;
	}

	get doc(): Y.Doc {
		return this.body.doc;
	}

	get shut(): 'storage' | 'retired' | null {
		return this.#shut;
	}

	/** True while something taken is not durable. */
	get hasUnstored(): boolean {
		return !this.#rounds.isEmpty || this.#services.commits.holds(this);
	}

	/** What of it is not durable. */
	get unsaved(): Waiting {
		const { rows, bytes, oldestMs } = this.#services.commits.waiting(this);
		const arrived = this.#rounds.unstored;
		return { rows: rows + arrived.rows, bytes: bytes + arrived.bytes, oldestMs };
	}

	/** Rows of the log, as far as this node has heard of commits and compactions. */
	get logRows(): number {
		return this.#logRows;
	}

	/** Bytes of the last snapshot this node has heard of; 0 without one. */
	get snapshotBytes(): number {
		return this.#snapshotBytes;
	}

	/** So many rows of the log have become one snapshot of so many bytes; `since`: bytes stored since, if that is known. */
	compacted(bytes: number, rows: number, since: number | null): void {
		this.#snapshotBytes = bytes;
		this.#logRows = Math.max(0, this.#logRows - rows);
		if (since !== null) this.body.measured(bytes + since + this.unsaved.bytes);
	}

	/** Empty for long enough, and nothing of it would be lost (RM4). Asked and acted upon in one synchronous step. */
	mayUnload(now: number): boolean {
		const { unloadMs } = this.#services.limits;
		return this.connections.size === 0 && !this.hasUnstored && now - this.#emptySince >= unloadMs;
	}

	join(connection: Connection): void {
		this.askEverything(connection);
		this.audience.join(connection);
	}

	leave(connection: Connection): void {
		if (!this.audience.leave(connection)) return;
		this.#tooLarge.forget(connection);
		if (this.connections.size === 0) this.#emptySince = Date.now();
	}

	/** Asks a client for everything it has and the room has not (MS2, RO4, HI4). */
	askEverything(connection: Connection): void {
		connection.send(encodeSync(SYNC.step1, this.body.stateVector));
	}

	/** Brings a client with this state vector up to all that was received so far. Throws when the vector is malformed. */
	answer(connection: Connection, stateVector: Uint8Array): void {
		this.flush();
		for (const frame of this.body.answer(stateVector)) connection.write(frame);
		connection.hasText = true;
	}

	/**
	 * One update from a client: read and checked now, applied, sent to the others and handed to the log in the next
	 * round, which is at once unless the room is busy. `isWhole`: it is all that the client has and the room lacked.
	 */
	receive(connection: Connection, bytes: Uint8Array, isWhole = false): Outcome {
		let update;
		try {
			update = checkUpdate(bytes);
		} catch {
			return 'malformed';
		}
		if (update.empty) return 'nothing new';
		if (!connection.canWrite) {
			this.flush();
			return bringsNews(this.doc, update) ? { reason: 'role' } : 'nothing new';
		}
		const fault = this.#services.faultIn(update.structs);
		if (fault !== null) return { reason: 'invalid', fault };
		if (this.#deletesAhead(update))
			return isWhole ? { reason: 'invalid', fault: 'it deletes what is nowhere' } : { reason: 'ahead' };
		if (this.#tooLarge.concern(bytes.byteLength, [update])) {
			this.#tooLarge.add(connection, bytes.byteLength);
			return { reason: 'size' };
		}
		const pauseMs = this.#conflicts.charge(connection.identity.personId, this.doc, update.structs);
		if (pauseMs === null) return 'malformed';
		connection.rest(pauseMs);
		this.#services.onPoint('received');
		this.#rounds.add({ bytes, update, from: connection, number: this.#durability.take() }, this.connections.size);
		return 'taken';
	}

	/** What arrived since the last round counts as if it were there already. */
	#deletesAhead(update: CheckedUpdate): boolean {
		if (!deletesAhead(this.doc, update)) return false;
		this.flush();
		return deletesAhead(this.doc, update);
	}

	/** An update that another node has already committed. */
	receiveFromNode(bytes: Uint8Array): void {
		this.#logRows++;
		this.#rounds.add({ bytes, update: checkUpdate(bytes), from: null, number: 0 }, this.connections.size);
	}

	/** Takes from the log what this node was never told of. False when it lacked nothing (BU5). */
	repair(missing: Uint8Array): boolean {
		this.flush();
		const update = checkUpdate(missing);
		if (!bringsNews(this.doc, update)) return false;
		this.#rounds.add({ bytes: missing, update, from: null, number: 0 }, this.connections.size);
		this.flush();
		return true;
	}

	/** The log has so many rows. */
	recounted(rows: number): void {
		this.#logRows = rows;
	}

	/**
	 * One round: what arrived since the last is applied in one transaction, sent to everybody as one frame, and queued
	 * for the log as it came, since what Yjs emits leaves out parts that wait for a missing predecessor.
	 */
	flush(): void {
		const arrivals = this.#rounds.takeAll();
		if (arrivals.length === 0) return;
		this.#services.metrics.observe('round_updates', arrivals.length);
		this.#take(arrivals.filter(({ from }) => from === null));
		const stored = this.#take(arrivals.filter(({ from }) => from !== null));
		if (this.#shut === 'retired') return;
		for (const arrival of arrivals) {
			if (arrival.from === null) continue;
			const inLog = stored.has(arrival);
			this.#durability.settle(arrival.number, inLog);
			if (inLog) this.#log(arrival.bytes, arrival.from.identity.personId);
		}
		if (stored.size === 0) this.#answerQuestions();
	}

	/**
	 * An edit by the server itself, for a person or for nobody: planned first, which may throw, then made in one
	 * transaction (SE1). Resolves when it is durable; rejects when the document is gone, with TextFull when it has no room.
	 * `client` is the Yjs client that it is made as, for one that has to be found again.
	 */
	async edit(plan: Plan, personId: string | null, client = this.#serverClient): Promise<void> {
		if (this.#shut) throw new Error(`document ${this.documentId} takes no edits now (${this.#shut})`);
		this.flush();
		const ready = this.body.prepare(plan);
		const { documentBytes } = this.#services.limits;
		if (ready.growth > 0 && !this.body.hasRoomFor(ready.growth, documentBytes))
			throw new TextFull(`document ${this.documentId} would become too large`);
		const made = this.#inDoubtUnless(() => ({ update: this.body.edit(ready, client) }));
		if (!made) throw new Error(`document ${this.documentId} has to be loaded again`);
		if (made.update) {
			this.audience.broadcast([made.update], null);
			this.#durability.settle(this.#durability.take(), true);
			this.#log(made.update, personId);
		}
		await this.durable();
	}

	/** What `read` makes of the text as it is now, with what has been taken and not yet applied. */
	read<Answer>(read: (text: TextModel) => Answer): Answer {
		this.flush();
		return this.body.read(read);
	}

	/** Resolves when everything taken so far is durable; rejects when that can no longer happen. */
	durable(): Promise<void> {
		this.flush();
		const complete = this.#durability.complete();
		if (this.#shut === 'retired' && !this.#services.commits.holds(this)) this.#giveUpWaiting();
		return complete;
	}

	/**
	 * Answers a client's question "is everything committed?" once everything this room had taken when it was asked is
	 * durable. That includes what others sent: the client's own edit may have come in before, over a socket it lost.
	 */
	acknowledge(connection: Connection, counter: number): void {
		if (connection.hasRejected) return;
		if (this.#durability.ask(connection, counter)) this.#services.metrics.observe('acknowledgement_seconds', 0);
	}

	/** Questions of this connection that wait for an answer. */
	unanswered(connection: Connection): number {
		return this.#durability.unanswered(connection);
	}

	committed(rows: readonly UpdateRow[]): void {
		this.#services.onPoint('committed');
		this.#logRows += rows.length;
		this.#durability.committed(rows.length);
		if (this.#shut === 'storage') this.#shut = null;
		this.#services.onCommitted(
			this,
			rows.map((row) => row.bytes)
		);
		this.#services.onPoint('before acknowledging');
		this.#answerQuestions();
	}

	refused(): void {
		this.retire();
		this.#services.onRefused(this);
	}

	overdue(): void {
		if (this.#shut === null) {
			this.#shut = 'storage';
			this.#services.metrics.count('rooms_read_only');
		}
		this.audience.closeAll(CLOSE.tryAgain, 'the database is not answering');
	}

	/** The room takes nothing more and will be replaced; what is queued is still stored. */
	retire(): void {
		this.#shut = 'retired';
		this.#rounds.takeAll();
		if (!this.#services.commits.holds(this)) this.#giveUpWaiting();
	}

	/** The whole text as one update, with everything received so far. */
	readBody(): Uint8Array {
		this.flush();
		return this.body.whole();
	}

	/** Called from the engine's clock. */
	tick(now: number): void {
		this.audience.presenceChanged();
		for (const connection of this.#tooLarge.takeFitting()) this.askEverything(connection);
		if (this.hasUnstored) return;
		const taken = this.body.tick(now, this.#services.limits.restMs);
		if (taken) this.audience.broadcast([taken], null);
	}

	destroy(): void {
		this.#rounds.stop();
		this.audience.stop();
		this.#giveUpWaiting();
		this.body.destroy();
	}

	/** Applies and sends what arrived, from clients or from other nodes; returns what of it has to be stored. */
	#take(arrivals: readonly Arrival[]): Set<Arrival> {
		const nothing = new Set<Arrival>();
		if (arrivals.length === 0) return nothing;
		const change = this.#inDoubtUnless(() => {
			const news = arrivals.filter(({ update }) => bringsNews(this.doc, update));
			return news.length === 0 ? null : { news, ...this.body.apply(news.map(({ bytes }) => bytes)) };
		});
		if (!change) return nothing;
		const [{ from }] = change.news;
		if (change.waits) for (const arrival of change.news) if (arrival.from) this.askEverything(arrival.from);
		const isFromOne = change.news.every((arrival) => arrival.from === from);
		this.audience.broadcast(change.changes, isFromOne ? from : null);
		this.#services.onPoint('broadcast');
		return change.isNothing ? nothing : new Set(change.news);
	}

	/** Null when Yjs threw although the bytes were well formed: the text is then in doubt and is given up (HI3). */
	#inDoubtUnless<T>(run: () => T): T | null {
		try {
			return run();
		} catch (error) {
			this.#services.onBroken(this, error);
			this.retire();
			return null;
		}
	}

	#answerQuestions(): void {
		this.#durability.answer((seconds) => this.#services.metrics.observe('acknowledgement_seconds', seconds));
	}

	#giveUpWaiting(): void {
		this.#durability.giveUp(new Error(`document ${this.documentId} was closed or replaced before the edit was stored`));
	}

	#log(bytes: Uint8Array, personId: string | null): void {
		this.#services.commits.add(this, { documentId: this.documentId, epoch: this.epoch, bytes, personId });
	}
}
