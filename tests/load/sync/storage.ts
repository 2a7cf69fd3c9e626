import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { postgresSql } from '../../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../../src/lib/server/sql.ts';
import { freshDatabase } from '../../support/services.ts';
import { createLogTables } from '../../sync/support/sql-tables.ts';
import type { LargeDocument } from './large-documents.ts';
import { ServerProcess } from './server-process.ts';
import { SERVERS, type ServerName } from './servers.ts';

/** Where the servers under test keep documents: a new Postgres database and a folder, both gone afterwards. */
export class Storage {
	readonly database: string;
	readonly folder: string;
	readonly #sql: Sql;
	readonly #drop: () => Promise<void>;
	/** Documents already stored, by server and title. */
	readonly #stored = new Map<string, string>();

	private constructor(database: string, sql: Sql, drop: () => Promise<void>) {
		this.database = database;
		this.#sql = sql;
		this.#drop = drop;
		this.folder = mkdtempSync(join(tmpdir(), 'plenum-bench-sync-'));
	}

	/** Throws when no Postgres answers. */
	static async open(): Promise<Storage> {
		const made = await freshDatabase();
		if (!made)
			throw new Error('bench:sync needs a Postgres at TEST_POSTGRES_URL, or at postgres://postgres@127.0.0.1:5432/postgres');
		const sql = postgresSql(made.url);
		await createLogTables(sql);
		await sql.script('create table hocuspocus_documents (name text primary key, data bytea not null)');
		return new Storage(made.url, sql, made.drop);
	}

	/** Names of new, empty documents. Only ours must know them beforehand; peers make a document of every name. */
	async emptyDocuments(count: number): Promise<string[]> {
		const names = Array.from({ length: count }, () => randomUUID());
		await this.#sql.query('insert into documents (id) select unnest($1::uuid[])', [names]);
		return names;
	}

	/** The name of a document with this content, stored the way the server itself keeps one that is at rest. */
	async storedDocument(server: ServerName, { title, bytes }: LargeDocument): Promise<string> {
		const known = this.#stored.get(`${server} ${title}`);
		if (known) return known;
		const [name] = await this.emptyDocuments(1);
		if (server === 'ours') {
			const text = 'insert into document_snapshots (document_id, epoch, bytes, state_vector) values ($1, 1, $2, $3)';
			await this.#sql.query(text, [name, bytes, Y.encodeStateVectorFromUpdate(bytes)]);
		} else if (server === 'hocuspocus') await this.#sql.query('insert into hocuspocus_documents values ($1, $2)', [name, bytes]);
		else if (server === 'y-websocket') {
			const file = join(this.folder, 'seed.bin');
			writeFileSync(file, bytes);
			const seeder = await ServerProcess.start(SERVERS[server].script, { folder: this.leveldb, seed: { room: name, file } });
			await seeder.ended();
		}
		this.#stored.set(`${server} ${title}`, name);
		return name;
	}

	/** Where y-websocket's server keeps what must outlive it. */
	get leveldb(): string {
		return join(this.folder, 'leveldb');
	}

	/** Writes what the last run left in the database's memory, so that the next one does not pay for it. */
	async settle(): Promise<void> {
		await this.#sql.query('checkpoint');
	}

	async close(): Promise<void> {
		await this.#sql.close();
		await this.#drop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
