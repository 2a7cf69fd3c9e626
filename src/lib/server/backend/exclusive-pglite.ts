import type { Sql } from '../sql.ts';
import type { HeldSession } from './session-dialect.ts';
import type { Turnstile } from './turnstile.ts';

/** The one session of an embedded database: PGlite itself, or PGlite in its thread. */
export interface Session {
	/** One statement with `$1, $2 …`. */
	query<T>(text: string, params?: unknown[]): Promise<{ rows: T[]; affectedRows?: number }>;
	/** Several statements without parameters. */
	exec(text: string): Promise<{ rows: Record<string, unknown>[]; affectedRows?: number }[]>;
	listen(channel: string, onNotice: (payload: string) => void): Promise<() => Promise<void>>;
}

/**
 * The session for a Kysely connection. PGlite has one. Two callers that interleave would share a transaction and, worse, its
 * role: one user's statement could run under another's row level security. So whoever begins waits for its turn and has it to the end. */
export async function takePglite(db: Session, turnstile: Turnstile): Promise<HeldSession> {
	const leave = await turnstile.enter();
	return { query: (text, params) => db.query(text, params), script: async (text) => void (await db.exec(text)), giveBack: leave };
}

/** The system door over the same session, taking its turn like everybody else. */
export function pgliteSql(db: Session, turnstile: Turnstile): Sql {
	return {
		query: <T>(text: string, params: unknown[] = []) => turnstile.run(async () => (await db.query<T>(text, params)).rows),
		transaction: (run) => turnstile.run(() => inTransaction(db, run)),
		script: (text) => turnstile.run(async () => void (await db.exec(text))),
		listen: (channel, onNotice) =>
			turnstile.run(async () => {
				const stop = await db.listen(channel, onNotice);
				return () => turnstile.run(() => stop());
			}),
		close: async () => {}
	};
}

async function inTransaction<T>(db: Session, run: (tx: Sql) => Promise<T>): Promise<T> {
	let over = false;
	const session = () => {
		if (over) throw new Error('the transaction is over');
		return db;
	};
	const tx: Sql = {
		query: async <T>(text: string, params: unknown[] = []) => (await session().query<T>(text, params)).rows,
		transaction: (inner) => inner(tx),
		script: async (text) => void (await session().exec(text)),
		listen: () => Promise.reject(new Error('listen outside of a transaction')),
		close: async () => {}
	};
	await db.query('begin');
	try {
		const result = await run(tx);
		over = true;
		await db.query('commit');
		return result;
	} catch (error) {
		over = true;
		await db.query('rollback');
		throw error;
	}
}
