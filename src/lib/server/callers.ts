import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sql } from './sql.ts';

// On globalThis as in app.ts: the entry and SvelteKit's bundle load this module separately.
const KEY = Symbol.for('plenum.callers');
const callers = ((globalThis as Record<symbol, unknown>)[KEY] ??= new AsyncLocalStorage()) as AsyncLocalStorage<string | null>;

/** Does `work` for one caller, a person or a network of strangers: where many wait for the database, callers take turns. */
export function onBehalfOf<T>(caller: string, work: () => T): T {
	return callers.run(caller, work);
}

/** For whom the process is at work; null for what is everybody's, such as storing what is typed. */
export function caller(): string | null {
	return callers.getStore() ?? null;
}

/** The same door for what is everybody's, whoever was the first to need it. */
export function forEverybody(sql: Sql): Sql {
	const everybody = <T>(work: () => T): T => callers.run(null, work);
	return {
		query: (text, params) => everybody(() => sql.query(text, params)),
		transaction: (run) => everybody(() => sql.transaction(run)),
		script: (text) => everybody(() => sql.script(text)),
		listen: (channel, onNotice, onGap) => everybody(() => sql.listen(channel, onNotice, onGap)),
		close: () => sql.close()
	};
}
