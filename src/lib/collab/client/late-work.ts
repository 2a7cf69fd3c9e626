import { ObservableV2 } from 'lib0/observable';
import * as Y from 'yjs';
import { findLateCopies, type LateCopy } from './late-copies.ts';
import type { CopyOf } from './copy-names.ts';

/** Why work cannot be brought in: its epoch is not kept any more, the text has no room, the server cannot read it, or the person may not write. */
export type StrandedReason = 'not-kept' | 'full' | 'unreadable' | 'not-allowed';

/** What the server said. `later`: it could not be reached, or is busy. */
export type HandOverAnswer = { kind: 'done'; applied: number; beside: number } | { kind: StrandedReason } | { kind: 'later' };

/** Hands a late copy over (EP6): all of it as one update, and when its last edit was made. Does not reject. */
export type HandOverLate = (epoch: number, update: Uint8Array, at: number | null) => Promise<HandOverAnswer>;

/** What a person is told about work of epochs that are over. `count` counts edits, `applied` blocks, `beside` wordings. */
export type LateState =
	| { kind: 'none' }
	| { kind: 'handing-over'; count: number }
	| { kind: 'brought-in'; applied: number; beside: number }
	| { kind: 'stranded'; reason: StrandedReason; count: number };

/** Pauses between attempts, in milliseconds. */
const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 60_000;

/** Hands over what this device has of earlier epochs of a document, one copy after the other (OF3). */
export class LateWork extends ObservableV2<{ state: (state: LateState) => void }> {
	readonly #copies: Promise<LateCopy[]>;
	readonly #handOver: HandOverLate;
	#state: LateState = { kind: 'none' };
	#stranded: LateCopy[] = [];
	#isRunning = false;
	#isStopped = false;
	#resume: () => void = () => {};

	/** `isKeeping`: this device keeps copies. */
	constructor(of: CopyOf, isKeeping: boolean, handOver: HandOverLate) {
		super();
		this.#handOver = handOver;
		this.#copies = findLateCopies(of, isKeeping).catch(() => []);
	}

	get state(): LateState {
		return this.#state;
	}

	/** The texts of copies that cannot be brought in. */
	get stranded(): readonly Y.Doc[] {
		return this.#stranded.map(({ doc }) => doc);
	}

	/** There is a connection, and the person may write or not. */
	async start(mayWrite: boolean): Promise<void> {
		this.#resume();
		if (this.#isRunning || this.#isStopped) return;
		this.#isRunning = true;
		const copies = await this.#copies;
		if (!mayWrite) {
			this.#isRunning = false;
			this.#stranded = [...copies];
			if (copies.length > 0) this.#tell({ kind: 'stranded', reason: 'not-allowed', count: countOf(copies) });
			return;
		}
		this.#stranded = [];
		await this.#bringIn(copies.splice(0));
	}

	/** The person lets go of what cannot be brought in. */
	async discard(): Promise<void> {
		const copies = await this.#copies;
		for (const copy of this.#stranded.splice(0)) {
			await copy.remove();
			if (copies.includes(copy)) copies.splice(copies.indexOf(copy), 1);
		}
		this.#tell({ kind: 'none' });
	}

	/** The person has read what was done. */
	dismiss(): void {
		if (this.#state.kind === 'brought-in') this.#tell({ kind: 'none' });
	}

	stop(): void {
		this.#isStopped = true;
		this.#resume();
		super.destroy();
	}

	async #bringIn(copies: LateCopy[]): Promise<void> {
		const brought = { applied: 0, beside: 0 };
		let reason: StrandedReason | null = null;
		for (const [nth, copy] of copies.entries()) {
			this.#tell({ kind: 'handing-over', count: countOf(copies.slice(nth)) });
			const answer = await this.#ask(copy);
			if (this.#isStopped || answer.kind === 'later') return;
			if (answer.kind === 'done') {
				brought.applied += answer.applied;
				brought.beside += answer.beside;
				await copy.remove().catch(() => {}); // handed over again at the next visit, which does nothing
			} else {
				reason = answer.kind;
				this.#stranded.push(copy);
			}
		}
		if (reason) this.#tell({ kind: 'stranded', reason, count: countOf(this.#stranded) });
		else if (copies.length > 0) this.#tell({ kind: 'brought-in', ...brought });
	}

	/** Asks until there is an answer, or the page goes. */
	async #ask({ epoch, doc, at }: LateCopy): Promise<HandOverAnswer> {
		const update = Y.encodeStateAsUpdate(doc);
		let pause = RETRY_FIRST_MS;
		let answer = await this.#handOver(epoch, update, at);
		while (answer.kind === 'later' && !this.#isStopped) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, pause);
				this.#resume = () => (clearTimeout(timer), resolve());
			});
			pause = Math.min(pause * 2, RETRY_MAX_MS);
			if (!this.#isStopped) answer = await this.#handOver(epoch, update, at);
		}
		return answer;
	}

	#tell(state: LateState): void {
		if (this.#isStopped) return;
		this.#state = state;
		this.emit('state', [state]);
	}
}

function countOf(copies: readonly LateCopy[]): number {
	return copies.reduce((sum, { count }) => sum + count, 0);
}
