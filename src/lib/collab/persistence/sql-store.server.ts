import { SCHEMA_VERSION } from '../../documents/schema/schema.ts';
import type { Sql } from '../../server/sql.ts';
import { replaceBody } from './replace-body.server.ts';
import type {
	Compacted,
	CompactionBounds,
	LogPart,
	RenewalBounds,
	Replacement,
	StoredBody,
	UpdateRow,
	UpdateStore
} from './store.server.ts';

/** What a log row takes in the database besides its bytes, about. */
const ROW_BYTES = 150;
/** A client id takes five bytes of a state vector, as nearly all do, and its clock one at least. */
const ID_BYTES = 6;

/** The log in Postgres or PGlite, through the system door: the engine has already asked who may. */
export class SqlStore implements UpdateStore {
	readonly #sql: Sql;
	readonly #vacuumAfterBytes: number;
	/** What compactions have left behind; nobody knows how much it was before this process began. */
	#leftBehind = Infinity;

	/** `vacuumAfterBytes`: for a database that does not clear away by itself what compactions leave behind. */
	constructor(sql: Sql, { vacuumAfterBytes = Infinity }: { vacuumAfterBytes?: number } = {}) {
		this.#sql = sql;
		this.#vacuumAfterBytes = vacuumAfterBytes;
	}

	// One statement is one view of the database: a compaction that commits meanwhile moves rows into the snapshot
	// either before everything read here or after it. All remaining rows are read, never "id > n": ids are handed out
	// before they are committed, so a lower one may appear after a higher one.
	async load(documentId: string): Promise<StoredBody | null> {
		const [found] = await this.#sql.query<LoadedLog & { state_vector: Uint8Array | null }>(
			`select d.epoch, s.bytes as snapshot, s.state_vector, log.bytes, log.sizes
			from public.documents d
			left join public.document_snapshots s on s.document_id = d.id and s.epoch = d.epoch
			cross join lateral (
				select string_agg(u.bytes, ''::bytea order by u.id) as bytes,
					string_agg(octet_length(u.bytes)::text, ' ' order by u.id) as sizes
				from public.document_updates u where u.document_id = d.id and u.epoch = d.epoch
			) log
			where d.id = $1::uuid`,
			[documentId]
		);
		if (!found) return null;
		const { epoch, snapshot, state_vector: stateVector } = found;
		return { epoch: Number(epoch), snapshot, stateVector, updates: rowsIn(found) };
	}

	// One parameter and one text for any number of rows, so the plan is made once and both databases read it alike.
	// The join is the barrier: a row of a deleted document or of a past epoch finds no partner. It locks the document as the
	// foreign key does, but before it looks at the epoch: whoever raises that holds the row, and is waited for. Ids follow the order of
	// the rows: out of order they would load just as well, but for a long log many times slower.
	async append(rows: readonly UpdateRow[]): Promise<UpdateRow[]> {
		const batch = rows.map((row) => ({
			document_id: row.documentId,
			epoch: row.epoch,
			bytes: toBase64(row.bytes),
			person_id: row.personId
		}));
		const stored = await this.#sql.query<{ document_id: string; epoch: number }>(
			`with batch as (
				select * from rows from (
					jsonb_to_recordset($1::text::jsonb) as (document_id uuid, epoch integer, bytes text, person_id uuid)
				) with ordinality as row(document_id, epoch, bytes, person_id, nth)
			), stored as (
				insert into public.document_updates (document_id, epoch, bytes, person_id)
				select batch.document_id, batch.epoch, decode(batch.bytes, 'base64'), batch.person_id
				from batch join public.documents d on d.id = batch.document_id and d.epoch = batch.epoch
				order by batch.nth
				for key share of d
				returning document_id, epoch
			)
			select distinct document_id::text as document_id, epoch from stored`,
			[JSON.stringify(batch)]
		);
		const kept = new Set(stored.map((row) => `${row.document_id} ${row.epoch}`));
		return rows.filter((row) => !kept.has(`${row.documentId} ${row.epoch}`));
	}

	// A snapshot of a past epoch counts as none, but its version goes on, since the table has one row per document.
	async loadForCompaction(documentId: string, most: { rows: number; bytes: number }): Promise<LogPart | null> {
		const [found] = await this.#sql.query<LoadedLog & { version: number; ids: string | null }>(
			`select d.epoch, coalesce(s.version, 0) as version, case when s.epoch = d.epoch then s.bytes end as snapshot,
				log.bytes, log.sizes, log.ids
			from public.documents d
			left join public.document_snapshots s on s.document_id = d.id
			cross join lateral (
				select string_agg(u.bytes, ''::bytea order by u.id) as bytes,
					string_agg(octet_length(u.bytes)::text, ' ' order by u.id) as sizes,
					string_agg(u.id::text, ' ' order by u.id) as ids
				from (
					select first.id, first.bytes, sum(octet_length(first.bytes)) over (order by first.id) as upto
					from (
						select id, bytes from public.document_updates
						where document_id = d.id and epoch = d.epoch order by id limit $2::integer
					) first
				) u
				where u.upto <= $3::bigint or u.upto = octet_length(u.bytes)
			) log
			where d.id = $1::uuid`,
			[documentId, most.rows, most.bytes]
		);
		if (!found) return null;
		const ids = numbersIn(found.ids);
		return {
			epoch: Number(found.epoch),
			snapshot: found.snapshot,
			version: Number(found.version),
			rows: rowsIn(found).map((bytes, nth) => ({ id: ids[nth], bytes }))
		};
	}

	// One statement, so all of it or nothing. The lock on the document holds an epoch still until it is done; the version
	// lets only one of several compactions through, also when none had a snapshot to begin with.
	async compact({ documentId, epoch, version, bytes, stateVector, ids }: Compacted): Promise<boolean> {
		const [done] = await this.#sql.query<{ written: number; removed: number }>(
			`with document as (
				select id from public.documents where id = $1::uuid and epoch = $2::integer for share
			), written as (
				insert into public.document_snapshots as s (document_id, epoch, bytes, state_vector)
				select id, $2::integer, decode($4::text, 'base64'), decode($6::text, 'base64') from document
				where $3::bigint = 0
				or exists (select 1 from public.document_snapshots where document_id = id and version = $3::bigint)
				on conflict (document_id) do update
				set epoch = excluded.epoch, bytes = excluded.bytes, state_vector = excluded.state_vector, version = s.version + 1, created_at = now()
				where s.version = $3::bigint
				returning document_id
			), removed as (
				delete from public.document_updates u using written
				where u.document_id = written.document_id
				and u.id in (select value::bigint from jsonb_array_elements_text($5::text::jsonb))
				returning 1
			)
			select (select count(*) from written)::integer as written, (select count(*) from removed)::integer as removed`,
			[documentId, epoch, version, toBase64(bytes), JSON.stringify(ids), toBase64(stateVector)]
		);
		if (done.written !== 1) return false;
		this.#leftBehind += bytes.byteLength + done.removed * ROW_BYTES;
		await this.#vacuum();
		return true;
	}

	// Whoever stores holds the document until it is committed, and so does this: what was stored before is seen here.
	replace({ documentId, epoch, version, ids, restMs, ...text }: Replacement): Promise<boolean> {
		return this.#sql.transaction(async (tx) => {
			const [held] = await tx.query(
				`select 1 from public.documents d where id = $1::uuid and epoch = $2::integer and schema_version = $3::integer
				and not exists (
					select 1 from public.document_past_bodies where document_id = d.id and replaced_at > now() - $4::float8 * interval '1 millisecond'
				) for update`,
				[documentId, epoch, SCHEMA_VERSION, restMs]
			);
			if (!held) return false;
			const [now] = await tx.query<{ version: number; ids: string | null }>(
				`select coalesce((select version from public.document_snapshots where document_id = $1::uuid), 0) as version,
					(select string_agg(id::text, ' ' order by id) from public.document_updates where document_id = $1::uuid and epoch = $2::integer) as ids`,
				[documentId, epoch]
			);
			if (Number(now.version) !== version || numbersIn(now.ids).join() !== ids.join()) return false;
			await replaceBody(tx, { documentId, epoch, ...text, pastVersion: SCHEMA_VERSION, version: SCHEMA_VERSION });
			return true;
		});
	}

	async documentsToRenew({ renewIds, renewBytes, renewPauseMs }: RenewalBounds, most: number): Promise<string[]> {
		const rows = await this.#sql.query<{ document_id: string }>(
			`select s.document_id::text as document_id
			from public.document_snapshots s
			join public.documents d on d.id = s.document_id and d.epoch = s.epoch and d.schema_version = $1::integer
			where (octet_length(s.state_vector) > $2::integer or (octet_length(s.bytes) > $3::integer and s.created_at > now() - $4::float8 * interval '1 millisecond'))
			and not exists (
				select 1 from public.document_past_bodies p
				where p.document_id = d.id and p.replaced_at > now() - $4::float8 * interval '1 millisecond'
			)
			order by octet_length(s.state_vector) desc nulls last limit $5::integer`,
			[SCHEMA_VERSION, renewIds * ID_BYTES, renewBytes, renewPauseMs, most]
		);
		return rows.map((row) => row.document_id);
	}

	// The embedded database has no autovacuum: every snapshot that was ever replaced would stay in its files.
	async #vacuum(): Promise<void> {
		if (this.#leftBehind < this.#vacuumAfterBytes || this.#vacuumAfterBytes === Infinity) return;
		try {
			await this.#sql.script('vacuum public.document_updates, public.document_snapshots');
			this.#leftBehind = 0;
		} catch {
			// What was compacted is written all the same, and the next compaction tries again.
		}
	}

	async countRows(documentIds: readonly string[]): Promise<Map<string, number>> {
		const rows = await this.#sql.query<{ document_id: string; rows: number }>(
			`select d.id::text as document_id,
				(select count(*) from public.document_updates u where u.document_id = d.id and u.epoch = d.epoch)::integer as rows
			from public.documents d
			where d.id in (select value::uuid from jsonb_array_elements_text($1::text::jsonb))`,
			[JSON.stringify(documentIds)]
		);
		return new Map(rows.map((row) => [row.document_id, row.rows]));
	}

	async documentsToCompact(bounds: CompactionBounds, most: number): Promise<string[]> {
		const rows = await this.#sql.query<{ document_id: string }>(
			`select u.document_id::text as document_id
			from public.document_updates u
			join public.documents d on d.id = u.document_id and d.epoch = u.epoch
			group by u.document_id
			having count(*) > $1::integer or sum(octet_length(u.bytes)) > $2::bigint
			or (count(*) >= $3::integer and max(u.created_at) <= now() - $4::float8 * interval '1 millisecond')
			order by count(*) desc limit $5::integer`,
			[bounds.compactRows, bounds.compactBytes, bounds.compactIdleRows, bounds.compactIdleMs, most]
		);
		return rows.map((row) => row.document_id);
	}
}

function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * A log in one row of the answer: all bytes one after the other, and how many each update has of them. A client of a
 * database spends as much on each row as on kilobytes, and thousands of rows would hold up those who are typing.
 */
interface LoadedLog {
	epoch: number;
	snapshot: Uint8Array | null;
	/** Null, as is `sizes`, when the log has no rows. */
	bytes: Uint8Array | null;
	sizes: string | null;
}

function rowsIn({ bytes, sizes }: LoadedLog): Uint8Array[] {
	let end = 0;
	return numbersIn(sizes).map((size) => bytes!.subarray(end, (end += size)));
}

function numbersIn(list: string | null): number[] {
	return list?.split(' ').map(Number) ?? [];
}
