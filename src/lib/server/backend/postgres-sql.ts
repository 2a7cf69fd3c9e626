import postgres from 'postgres';
import type { Sql } from '../sql.ts';

const POOL = 8;

/** The system door over any Postgres, by direct connection (LISTEN does not pass a transaction pooler). */
export function postgresSql(databaseUrl: string): Sql {
	const pool = postgres(databaseUrl, {
		max: POOL,
		onnotice: () => {},
		connection: { application_name: 'plenum', TimeZone: 'UTC' },
		types: {
			bigint: { to: 20, from: [20], serialize: String, parse: Number },
			date: { to: 1184, from: [1082, 1083, 1114, 1184], serialize: String, parse: (text: string) => text }
		}
	});
	return { ...door(pool), listen: async (channel, onNotice) => (await pool.listen(channel, onNotice)).unlisten, close: () => pool.end({ timeout: 5 }) };
}

function door(connection: postgres.Sql | postgres.TransactionSql): Sql {
	return {
		// Prepared once per connection: the commit of the sync engine runs dozens of times a second.
		query: async <T>(text: string, params: unknown[] = []) => [...(await connection.unsafe(text, params as never[], { prepare: true }))] as T[],
		transaction: (run) =>
			('begin' in connection ? connection.begin((tx) => run(door(tx))) : run(door(connection))) as Promise<never>,
		script: async (text) => void (await connection.unsafe(text).simple()),
		listen: () => Promise.reject(new Error('listen outside of a transaction')),
		close: async () => {}
	};
}
