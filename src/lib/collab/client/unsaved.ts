/** Counts edits made here and says which of them are acknowledged. Knows nothing of sockets or storage. */
export class Unsaved {
	#edits = 0;
	#acknowledged = 0;
	/** Edits of earlier visits that were never acknowledged, as far as this device remembers. */
	#inherited = 0;
	#oldestAt = 0;
	#counter = 0;
	readonly #asked = new Map<number, { edits: number; coversInherited: boolean; at: number }>();

	get pending(): number {
		return this.own + this.#inherited;
	}

	/** Edits of this visit that are not acknowledged. */
	get own(): number {
		return this.#edits - this.#acknowledged;
	}

	/** How long the oldest pending edit has waited, in milliseconds; 0 when there is none. */
	get pendingForMs(): number {
		return this.pending === 0 ? 0 : Date.now() - this.#oldestAt;
	}

	edited(): void {
		if (this.pending === 0) this.#oldestAt = Date.now();
		this.#edits++;
	}

	inherit(count: number): void {
		if (count > 0 && this.pending === 0) this.#oldestAt = Date.now();
		this.#inherited = count;
	}

	/** The counter of a new question; `coversInherited` when earlier visits' edits were sent before it. */
	ask(coversInherited: boolean): number {
		const counter = ++this.#counter;
		this.#asked.set(counter, { edits: this.#edits, coversInherited, at: Date.now() });
		return counter;
	}

	/** Takes an answer; returns whether it covers the edits of earlier visits. Answers to unknown questions mean nothing. */
	answered(counter: number): { coversInherited: boolean } {
		const question = this.#asked.get(counter);
		if (!question) return { coversInherited: false };
		for (const earlier of this.#asked.keys()) if (earlier <= counter) this.#asked.delete(earlier);
		this.#acknowledged = Math.max(this.#acknowledged, question.edits);
		if (question.coversInherited) this.#inherited = 0;
		this.#oldestAt = question.at; // whatever is still pending is younger than the question
		return { coversInherited: question.coversInherited };
	}

	/** The person lets go of all that is pending. */
	discard(): void {
		this.#acknowledged = this.#edits;
		this.#inherited = 0;
		this.#asked.clear();
	}

	/** The connection is lost, and with it every answer. Waiting starts anew for the next one. */
	forgetQuestions(): void {
		this.#asked.clear();
	}

	/** Waiting begins now: time spent offline is not the server's delay. */
	startWaiting(): void {
		this.#oldestAt = Date.now();
	}
}
