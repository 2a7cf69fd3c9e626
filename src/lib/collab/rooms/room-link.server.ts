import { randomBytes } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Bus } from '../../server/bus.ts';
import type { TextState } from './text-state.server.ts';

/** What nodes tell each other about one room. Sent after the commit, so whoever reads the log later misses nothing. */
export type RoomNews =
	| { kind: 'updates'; updates: Uint8Array[] }
	| { kind: 'presence'; node: string; entries: Uint8Array }
	/** A node has just opened the room and asks who is there. */
	| { kind: 'who' }
	/** What a node has of the text, now and then or as an answer (BU5). */
	| { kind: 'state'; state: TextState; isAnswer: boolean };

const KINDS = ['updates', 'presence', 'who', 'state'] as const;

/** Sends and receives room news over the bus and leaves out a node's own (BU3). */
export class RoomLinks {
	readonly node = randomBytes(8).toString('hex');
	readonly #bus: Bus;
	readonly #onMalformed: (error: unknown) => void;

	constructor(bus: Bus, onMalformed: (error: unknown) => void) {
		this.#bus = bus;
		this.#onMalformed = onMalformed;
	}

	/** Resolves when news of the room published from now on will arrive. */
	follow(documentId: string, receive: (news: RoomNews) => void): Promise<() => void> {
		return this.#bus.subscribe(channelOf(documentId), (bytes) => {
			try {
				const decoder = decoding.createDecoder(bytes);
				const node = decoding.readVarString(decoder);
				if (node !== this.node) receive(decode(decoder, node));
			} catch (error) {
				this.#onMalformed(error);
			}
		});
	}

	updates(documentId: string, updates: readonly Uint8Array[]): void {
		this.#publish(documentId, 'updates', (encoder) => {
			encoding.writeVarUint(encoder, updates.length);
			for (const update of updates) encoding.writeVarUint8Array(encoder, update);
		});
	}

	presence(documentId: string, entries: Uint8Array): void {
		this.#publish(documentId, 'presence', (encoder) => encoding.writeVarUint8Array(encoder, entries));
	}

	who(documentId: string): void {
		this.#publish(documentId, 'who', () => {});
	}

	state(documentId: string, { stateVector, deletions }: TextState, isAnswer: boolean): void {
		this.#publish(documentId, 'state', (encoder) => {
			encoding.writeVarUint8Array(encoder, stateVector);
			encoding.writeVarString(encoder, deletions);
			encoding.writeVarUint(encoder, isAnswer ? 1 : 0);
		});
	}

	#publish(documentId: string, kind: RoomNews['kind'], write: (encoder: encoding.Encoder) => void): void {
		const encoder = encoding.createEncoder();
		encoding.writeVarString(encoder, this.node);
		encoding.writeVarUint(encoder, KINDS.indexOf(kind));
		write(encoder);
		this.#bus.publish(channelOf(documentId), encoding.toUint8Array(encoder));
	}
}

function channelOf(documentId: string): string {
	return `plenum:room:${documentId}`;
}

function decode(decoder: decoding.Decoder, node: string): RoomNews {
	const kind = KINDS[decoding.readVarUint(decoder)];
	switch (kind) {
		case 'updates': {
			const count = decoding.readVarUint(decoder);
			return { kind, updates: Array.from({ length: count }, () => decoding.readVarUint8Array(decoder)) };
		}
		case 'presence':
			return { kind, node, entries: decoding.readVarUint8Array(decoder) };
		case 'who':
			return { kind };
		case 'state': {
			const state = { stateVector: decoding.readVarUint8Array(decoder), deletions: decoding.readVarString(decoder) };
			return { kind, state, isAnswer: decoding.readVarUint(decoder) === 1 };
		}
		default:
			throw new Error('unknown kind of room news');
	}
}
