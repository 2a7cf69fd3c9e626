import * as decoding from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as encoding from 'lib0/encoding';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { isFinal, pauseAfter, RESTART_ATTEMPT } from '../../base/socket-close.ts';
import { CLOSE, encodeAck, MESSAGE, readRole, type Role, SYNC } from '../protocol.ts';

/** Closes for a frame that is too large, without success in between, after which trying again is pointless (CL8). */
const TOO_LARGE_MAX = 3;

export interface SocketOptions {
	url: string;
	documentId: string;
	doc: Y.Doc;
	awareness: Awareness;
	params: Record<string, string>;
	WebSocketPolyfill?: typeof WebSocket;
}

/** What a socket tells its document. */
export interface SocketEvents {
	connected(): void;
	disconnected(): void;
	/** This connection has given us the text, and has been given all of ours: questions make sense from now on. */
	handedOver(): void;
	/** The server committed everything sent before the question. */
	answered(counter: number): void;
	rejected(reason: string): void;
	role(role: Role): void;
	/** The session ends soon. */
	renew(): void;
	/** The server closed for good. */
	closed(code: number): void;
}

/**
 * y-websocket's provider, unforked, with what it lacks: no echo of others' presence, jittered pauses, acknowledgements
 * and the engine's own messages. Connects when told to.
 */
export class Socket {
	readonly provider: WebsocketProvider;
	readonly #events: SocketEvents;
	#tooLarge = 0;

	constructor(options: SocketOptions, events: SocketEvents) {
		const { url, documentId, doc, awareness, params, WebSocketPolyfill } = options;
		this.#events = events;
		this.provider = new WebsocketProvider(url, documentId, doc, {
			connect: false,
			// Tabs would exchange text without asking the server who may.
			disableBc: true,
			awareness,
			params,
			...(WebSocketPolyfill && { WebSocketPolyfill }),
			shouldReconnect: (event) => !isFinal(event.code) && this.#tooLarge < TOO_LARGE_MAX
		});
		this.#stopEcho();
		this.#listen();
	}

	get isConnected(): boolean {
		return this.provider.wsconnected;
	}

	/** Connects, or cuts a pause between two attempts short. */
	connect(): void {
		this.provider.connect();
	}

	/** Leaves a connection that may be dead and makes a new one. */
	renew(): void {
		this.provider.disconnect();
		this.provider.connect();
	}

	/** Leaves the connection, and makes none until told to. */
	disconnect(): void {
		this.provider.disconnect();
	}

	ask(counter: number): void {
		this.#send(encodeAck(counter));
	}

	destroy(): void {
		this.provider.destroy();
	}

	#send(message: Uint8Array): void {
		const { ws } = this.provider;
		if (ws && ws.readyState === ws.OPEN) ws.send(message as Uint8Array<ArrayBuffer>);
	}

	// The provider sends every presence it hears of back to the server, which with many people is most of the traffic.
	#stopEcho(): void {
		const { provider } = this;
		const { awareness, doc } = provider;
		awareness.off('update', provider._awarenessUpdateHandler);
		provider._awarenessUpdateHandler = ({ added, updated, removed }) => {
			if (![...added, ...updated, ...removed].includes(doc.clientID)) return;
			const encoder = encoding.createEncoder();
			encoding.writeVarUint(encoder, MESSAGE.awareness);
			encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [doc.clientID]));
			this.#send(encoding.toUint8Array(encoder));
		};
		awareness.on('update', provider._awarenessUpdateHandler);
	}

	#listen(): void {
		const { provider } = this;
		const events = this.#events;
		const sync = provider.messageHandlers[MESSAGE.sync];
		provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
			const step = decoder.arr[decoder.pos];
			sync(encoder, decoder, ...rest);
			// The provider sends the answer to step 1, everything we have, when this handler returns.
			if (step === SYNC.step1) queueMicrotask(() => this.isConnected && events.handedOver());
		};
		provider.messageHandlers[MESSAGE.ack] = (_, decoder) => {
			this.#tooLarge = 0;
			events.answered(decoding.readVarUint(decoder));
		};
		provider.messageHandlers[MESSAGE.rejected] = (_, decoder) => events.rejected(decoding.readVarString(decoder));
		provider.messageHandlers[MESSAGE.role] = (_, decoder) => {
			const role = readRole(decoder);
			if (role) events.role(role);
		};
		provider.messageHandlers[MESSAGE.renew] = () => events.renew();
		provider.on('connection-close', (event) => {
			if (event?.code === CLOSE.tooLarge) this.#tooLarge++;
			const isRestart = event?.code === CLOSE.restart || event?.code === CLOSE.tryAgain;
			if (isRestart) {
				provider.wsUnsuccessfulReconnects = Math.max(provider.wsUnsuccessfulReconnects, RESTART_ATTEMPT);
			}
			provider.maxBackoffTime = pauseAfter(provider.wsUnsuccessfulReconnects + 1);
		});
		provider.on('status', ({ status }) => {
			if (status === 'connected') {
				// Others have forgotten this presence at this clock; only a higher one makes it appear again.
				const { awareness } = provider;
				if (awareness.getLocalState() !== null) awareness.setLocalState(awareness.getLocalState());
				events.connected();
			} else if (status === 'disconnected') events.disconnected();
		});
		provider.on('closed', ({ code }) => events.closed(code));
	}
}
