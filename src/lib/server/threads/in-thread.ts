import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packError, unpackError } from '../carried-error.ts';
import type { Order, Report } from './messages.ts';

export type { Ask } from './messages.ts';

/** The call took longer than it was given. */
export class ThreadOverdue extends Error {}

/** The call needed more memory than a thread has. */
export class ThreadOutOfMemory extends Error {}

export interface ThreadOptions {
	/** Stops the work; the call rejects with the signal's reason. */
	signal?: AbortSignal;
	/** After so many ms the work is stopped and the call rejects with ThreadOverdue. */
	longestMs?: number;
	/** May take a minute: such calls leave a thread to the others. */
	isLong?: boolean;
	/** Answers what the function asks for. */
	answer?: (question: never) => Promise<unknown>;
}

const MOST_THREADS = 3;
const MOST_LONG = MOST_THREADS - 1;
const MOST_MEMORY_MB = 1024;
/** Starting a thread and loading its code takes up to a second, so one is kept for the next call, but not for ever. */
const KEPT_MS = 5 * 60_000;

type Task = (input: never, ask: never) => unknown;

/**
 * Runs an exported function in a thread, so that what takes long is not felt by those who are typing. `module` is the
 * path below src/lib. Input and result are cloned: data, no functions, no classes of ours. Calls beyond the number of
 * threads wait for their turn.
 * @throws what the function throws (its class is lost, its name and fields are not), ThreadOverdue, ThreadOutOfMemory
 */
export async function inThread<T extends Task>(
	module: string,
	name: string,
	input: Parameters<T>[0],
	options: ThreadOptions = {}
): Promise<Awaited<ReturnType<T>>> {
	const { signal } = options;
	signal?.throwIfAborted();
	const worker = await threads.take(options.isLong ?? false);
	let isSound = false;
	try {
		signal?.throwIfAborted();
		const result = await carryOut(worker, { kind: 'run', module, name, input }, options);
		isSound = true;
		if (result.kind === 'failed') throw unpackError(result.error);
		return result.result as Awaited<ReturnType<T>>;
	} finally {
		if (isSound) threads.giveBack(worker);
		else await threads.discard(worker);
	}
}

type Outcome = Exclude<Report, { kind: 'ask' }>;

function carryOut(worker: Worker, order: Order, { signal, longestMs, answer }: ThreadOptions): Promise<Outcome> {
	worker.postMessage(order);
	const outcome = Promise.withResolvers<Outcome>();
	const stop = () => outcome.reject(signal!.reason);
	const takeReport = (report: Report) => (report.kind === 'ask' ? void reply(worker, report, answer) : outcome.resolve(report));
	const fail = (error: NodeJS.ErrnoException) =>
		outcome.reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadOutOfMemory('too much for one thread') : error);
	const end = (code: number) => outcome.reject(new Error(`a thread ended with ${code}`));
	const timer =
		longestMs === undefined
			? undefined
			: setTimeout(() => outcome.reject(new ThreadOverdue(`took longer than ${longestMs} ms`)), longestMs);
	signal?.addEventListener('abort', stop, { once: true });
	worker.on('message', takeReport).on('error', fail).on('exit', end);
	return outcome.promise.finally(() => {
		clearTimeout(timer);
		signal?.removeEventListener('abort', stop);
		worker.off('message', takeReport).off('error', fail).off('exit', end);
	});
}

async function reply(
	worker: Worker,
	{ id, question }: Extract<Report, { kind: 'ask' }>,
	answer: ThreadOptions['answer']
): Promise<void> {
	const say = (order: Order) => worker.postMessage(order);
	try {
		if (!answer) throw new Error('nobody answers this function');
		say({ kind: 'answer', id, answer: await answer(question as never) });
	} catch (error) {
		say({ kind: 'no-answer', id, error: packError(error) });
	}
}

class Threads {
	readonly #idle = new Map<Worker, NodeJS.Timeout>();
	readonly #long = new Set<Worker>();
	#waiting: (() => void)[] = [];
	#count = 0;

	/** A thread of one's own, until it is given back or discarded. */
	async take(isLong: boolean): Promise<Worker> {
		while ((this.#idle.size === 0 && this.#count >= MOST_THREADS) || (isLong && this.#long.size >= MOST_LONG)) {
			await new Promise<void>((resume) => this.#waiting.push(resume));
		}
		const worker = this.#kept() ?? this.#start();
		if (isLong) this.#long.add(worker);
		return worker;
	}

	giveBack(worker: Worker): void {
		// In development a kept thread would run the code as it was when the thread began.
		const keep = !process.argv.includes('--dev') && (this.#idle.size === 0 || this.#waiting.length > 0);
		if (!keep) return void this.discard(worker);
		worker.unref();
		this.#long.delete(worker);
		this.#idle.set(worker, setTimeout(() => void this.discard(worker), KEPT_MS).unref());
		this.#wake();
	}

	async discard(worker: Worker): Promise<void> {
		this.#idle.delete(worker);
		await worker.terminate();
	}

	#kept(): Worker | null {
		for (const [worker, timer] of this.#idle) {
			this.#idle.delete(worker);
			clearTimeout(timer);
			worker.ref();
			return worker;
		}
		return null;
	}

	#start(): Worker {
		this.#count++;
		const worker = new Worker(workerFile(), { name: 'work', resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
		// Whoever the thread works for hears of an error; one that comes later concerns nobody, and the thread ends of it.
		worker.on('error', () => {});
		worker.once('exit', () => {
			clearTimeout(this.#idle.get(worker));
			this.#idle.delete(worker);
			this.#long.delete(worker);
			this.#count--;
			this.#wake();
		});
		return worker;
	}

	#wake(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const resume of waiting) resume();
	}
}

const KEY = Symbol.for('plenum.threads');
/** On globalThis, because the entry and SvelteKit's bundle load this module separately and should share the threads. */
const threads = ((globalThis as Record<symbol, unknown>)[KEY] ??= new Threads()) as Threads;

/** Threads run from their source; a bundle of the pages lies elsewhere, so it is found from the process entry (src/main.ts). */
function workerFile(): string {
	const beside = resolve(import.meta.dirname, 'worker.ts');
	return existsSync(beside) ? beside : resolve(dirname(process.argv[1]), 'lib/server/threads/worker.ts');
}
