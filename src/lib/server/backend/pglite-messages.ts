import type { CarriedError } from '../carried-error.ts';

/** What passes between the process and the thread of the embedded database. Both ends are in this folder. */

/** What the thread is started with. */
export interface DatabasePlace {
	/** The folder of the database; null keeps it in memory. */
	folder: string | null;
	/** Extensions besides the usual ones, each by the module that exports it under that name: a function cannot be sent. */
	extensions: Record<string, string>;
}

export type Request =
	| { kind: 'query'; text: string; params: unknown[] }
	| { kind: 'exec'; text: string }
	| { kind: 'listen'; channel: string; listener: number }
	| { kind: 'unlisten'; listener: number }
	| { kind: 'close' };

/** Requests are carried out one after the other, in the order they were sent. */
export type Call = Request & { id: number };

export type Answer =
	| { kind: 'open' }
	| { kind: 'not-open'; error: CarriedError }
	| { kind: 'done'; id: number; result: unknown }
	| { kind: 'failed'; id: number; error: CarriedError }
	| { kind: 'notice'; listener: number; payload: string };

/** Whether the database is of no use any more after this error. */
export function isDeadly(error: unknown): boolean {
	return /^(PANIC|FATAL)$/.test((error as { severity?: string }).severity ?? '');
}
