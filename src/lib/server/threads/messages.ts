import type { CarriedError } from '../carried-error.ts';

/** What the process tells a thread that works for it. */
export type Order =
	| { kind: 'run'; module: string; name: string; input: unknown }
	| { kind: 'answer'; id: number; answer: unknown }
	| { kind: 'no-answer'; id: number; error: CarriedError };

/** What the thread tells the process; `ask` is for what only the process can do, such as reading the database. */
export type Report =
	{ kind: 'done'; result: unknown } | { kind: 'failed'; error: CarriedError } | { kind: 'ask'; id: number; question: unknown };

/** How a function that runs in a thread asks the process. */
export type Ask = (question: never) => Promise<unknown>;
