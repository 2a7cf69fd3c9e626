import type { Sql } from '../../server/sql.ts';
import type { StoredBody, UpdateRow, UpdateStore } from './store.server.ts';

/** The log in Postgres or PGlite, through the system door: the engine has already asked who may. */
export class SqlStore implements UpdateStore {
	readonly #sql: Sql;

	constructor(sql: Sql) {
		this.#sql = sql;
	}

	// One statement is one view of the database: a compaction that commits meanwhile moves rows into the snapshot
	// either before everything read here or after it. All remaining rows are read, never "id > n": ids are handed out
	// before they are committed, so a lower one may appear after a higher one.
	async load(documentId: string): Promise<StoredBody | null> {
		const rows = await this.#sql.query<LoadedRow>(
			`select d.epoch, 0 as place, null::bigint as id, s.bytes
			 from public.documents d
			 left join public.document_snapshots s on s.document_id = d.id and s.epoch = d.epoch
			 where d.id = $1::uuid
			 union all
			 select d.epoch, 1, u.id, u.bytes
			 from public.documents d
			 join public.document_updates u on u.document_id = d.id and u.epoch = d.epoch
			 where d.id = $1::uuid
			 order by place, id`,
			[documentId]
		);
		if (rows.length === 0) return null;
		return {
			epoch: Number(rows[0].epoch),
			snapshot: rows[0].bytes,
			updates: rows.slice(1).flatMap((row) => (row.bytes ? [row.bytes] : []))
		};
	}

	// One parameter and one text for any number of rows, so the plan is made once and both databases read it alike.
	// The join is the barrier: a row of a deleted document or of a past epoch finds no partner.
	async append(rows: readonly UpdateRow[]): Promise<UpdateRow[]> {
		const batch = rows.map((row) => ({
			document_id: row.documentId,
			epoch: row.epoch,
			bytes: Buffer.from(row.bytes.buffer, row.bytes.byteOffset, row.bytes.byteLength).toString('base64'),
			person_id: row.personId
		}));
		const stored = await this.#sql.query<{ document_id: string; epoch: number }>(
			`with batch as (
				select * from jsonb_to_recordset($1::text::jsonb)
				as row(document_id uuid, epoch integer, bytes text, person_id uuid)
			), stored as (
				insert into public.document_updates (document_id, epoch, bytes, person_id)
				select batch.document_id, batch.epoch, decode(batch.bytes, 'base64'), batch.person_id
				from batch join public.documents d on d.id = batch.document_id and d.epoch = batch.epoch
				returning document_id, epoch
			)
			select distinct document_id::text as document_id, epoch from stored`,
			[JSON.stringify(batch)]
		);
		const kept = new Set(stored.map((row) => `${row.document_id} ${row.epoch}`));
		return rows.filter((row) => !kept.has(`${row.documentId} ${row.epoch}`));
	}
}

interface LoadedRow {
	epoch: number;
	place: number;
	id: string | null;
	bytes: Uint8Array | null;
}
