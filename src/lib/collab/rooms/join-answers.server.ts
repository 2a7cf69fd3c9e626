import * as Y from 'yjs';
import { SYNC } from '../protocol.ts';
import type { Frame } from '../../server/sockets/frames.ts';
import { syncFrame } from './sync-frame.server.ts';

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

/** What a client that asked has to be sent: a text, and, after it, what that lacks. */
export interface JoinAnswer {
	text: Uint8Array;
	rest: Uint8Array | null;
}

interface Kept extends JoinAnswer {
	/** How many updates there were when it was made. */
	since: number;
	/** The text as a frame, either alone or with something after it. */
	alone: Frame | null;
	followed: Frame | null;
}

/**
 * Finished answers to "what do I lack?". Making one costs as much as the text is long; so it is made once, and as the
 * text goes on changing, the updates since are sent after it. The last frame is the step 2: with it all is complete.
 */
export class JoinAnswers {
	readonly #answers = new Map<string, Kept>();
	#since: Uint8Array[] = [];
	#sinceBytes = 0;
	#rest: { key: string; to: number; frame: Frame } | null = null;
	#largest = 0;
	#usedAt = 0;

	/** The frames that answer this state vector. `make` is called when none is known and may throw. */
	get(stateVector: Uint8Array, make: (stateVector: Uint8Array) => JoinAnswer): Frame[] {
		this.#usedAt = Date.now();
		const key = Buffer.from(stateVector.buffer, stateVector.byteOffset, stateVector.byteLength).toString('latin1');
		let answer = this.#answers.get(key);
		if (!answer) {
			answer = { ...make(stateVector), since: this.#since.length, alone: null, followed: null };
			if (stateVector.byteLength <= VECTOR_BYTES_MAX) this.#keep(key, answer);
		}
		const rest = this.#restOf(key, answer);
		if (!rest) return [(answer.alone ??= syncFrame(SYNC.step2, answer.text))];
		answer.alone = null;
		return [(answer.followed ??= syncFrame(SYNC.update, answer.text)), rest];
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
		this.#rest = null;
	}

	#keep(key: string, answer: Kept): void {
		if (this.#answers.size >= ANSWERS_MAX) this.#answers.delete(this.#answers.keys().next().value!);
		this.#answers.set(key, answer);
		this.#largest = Math.max(this.#largest, answer.text.byteLength);
	}

	#restOf(key: string, { rest, since }: Kept): Frame | null {
		const to = this.#since.length;
		if (!rest && since === to) return null;
		if (this.#rest?.key !== key || this.#rest.to !== to) {
			const parts = this.#since.slice(since);
			const update = Y.mergeUpdates(rest ? [rest, ...parts] : parts);
			this.#rest = { key, to, frame: syncFrame(SYNC.step2, update) };
		}
		return this.#rest.frame;
	}
}
