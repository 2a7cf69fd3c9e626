import { WebSocket as NodeWebSocket } from 'ws';

/** The way between one person's device and the engine; it can be cut and restored. */
export class Network {
	/** Attempts to open a socket so far. */
	attempts = 0;
	/** First byte, the kind, of every frame sent. */
	readonly sentKinds: number[] = [];
	/** Milliseconds at which attempts were made, since the process began. */
	readonly attemptsAt: number[] = [];
	readonly #sockets = new Set<NodeWebSocket>();
	/** Open for both ends, but nothing passes any more. */
	readonly #dead = new WeakSet<NodeWebSocket>();
	// oxlint-disable-next-line no-unused-private-class-members -- the class within this one uses it
	#isDown = false;
	// oxlint-disable-next-line no-unused-private-class-members -- the class within this one uses it
	#isClogged = false;

	/** A WebSocket class for this person on this network, as a browser would have one. */
	socketFor(person: string): typeof WebSocket {
		// oxlint-disable-next-line typescript/no-this-alias -- the class below has a `this` of its own
		const network = this;
		class PersonSocket extends NodeWebSocket {
			constructor(url: string, protocols: string[]) {
				super(network.#isDown ? 'ws://127.0.0.1:9' : url, protocols, { headers: { authorization: `Bearer ${person}` } });
				network.attempts++;
				network.attemptsAt.push(performance.now());
				network.#sockets.add(this);
				this.once('close', () => network.#sockets.delete(this));
			}

			override send(data: Uint8Array): void {
				network.sentKinds.push(data[0]);
				if (!network.#dead.has(this) && !network.#isClogged) super.send(data);
			}
		}
		return PersonSocket as unknown as typeof WebSocket;
	}

	cut(): void {
		this.#isDown = true;
		for (const socket of this.#sockets) socket.terminate();
	}

	/** The device sleeps and wakes elsewhere: its sockets are dead, and nobody has told it or the server. */
	sleep(): void {
		for (const socket of this.#sockets) {
			this.#dead.add(socket);
			socket.pause();
		}
	}

	/** Nothing that the device sends arrives any more; what is sent to it does. */
	clog(): void {
		this.#isClogged = true;
	}

	restore(): void {
		this.#isDown = this.#isClogged = false;
	}
}
