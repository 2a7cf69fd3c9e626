import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { unpackError } from '../carried-error.ts';
import type { Session } from './exclusive-pglite.ts';
import { isDeadly, type Answer, type DatabasePlace, type Request } from './pglite-messages.ts';

/** The embedded database in its thread, as seen by the process. */
export interface DatabaseThread extends Session {
	/** Shuts the database down in good order and ends the thread. */
	close(): Promise<void>;
	/** Resolves with the reason when the thread ends without having been told to. Every call, waiting or new, is rejected with it. */
	readonly lost: Promise<Error>;
}

interface Waiting {
	resolve(result: never): void;
	reject(error: Error): void;
}

const WORKER = resolve(import.meta.dirname, 'pglite-worker.ts');

/**
 * Starts the thread and opens (or makes) the database.
 * @throws the error of the database when it cannot be opened
 */
export async function openPgliteThread(place: DatabasePlace): Promise<DatabaseThread> {
	const worker = new Worker(WORKER, { workerData: place, name: 'database' });
	const thread = new Thread(worker);
	try {
		await thread.opened;
	} catch (error) {
		await worker.terminate();
		throw error;
	}
	return thread;
}

class Thread implements DatabaseThread {
	readonly opened: Promise<void>;
	readonly lost: Promise<Error>;
	readonly #worker: Worker;
	readonly #waiting = new Map<number, Waiting>();
	readonly #listeners = new Map<number, (payload: string) => void>();
	#open!: Waiting;
	#tellLost!: (reason: Error) => void;
	#gone: Error | null = null;
	#last = 0;

	constructor(worker: Worker) {
		this.#worker = worker;
		this.opened = new Promise<void>((resolve, reject) => (this.#open = { resolve, reject }));
		this.lost = new Promise((resolve) => (this.#tellLost = resolve));
		worker.on('message', (answer: Answer) => this.#take(answer));
		worker.on('error', (error) => this.#end(error instanceof Error ? error.message : String(error)));
		worker.on('exit', (code) => this.#end(`exit code ${code}`));
	}

	query<T>(text: string, params: unknown[] = []): Promise<{ rows: T[]; affectedRows?: number }> {
		return this.#ask({ kind: 'query', text, params: params.map(withoutSurroundings) });
	}

	exec(text: string): Promise<{ rows: Record<string, unknown>[]; affectedRows?: number }[]> {
		return this.#ask({ kind: 'exec', text });
	}

	async listen(channel: string, onNotice: (payload: string) => void): Promise<() => Promise<void>> {
		const listener = ++this.#last;
		this.#listeners.set(listener, onNotice);
		try {
			await this.#ask({ kind: 'listen', channel, listener });
		} catch (error) {
			this.#listeners.delete(listener);
			throw error;
		}
		return async () => {
			this.#listeners.delete(listener);
			await this.#ask({ kind: 'unlisten', listener });
		};
	}

	async close(): Promise<void> {
		if (this.#gone) return;
		try {
			await this.#ask({ kind: 'close' });
		} finally {
			this.#gone ??= new Error('the embedded database is closed');
			await this.#worker.terminate();
		}
	}

	#ask<T>(request: Request): Promise<T> {
		if (this.#gone) return Promise.reject(this.#gone);
		const id = ++this.#last;
		return new Promise<T>((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#worker.postMessage({ ...request, id });
		});
	}

	#take(answer: Answer): void {
		if (answer.kind === 'notice') return this.#listeners.get(answer.listener)?.(answer.payload);
		if (answer.kind === 'open') return this.#open.resolve(undefined as never);
		if (answer.kind === 'not-open') return this.#open.reject(unpackError(answer.error));
		const waiting = this.#waiting.get(answer.id);
		this.#waiting.delete(answer.id);
		if (answer.kind === 'done') return waiting?.resolve(answer.result as never);
		const error = unpackError(answer.error);
		waiting?.reject(error);
		if (!isDeadly(error)) return;
		this.#end(error.message);
		void this.#worker.terminate();
	}

	#end(why: string): void {
		if (this.#gone) return;
		this.#gone = new Error(`the embedded database ended unexpectedly (${why})`);
		this.#open.reject(this.#gone);
		for (const { reject } of this.#waiting.values()) reject(this.#gone);
		this.#waiting.clear();
		this.#tellLost(this.#gone);
	}
}

// A message takes along the whole memory that a value is a window of, such as the frame that an update came in.
function withoutSurroundings(value: unknown): unknown {
	return value instanceof Uint8Array && value.byteLength < value.buffer.byteLength ? new Uint8Array(value) : value;
}
