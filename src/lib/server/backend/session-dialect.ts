import {
	CompiledQuery,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type QueryResult
} from 'kysely';

/** A session of the database that belongs to one caller until it is given back. */
export interface HeldSession {
	/** One statement with `$1, $2 …`. `affectedRows` is given for statements that write. */
	query<T>(text: string, params: unknown[]): Promise<{ rows: T[]; affectedRows?: number }>;
	/** Several statements without parameters, whose answers nobody needs. */
	script(text: string): Promise<void>;
	giveBack(): void;
}

/** A Kysely dialect for Postgres in which a connection, and so a transaction and its role, has a session to itself. */
export function sessionDialect(take: () => Promise<HeldSession>): Dialect {
	return {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new SessionDriver(take),
		createIntrospector: (kysely) => new PostgresIntrospector(kysely),
		createQueryCompiler: () => new PostgresQueryCompiler()
	};
}

class SessionDriver implements Driver {
	readonly #take: () => Promise<HeldSession>;

	constructor(take: () => Promise<HeldSession>) {
		this.#take = take;
	}

	async init() {}

	async acquireConnection(): Promise<SessionConnection> {
		return new SessionConnection(await this.#take());
	}

	async releaseConnection(connection: DatabaseConnection) {
		(connection as SessionConnection).session.giveBack();
	}

	async beginTransaction(connection: DatabaseConnection) {
		await connection.executeQuery(CompiledQuery.raw('begin'));
	}

	async commitTransaction(connection: DatabaseConnection) {
		await connection.executeQuery(CompiledQuery.raw('commit'));
	}

	async rollbackTransaction(connection: DatabaseConnection) {
		await connection.executeQuery(CompiledQuery.raw('rollback'));
	}

	async destroy() {}
}

/**
 * What a transaction begins with says who asks, in up to eight statements of which nobody reads the answers. They wait for the
 * first that does something and go ahead of it together: each would be a way to the database and back.
 */
class SessionConnection implements DatabaseConnection {
	readonly session: HeldSession;
	#opening: string[] = [];

	constructor(session: HeldSession) {
		this.session = session;
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const opening = query.sql === 'begin' ? query.sql : this.#opening.length > 0 ? contextIn(query) : null;
		if (opening !== null) {
			this.#opening.push(opening);
			return { rows: [] };
		}
		if (this.#opening.length > 0) {
			const script = this.#opening.join('; ');
			this.#opening = [];
			if (query.sql === 'commit' || query.sql === 'rollback') return { rows: [] }; // nothing has begun
			await this.session.script(script);
		}
		const { rows, affectedRows } = await this.session.query<R>(query.sql, [...query.parameters]);
		return { rows, numAffectedRows: affectedRows === undefined ? undefined : BigInt(affectedRows) };
	}

	// eslint-disable-next-line require-yield
	async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
		throw new Error('nothing is streamed from the database');
	}
}

/** A statement that only sets the role or a setting of its transaction, without parameters; null for any other. */
function contextIn({ sql, parameters: [value] }: CompiledQuery): string | null {
	if (/^set local role "?\w+"?$/i.test(sql)) return sql;
	if (/^select set_config\('[\w.]+', '', true\)$/i.test(sql)) return sql;
	// A script ends at NUL.
	if (!/^select set_config\('[\w.]+', \$1, true\)$/i.test(sql) || typeof value !== 'string' || value.includes('\0')) return null;
	return sql.replace('$1', () => `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
}
