import { ACK_EVERY_MS } from '../protocol.ts';
import { Unsaved } from './unsaved.ts';

/** Asks the server "is everything committed?" (CL3), and says what its answers mean for the work done here. */
export class Questions {
	readonly unsaved = new Unsaved();
	readonly #send: (counter: number) => void;
	readonly #isCopySent: () => boolean;
	/** Questions make sense on this connection: it has been given everything. */
	#isHandedOver = false;
	/** One was answered on this connection. Before that nothing is called saved, whatever this device remembers. */
	#isConfirmed = false;
	/** The last one that was asked before the text was found too large; null while it is not. */
	#fullSince: number | null = null;
	#lastAsked = 0;
	#askedAt = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** `isCopySent`: the edits of earlier visits that this device keeps, if any, are part of what was sent. */
	constructor(send: (counter: number) => void, isCopySent: () => boolean) {
		this.#send = send;
		this.#isCopySent = isCopySent;
	}

	get isHandedOver(): boolean {
		return this.#isHandedOver;
	}

	get isConfirmed(): boolean {
		return this.#isConfirmed;
	}

	/** The server has refused an edit because the text may not grow, and acknowledged nothing since. */
	get isFull(): boolean {
		return this.#fullSince !== null;
	}

	/** The connection has been given everything. */
	handedOver(): void {
		this.#isHandedOver = true;
		this.ask();
	}

	/** Asks at once. */
	ask(): void {
		this.#askedAt = Date.now();
		this.#lastAsked = this.unsaved.ask(this.#isCopySent());
		this.#send(this.#lastAsked);
	}

	/** Asks as soon as the rhythm allows. */
	askSoon(): void {
		if (!this.#isHandedOver || this.#timer) return;
		const wait = this.#askedAt + ACK_EVERY_MS - Date.now();
		this.#timer = setTimeout(
			() => {
				this.#timer = undefined;
				this.ask();
			},
			Math.max(0, wait)
		);
	}

	/** Takes an answer; true when it covers the edits of earlier visits. */
	answered(counter: number): boolean {
		this.#isConfirmed = true;
		// Older questions may still be answered; they say nothing about what was refused.
		if (this.#fullSince !== null && counter > this.#fullSince) this.#fullSince = null;
		const { coversInherited } = this.unsaved.answered(counter);
		if (this.unsaved.pending > 0) this.askSoon();
		return coversInherited;
	}

	/** The server had no room for an edit. */
	refusedForSize(): void {
		this.#fullSince = this.#lastAsked;
	}

	/** The connection is lost, and with it every answer. */
	forget(): void {
		this.#isHandedOver = this.#isConfirmed = false;
		this.#fullSince = null;
		this.unsaved.forgetQuestions();
		this.stop();
	}

	/** Asks nothing more by itself. */
	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
