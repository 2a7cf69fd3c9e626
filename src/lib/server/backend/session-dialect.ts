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

class SessionConnection implements DatabaseConnection {
	readonly session: HeldSession;

	constructor(session: HeldSession) {
		this.session = session;
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const { rows, affectedRows } = await this.session.query<R>(query.sql, [...query.parameters]);
		return { rows, numAffectedRows: affectedRows === undefined ? undefined : BigInt(affectedRows) };
	}

	// eslint-disable-next-line require-yield
	async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
		throw new Error('nothing is streamed from the database');
	}
}
