import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type Limits, MESSAGE } from '../protocol.ts';

/** A socket as presence sees it: who sits behind it, and which Yjs client id it speaks for. */
export interface PresenceOwner {
	readonly identity: { personId: string };
	/** Set once, by the first entry the socket sends about itself (AW2). */
	presenceId: number | null;
	/** What colleagues are shown about the person; overwrites whatever the client claims (AW1). */
	presenceUser(): Record<string, string>;
}

interface Entry {
	clock: number;
	/** JSON of the state, or 'null' for somebody who left. */
	state: string;
	/** The socket, or the id of the node that the person is connected to. */
	owner: PresenceOwner | string;
	seenAt: number;
}

/**
 * Who is in a room and where their carets are: the server's side of the awareness protocol. It keeps no Yjs Awareness:
 * that would run a timer per room and believe what clients say about each other.
 */
export class Presence {
	readonly #limits: Limits;
	readonly #entries = new Map<number, Entry>();
	/** Changes not yet sent; `true` when they came from a socket of this node. */
	readonly #changed = new Map<number, { entry: Entry; local: boolean }>();

	constructor(limits: Limits) {
		this.#limits = limits;
	}

	get size(): number {
		return this.#entries.size;
	}

	get hasChanges(): boolean {
		return this.#changed.size > 0;
	}

	/**
	 * Reads a client's awareness update and takes from it at most that client's own entry. Clients repeat what they
	 * heard about others; that is normal and skipped without a word (AW2). Throws when the bytes are malformed.
	 */
	accept(from: PresenceOwner, bytes: Uint8Array): void {
		const decoder = decoding.createDecoder(bytes);
		const count = Math.min(decoding.readVarUint(decoder), this.#limits.presenceEntries);
		for (let read = 0; read < count; read++) {
			const clientId = decoding.readVarUint(decoder);
			const clock = decoding.readVarUint(decoder);
			const text = decoding.readVarUint8Array(decoder);
			if (!this.#mayBe(from, clientId) || text.byteLength > this.#limits.presenceBytes) continue;
			this.#take(from, clientId, clock, JSON.parse(new TextDecoder().decode(text)));
		}
	}

	/** The person behind this socket is gone from the room. */
	leave(owner: PresenceOwner): void {
		const entry = owner.presenceId === null ? undefined : this.#entries.get(owner.presenceId);
		if (owner.presenceId !== null && entry?.owner === owner) this.#remove(owner.presenceId, entry, true);
	}

	/** Takes what another node publishes about its own people. */
	acceptFromNode(node: string, bytes: Uint8Array): void {
		const decoder = decoding.createDecoder(bytes);
		const count = decoding.readVarUint(decoder);
		for (let read = 0; read < count; read++) {
			const clientId = decoding.readVarUint(decoder);
			const clock = decoding.readVarUint(decoder);
			const state = decoding.readVarString(decoder);
			const known = this.#entries.get(clientId);
			if (state === 'null') {
				if (known?.owner === node) this.#remove(clientId, { ...known, clock }, false);
			} else if (!known || known.owner === node || clock > known.clock) {
				this.#set(clientId, { clock, state, owner: node, seenAt: Date.now() }, false);
			}
		}
	}

	/** Forgets people of other nodes who were not renewed in time: their node may be gone (AW7). */
	expire(): void {
		const before = Date.now() - this.#limits.presenceExpiresMs;
		for (const [clientId, entry] of this.#entries) {
			if (typeof entry.owner === 'string' && entry.seenAt < before) this.#remove(clientId, entry, false);
		}
	}

	/**
	 * One awareness message with everything that changed since the last call, and the same reduced to people of this
	 * node, for other nodes. Null when there is nothing to say.
	 */
	takeChanges(): { all: Uint8Array; local: Uint8Array | null } | null {
		if (this.#changed.size === 0) return null;
		const all = [...this.#changed].map(([clientId, change]) => [clientId, change.entry] as const);
		const local = all.filter(([clientId]) => this.#changed.get(clientId)?.local);
		this.#changed.clear();
		return { all: encodeMessage(all), local: local.length > 0 ? encodeEntries(local) : null };
	}

	/** An awareness message that names everybody present. */
	everybody(): Uint8Array {
		return encodeMessage([...this.#entries]);
	}

	/** Everybody connected to this node, for a node that has just opened the room. */
	everybodyHere(): Uint8Array {
		return encodeEntries([...this.#entries].filter(([, entry]) => typeof entry.owner !== 'string'));
	}

	// An id belongs to one socket. The same person may take it over: after a dead connection the browser comes back
	// with the same id before the server has noticed the loss.
	#mayBe(from: PresenceOwner, clientId: number): boolean {
		if (from.presenceId !== null) return from.presenceId === clientId;
		const owner = this.#entries.get(clientId)?.owner;
		return owner === undefined || (typeof owner !== 'string' && owner.identity.personId === from.identity.personId);
	}

	#take(from: PresenceOwner, clientId: number, clock: number, state: unknown): void {
		const known = this.#entries.get(clientId);
		if (state === null) {
			if (known?.owner === from && clock >= known.clock) this.#remove(clientId, { ...known, clock }, true);
			return;
		}
		if (typeof state !== 'object' || Array.isArray(state)) return;
		if (known && (known.owner === from ? clock <= known.clock : clock < known.clock)) return;
		from.presenceId = clientId;
		const text = JSON.stringify({ ...state, user: from.presenceUser() });
		this.#set(clientId, { clock, state: text, owner: from, seenAt: Date.now() }, true);
	}

	#set(clientId: number, entry: Entry, local: boolean): void {
		this.#entries.set(clientId, entry);
		this.#changed.set(clientId, { entry, local });
	}

	#remove(clientId: number, entry: Entry, local: boolean): void {
		this.#entries.delete(clientId);
		this.#changed.set(clientId, { entry: { ...entry, state: 'null' }, local });
	}
}

/** An awareness message without entries: says nothing and keeps a quiet connection open (CN7). */
export function emptyPresence(): Uint8Array {
	return encodeMessage([]);
}

function encodeMessage(entries: readonly (readonly [number, Entry])[]): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.awareness);
	encoding.writeVarUint8Array(encoder, encodeEntries(entries));
	return encoding.toUint8Array(encoder);
}

function encodeEntries(entries: readonly (readonly [number, Entry])[]): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, entries.length);
	for (const [clientId, { clock, state }] of entries) {
		encoding.writeVarUint(encoder, clientId);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, state);
	}
	return encoding.toUint8Array(encoder);
}
