import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Merged, Unmergeable } from './merge.server.ts';
import { type MergeAnswer, pack } from './merge-messages.ts';

const WORKER = resolve(import.meta.dirname, 'merge-worker.ts');
/** A text of 20 MB takes about 300 MB as a document. */
const MOST_MEMORY_MB = 768;
/** A thread nobody has needed for this long ends, and its memory is free again. */
const REST_MS = 60_000;

interface Waiting {
	id: number;
	resolve(merged: Merged): void;
	reject(error: Error): void;
}

/** A thread that merges updates, one request at a time. It starts with the first and keeps no process alive. */
export class MergeThread {
	readonly #withinMs: number;
	readonly #file: string | URL;
	readonly #memoryMb: number;
	#worker: Worker | null = null;
	#waiting: Waiting | null = null;
	#last: Promise<unknown> = Promise.resolve();
	#rest: NodeJS.Timeout | undefined;
	#lastId = 0;
	#isStopped = false;

	/** Tests give other threads, and less memory. */
	constructor(withinMs: number, file: string | URL = WORKER, memoryMb = MOST_MEMORY_MB) {
		this.#withinMs = withinMs;
		this.#file = file;
		this.#memoryMb = memoryMb;
	}

	/**
	 * One verified update that holds what all parts hold, the smallest that Yjs can make. Rejects with Unmergeable when
	 * the parts are to blame, which includes taking too long or too much memory.
	 */
	merge(parts: readonly Uint8Array[]): Promise<Merged> {
		const merged = this.#last.then(() => this.#ask(parts));
		this.#last = merged.catch(() => {});
		return merged;
	}

	/** Ends the thread; what it was doing is rejected. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		await this.#end(new Error('the thread that merges was stopped'));
	}

	#ask(parts: readonly Uint8Array[]): Promise<Merged> {
		if (this.#isStopped) return Promise.reject(new Error('the thread that merges was stopped'));
		clearTimeout(this.#rest);
		const worker = (this.#worker ??= this.#start());
		const task = pack(++this.#lastId, parts);
		const late = setTimeout(() => void this.#end(new Unmergeable(`not merged within ${this.#withinMs} ms`)), this.#withinMs);
		return new Promise<Merged>((resolve, reject) => {
			this.#waiting = { id: task.id, resolve, reject };
			worker.postMessage(task, [task.bytes.buffer, task.ends.buffer]);
		}).finally(() => {
			clearTimeout(late);
			this.#rest = setTimeout(() => void this.#end(new Error('at rest')), REST_MS).unref();
		});
	}

	#start(): Worker {
		const worker = new Worker(this.#file, { name: 'merge', resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb } });
		worker.on('message', (answer: MergeAnswer) => this.#take(answer));
		const lost = (why: string) => {
			if (this.#worker === worker) void this.#end(new Unmergeable(`the thread that merges ended (${why})`));
		};
		worker.on('error', (error: NodeJS.ErrnoException) => lost(error.code ?? 'error'));
		worker.on('exit', (code) => lost(`exit code ${code}`));
		worker.unref(); // last, since listening for messages holds the process again
		return worker;
	}

	#take(answer: MergeAnswer): void {
		const waiting = this.#waiting;
		if (waiting?.id !== answer.id) return;
		this.#waiting = null;
		if ('bytes' in answer) waiting.resolve(answer);
		else waiting.reject(new Unmergeable(answer.complaint, answer.parts));
	}

	async #end(why: Error): Promise<void> {
		clearTimeout(this.#rest);
		const worker = this.#worker;
		this.#worker = null;
		this.#waiting?.reject(why);
		this.#waiting = null;
		await worker?.terminate();
	}
}
