import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** What a server said, reduced to what the bench looks at. */
export type Heard =
	| { kind: 'step 1' }
	/** A step 2 or an update: both bring content. */
	| { kind: 'content'; step2: boolean; bytes: Uint8Array }
	| { kind: 'presence'; bytes: Uint8Array }
	/** The server answered an edit; what that answer means differs. */
	| { kind: 'answer' }
	| { kind: 'other' };

/** How one server is spoken to. Rooms are named by a UUID on every server, so that names cost all the same. */
export interface Wire {
	path(room: string): string;
	/** Sent when the socket opens. */
	greeting(room: string): Uint8Array[];
	/** True when the server answers the greeting with a step 2. */
	answersGreeting: boolean;
	step2(room: string, update: Uint8Array): Uint8Array;
	update(room: string, update: Uint8Array): Uint8Array;
	presence(room: string, entries: Uint8Array): Uint8Array;
	/** Asked after an edit whose answer is measured; null where every edit is answered, or none. */
	question(counter: number): Uint8Array | null;
	read(message: Uint8Array): Heard;
}

/** What a client without content has to say in a step 1 and in a step 2. */
const EMPTY_VECTOR = new Uint8Array([0]);
export const EMPTY_UPDATE = new Uint8Array([0, 0]);

const SYNC = 0;
const PRESENCE = 1;
const AUTHENTICATE = 2;
const SYNC_REPLY = 4;
const SYNC_STATUS = 8;
const ACKNOWLEDGE = 100;

/** The y-websocket protocol: one message per frame, the room in the address. */
function yWebsocket(prefix: string, asks: boolean): Wire {
	return {
		path: (room) => `${prefix}/${room}`,
		greeting: () => [message((encoder) => writeSync(encoder, 0, EMPTY_VECTOR))],
		answersGreeting: true,
		step2: (_, update) => message((encoder) => writeSync(encoder, 1, update)),
		update: (_, update) => message((encoder) => writeSync(encoder, 2, update)),
		presence: (_, entries) => message((encoder) => writePresence(encoder, entries)),
		question: (counter) =>
			asks
				? message((encoder) => {
						encoding.writeVarUint(encoder, ACKNOWLEDGE);
						encoding.writeVarUint(encoder, counter);
					})
				: null,
		read: (bytes) => readMessage(decoding.createDecoder(bytes))
	};
}

/** Hocuspocus: the same messages behind the name of the document, and a token first. */
const hocuspocus: Wire = {
	path: () => '/',
	greeting: (room) => [
		named(room, (encoder) => {
			encoding.writeVarUint(encoder, AUTHENTICATE);
			encoding.writeVarUint(encoder, 0);
			encoding.writeVarString(encoder, 'token');
		}),
		named(room, (encoder) => writeSync(encoder, 0, EMPTY_VECTOR))
	],
	answersGreeting: true,
	step2: (room, update) => named(room, (encoder) => writeSync(encoder, 1, update)),
	update: (room, update) => named(room, (encoder) => writeSync(encoder, 2, update)),
	presence: (room, entries) => named(room, (encoder) => writePresence(encoder, entries)),
	question: () => null,
	read(bytes) {
		const decoder = decoding.createDecoder(bytes);
		decoding.readVarString(decoder);
		return readMessage(decoder);
	}
};

export const WIRES = {
	ours: yWebsocket('/collab', true),
	'y-websocket': yWebsocket('', false),
	/** Hands every frame on as it is and answers nothing. */
	relay: { ...yWebsocket('', false), greeting: () => [], answersGreeting: false },
	hocuspocus
} satisfies Record<string, Wire>;

function readMessage(decoder: decoding.Decoder): Heard {
	switch (decoding.readVarUint(decoder)) {
		case SYNC:
		case SYNC_REPLY: {
			const step = decoding.readVarUint(decoder);
			if (step === 0) return { kind: 'step 1' };
			return { kind: 'content', step2: step === 1, bytes: decoding.readVarUint8Array(decoder) };
		}
		case PRESENCE:
			return { kind: 'presence', bytes: decoding.readVarUint8Array(decoder) };
		case SYNC_STATUS:
		case ACKNOWLEDGE:
			return { kind: 'answer' };
		default:
			return { kind: 'other' };
	}
}

function writeSync(encoder: encoding.Encoder, step: number, bytes: Uint8Array): void {
	encoding.writeVarUint(encoder, SYNC);
	encoding.writeVarUint(encoder, step);
	encoding.writeVarUint8Array(encoder, bytes);
}

function writePresence(encoder: encoding.Encoder, entries: Uint8Array): void {
	encoding.writeVarUint(encoder, PRESENCE);
	encoding.writeVarUint8Array(encoder, entries);
}

function named(room: string, write: (encoder: encoding.Encoder) => void): Uint8Array {
	return message((encoder) => {
		encoding.writeVarString(encoder, room);
		write(encoder);
	});
}

function message(write: (encoder: encoding.Encoder) => void): Uint8Array {
	const encoder = encoding.createEncoder();
	write(encoder);
	return encoding.toUint8Array(encoder);
}
