import * as Y from 'yjs';
import { encodeSync, SYNC } from '../protocol.ts';
import { type Frame, toFrame } from './frames.server.ts';

/** Answers kept, one per state vector: after a restart many clients ask with the same one. */
const ANSWERS_MAX = 8;
/** State vectors longer than this are not worth remembering. */
const VECTOR_BYTES_MAX = 1024;
/** Updates kept beside the answers; beyond these, or this share of the text, an answer is made anew. */
const SINCE_MAX = 200;
const SINCE_BYTES_MIN = 64 * 1024;
const SINCE_SHARE = 1 / 8;
/** Answers nobody asked for are forgotten after this. */
const KEPT_MS = 10_000;

/**
 * Finished answers to "what do I lack?". Making one costs as much as the text is long; so it is made once and, as the
 * text goes on changing, followed by the updates since.
 */
export class JoinAnswers {
	readonly #answers = new Map<string, { frame: Frame; since: number }>();
	#since: Uint8Array[] = [];
	#sinceBytes = 0;
	#merged: { from: number; to: number; frame: Frame } | null = null;
	#largest = 0;
	#usedAt = 0;

	/** The frames that answer this state vector. `make` is called when none is known and may throw. */
	get(stateVector: Uint8Array, make: (stateVector: Uint8Array) => Uint8Array): Frame[] {
		this.#usedAt = Date.now();
		if (stateVector.byteLength > VECTOR_BYTES_MAX) return [toFrame(encodeSync(SYNC.step2, make(stateVector)))];
		const key = Buffer.from(stateVector.buffer, stateVector.byteOffset, stateVector.byteLength).toString('latin1');
		let answer = this.#answers.get(key);
		if (!answer) {
			answer = { frame: toFrame(encodeSync(SYNC.step2, make(stateVector))), since: this.#since.length };
			if (this.#answers.size >= ANSWERS_MAX) this.#answers.delete(this.#answers.keys().next().value!);
			this.#answers.set(key, answer);
			this.#largest = Math.max(this.#largest, answer.frame.byteLength);
		}
		return answer.since === this.#since.length ? [answer.frame] : [answer.frame, this.#after(answer.since)];
	}

	/** The text changed by this update. */
	changed(update: Uint8Array): void {
		if (this.#answers.size === 0) return;
		this.#since.push(update);
		this.#sinceBytes += update.byteLength;
		const most = Math.max(SINCE_BYTES_MIN, this.#largest * SINCE_SHARE);
		if (this.#since.length > SINCE_MAX || this.#sinceBytes > most) this.clear();
	}

	/** Called from the engine's clock: gives memory back when nobody has joined for a while. */
	tick(now: number): void {
		if (this.#answers.size > 0 && now - this.#usedAt > KEPT_MS) this.clear();
	}

	clear(): void {
		this.#answers.clear();
		this.#since = [];
		this.#sinceBytes = this.#largest = 0;
		this.#merged = null;
	}

	#after(from: number): Frame {
		const to = this.#since.length;
		if (this.#merged?.from !== from || this.#merged.to !== to) {
			const update = Y.mergeUpdates(this.#since.slice(from));
			this.#merged = { from, to, frame: toFrame(encodeSync(SYNC.update, update)) };
		}
		return this.#merged.frame;
	}
}
