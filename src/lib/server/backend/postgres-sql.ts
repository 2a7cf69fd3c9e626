import postgres from 'postgres';
import { inTime, TooLate } from '../../base/in-time.ts';
import type { Sql } from '../sql.ts';

const POOL = 8;
export const CONNECT_SECONDS = 10;
/** Longer than the kernel needs for a lost packet, shorter than the quarter of an hour until it gives a connection up. */
export const ANSWER_WITHIN_MS = 30_000;
/** After this share of that time the database itself ends a statement, so that who is silent still is not merely slow. */
export const STATEMENT_SHARE = 0.8;

type Connection = postgres.Sql | postgres.TransactionSql;

interface Listener {
	channel: string;
	onNotice: (payload: string) => void;
	/** Called each time the channel is listened to, the first time included. */
	onListening: () => void;
	unlisten: Promise<() => Promise<void>>;
}

/**
 * The system door over any Postgres, by direct connection (LISTEN does not pass a transaction pooler). A statement that
 * has no answer within `answerWithinMs` rejects, and all connections are made anew: a machine that vanished without a
 * word would hold up everything behind it.
 */
export function postgresSql(databaseUrl: string, { answerWithinMs = ANSWER_WITHIN_MS } = {}): Sql {
	return new PostgresSql(databaseUrl, answerWithinMs);
}

class PostgresSql implements Sql {
	readonly #url: string;
	readonly #answerWithinMs: number;
	readonly #listeners = new Set<Listener>();
	#pool: postgres.Sql;

	constructor(url: string, answerWithinMs: number) {
		this.#url = url;
		this.#answerWithinMs = answerWithinMs;
		this.#pool = this.#open();
	}

	async query<T>(text: string, params: unknown[] = []): Promise<T[]> {
		const pool = this.#pool;
		try {
			return await inTime(query<T>(pool, text, params), this.#answerWithinMs, 'the database did not answer in time');
		} catch (error) {
			if (error instanceof TooLate) this.#replace(pool);
			throw error;
		}
	}

	// A transaction may wait long for its turn. It ends when a statement beside it finds the database silent.
	transaction<T>(run: (tx: Sql) => Promise<T>): Promise<T> {
		return this.#pool.begin((connection) => run(inside(connection))) as Promise<T>;
	}

	script(text: string): Promise<void> {
		return script(this.#pool, text);
	}

	async listen(channel: string, onNotice: (payload: string) => void, onGap = () => {}): Promise<() => Promise<void>> {
		let isFirst = true;
		const onListening = () => {
			if (!isFirst) onGap();
			isFirst = false;
		};
		const listener = { channel, onNotice, onListening, unlisten: this.#listen({ channel, onNotice, onListening }) };
		await listener.unlisten;
		this.#listeners.add(listener);
		return async () => {
			this.#listeners.delete(listener);
			await (
				await listener.unlisten
			)();
		};
	}

	close(): Promise<void> {
		return this.#pool.end({ timeout: 5 });
	}

	#open(): postgres.Sql {
		return postgres(this.#url, {
			max: POOL,
			connect_timeout: CONNECT_SECONDS,
			onnotice: () => {},
			connection: {
				application_name: 'plenum',
				TimeZone: 'UTC',
				statement_timeout: Math.round(this.#answerWithinMs * STATEMENT_SHARE)
			},
			types: {
				bigint: { to: 20, from: [20], serialize: String, parse: Number },
				date: { to: 1184, from: [1082, 1083, 1114, 1184], serialize: String, parse: (text: string) => text }
			}
		});
	}

	// What was still asked of the old connections rejects; who asked tries again, as after a restart of the database.
	#replace(silent: postgres.Sql): void {
		if (silent !== this.#pool) return;
		this.#pool = this.#open();
		silent.end({ timeout: 0 }).catch(() => {});
		for (const listener of this.#listeners) {
			listener.unlisten = this.#listen(listener);
			listener.unlisten.catch(() => {}); // the library goes on trying
		}
	}

	async #listen({ channel, onNotice, onListening }: Omit<Listener, 'unlisten'>): Promise<() => Promise<void>> {
		return (await this.#pool.listen(channel, onNotice, onListening)).unlisten;
	}
}

function inside(transaction: postgres.TransactionSql): Sql {
	const door: Sql = {
		query: (text, params = []) => query(transaction, text, params),
		transaction: (run) => run(door),
		script: (text) => script(transaction, text),
		listen: () => Promise.reject(new Error('listen outside of a transaction')),
		close: async () => {}
	};
	return door;
}

// Prepared once per connection: the commit of the sync engine runs dozens of times a second.
async function query<T>(connection: Connection, text: string, params: unknown[]): Promise<T[]> {
	return [...(await connection.unsafe(text, params as never[], { prepare: true }))] as unknown as T[];
}

async function script(connection: Connection, text: string): Promise<void> {
	await connection.unsafe(text).simple();
}
