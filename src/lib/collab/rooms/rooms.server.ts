import { inTime } from '../../base/in-time.ts';
import type { UpdateStore } from '../persistence/store.server.ts';
import type { SyncLog } from './report.server.ts';
import type { RoomLinks, RoomNews } from './room-link.server.ts';
import { Room, type RoomServices } from './room.server.ts';

/** A replaced room may still have updates on their way to the log; its successor waits this long for them. */
const PREDECESSOR_MS = 5_000;

/** There is no such document in the store. */
export class NoDocument extends Error {}

interface Opened {
	/** Shared by everybody who comes while the room loads (RM1). */
	loading: Promise<Room>;
	/** Null until loaded. */
	room: Room | null;
	unfollow: () => void;
}

/** All rooms of this node: opens each once, and lets go of those nobody needs. */
export class Rooms {
	readonly #store: UpdateStore;
	readonly #links: RoomLinks | null;
	readonly #services: RoomServices;
	readonly #log: SyncLog;
	readonly #opened = new Map<string, Opened>();
	/** Replaced rooms whose last updates are not stored yet. */
	readonly #leaving = new Map<string, { room: Room; done: Promise<void> }>();

	constructor(store: UpdateStore, links: RoomLinks | null, services: RoomServices, log: SyncLog) {
		this.#store = store;
		this.#links = links;
		this.#services = services;
		this.#log = log;
	}

	get size(): number {
		return this.#opened.size;
	}

	/** The room if it is loaded. */
	get(documentId: string): Room | null {
		return this.#opened.get(documentId)?.room ?? null;
	}

	*loaded(): Iterable<Room> {
		for (const { room } of this.#opened.values()) if (room) yield room;
	}

	/** Replaced rooms that still have something to store. */
	*leaving(): Iterable<Room> {
		for (const { room } of this.#leaving.values()) yield room;
	}

	/** The room, loaded completely. Rejects with NoDocument, or with the reason it could not be loaded; then the next caller tries again. */
	open(documentId: string): Promise<Room> {
		const known = this.#opened.get(documentId);
		if (known) return known.loading;
		const opened: Opened = { loading: Promise.resolve(null as never), room: null, unfollow: () => {} };
		opened.loading = this.#load(documentId, opened).catch((error) => {
			if (this.#opened.get(documentId) === opened) this.#opened.delete(documentId);
			opened.unfollow();
			if (!(error instanceof NoDocument)) this.#services.metrics.count('room_load_failures');
			throw error;
		});
		this.#opened.set(documentId, opened);
		return opened.loading;
	}

	/** Forgets a room whose document is gone, replaced or in doubt; sockets are the caller's business. */
	retire(room: Room): void {
		const opened = this.#opened.get(room.documentId);
		room.retire();
		if (opened?.room !== room) return;
		this.#opened.delete(room.documentId);
		opened.unfollow();
		const settled = room.durable().then(
			() => {},
			() => {}
		);
		const done = settled.then(() => {
			room.destroy();
			if (this.#leaving.get(room.documentId)?.room === room) this.#leaving.delete(room.documentId);
		});
		this.#leaving.set(room.documentId, { room, done });
	}

	/** Resolves when everything that any room has taken so far is durable, or can no longer be. */
	async durable(): Promise<void> {
		await Promise.allSettled([
			...[...this.loaded()].map((room) => room.durable()),
			...[...this.#leaving.values()].map(({ done }) => done)
		]);
	}

	/** Lets go of rooms that have been empty for long (RM4). */
	unloadIdle(now: number): void {
		for (const [documentId, { room, unfollow }] of this.#opened) {
			if (!room?.mayUnload(now)) continue;
			this.#opened.delete(documentId);
			unfollow();
			this.#services.onLetGo(room);
			room.destroy();
			this.#services.metrics.count('rooms_unloaded');
		}
	}

	destroyAll(): void {
		for (const { room, unfollow } of this.#opened.values()) {
			unfollow();
			room?.destroy();
		}
		this.#opened.clear();
	}

	// Subscribe, then read, then serve: an update missing from what is read here was committed later, hence published
	// after the subscription existed.
	async #load(documentId: string, opened: Opened): Promise<Room> {
		const began = Date.now();
		const predecessor = this.#leaving.get(documentId);
		if (predecessor) await inTime(predecessor.done, PREDECESSOR_MS, 'updates of the previous room are not stored yet');
		const early: RoomNews[] = [];
		if (this.#links) {
			opened.unfollow = await this.#links.follow(documentId, (news) => {
				if (opened.room) this.#hear(opened.room, news);
				else early.push(news);
			});
		}
		const stored = await this.#store.load(documentId);
		if (!stored) throw new NoDocument(documentId);
		const room = new Room(documentId, stored, this.#services);
		for (const news of early) this.#hear(room, news);
		opened.room = room;
		this.#links?.who(documentId);
		this.#services.metrics.count('rooms_loaded');
		this.#services.metrics.observe('room_load_seconds', (Date.now() - began) / 1000);
		this.#log.debug({ documentId, rows: stored.updates.length, ms: Date.now() - began }, 'room loaded');
		return room;
	}

	#hear(room: Room, news: RoomNews): void {
		switch (news.kind) {
			case 'updates':
				for (const update of news.updates) room.receiveFromNode(update);
				return;
			case 'presence':
				room.audience.presence.acceptFromNode(news.node, news.entries);
				return room.audience.presenceChanged();
			case 'who':
				if (room.connections.size > 0) this.#links?.presence(room.documentId, room.audience.presence.everybodyHere());
				return;
			case 'state':
				this.#services.onState(room, news.state, news.isAnswer);
		}
	}
}
