import type { ProfileId } from '../../documents/schema/profiles.ts';
import type { Sql } from '../../server/sql.ts';
import type { KnownPassage } from './known-passages.server.ts';
import type { LoggedUpdate } from './who-wrote.server.ts';

/** What the log holds of a text, with the place up to which its history is written. */
export interface StretchLog {
	profile: ProfileId;
	epoch: number;
	snapshot: Uint8Array | null;
	snapshotVersion: number;
	updates: (LoggedUpdate & { id: number })[];
	mark: { round: number; epoch: number; upto: number; snapshotVersion: number; uids: string[] } | null;
	/** When the search text was last refreshed, in milliseconds since 1970: where a text has no mark yet, what is older is no news. */
	indexedAt: number | null;
	editedBy: string | null;
	now: number;
}

interface Found {
	profile: ProfileId;
	epoch: number;
	edited_by: string | null;
	indexed_at: number | null;
	now: number;
	mark: string | null;
	snapshot: Uint8Array | null;
	snapshot_version: number;
	bytes: Uint8Array | null;
	log: string;
}

/** Reads the log of a text in one statement; null when there is no such document. System door: the log is nobody's to read. */
export async function readLog(sql: Sql, documentId: string): Promise<StretchLog | null> {
	const [found] = await sql.query<Found>(
		`select d.profile, d.epoch, d.edited_by::text, extract(epoch from t.refreshed_at)::float8 * 1000 as indexed_at,
			extract(epoch from clock_timestamp())::float8 * 1000 as now,
			(select to_jsonb(m)::text from private.history_marks m where m.document_id = d.id) as mark,
			s.bytes as snapshot, coalesce(s.version, 0) as snapshot_version, log.bytes, log.log
		from public.documents d
		left join public.document_texts t on t.document_id = d.id
		left join public.document_snapshots s on s.document_id = d.id and s.epoch = d.epoch
		cross join lateral (
			select string_agg(u.bytes, ''::bytea order by u.id) as bytes,
				coalesce(jsonb_agg(jsonb_build_array(u.id, octet_length(u.bytes), u.person_id, extract(epoch from u.created_at)::float8 * 1000) order by u.id), '[]')::text as log
			from public.document_updates u where u.document_id = d.id and u.epoch = d.epoch
		) log
		where d.id = $1::uuid`,
		[documentId]
	);
	if (!found) return null;
	const { profile, epoch, snapshot, mark } = found;
	return {
		profile,
		epoch: Number(epoch),
		snapshot,
		snapshotVersion: Number(found.snapshot_version),
		updates: updatesIn(found),
		mark: mark === null ? null : markIn(mark),
		indexedAt: found.indexed_at === null ? null : Number(found.indexed_at),
		editedBy: found.edited_by,
		now: Number(found.now)
	};
}

/** What a text said when its history was last written, in its order. */
export async function readKnown(sql: Sql, documentId: string, uids: readonly string[]): Promise<KnownPassage[]> {
	const [{ passages }] = await sql.query<{ passages: string }>(
		`select coalesce(jsonb_agg(jsonb_build_array(uid, type, level, number, hash)), '[]')::text as passages
		from private.history_passages where document_id = $1`,
		[documentId]
	);
	const rows = JSON.parse(passages) as [string, KnownPassage['type'], string | null, string, string][];
	const byUid = new Map(rows.map(([uid, type, level, number, hash]) => [uid, { uid, type, level, number, hash }]));
	return uids.flatMap((uid) => byUid.get(uid) ?? []);
}

function updatesIn({ bytes, log }: Found): StretchLog['updates'] {
	let end = 0;
	return (JSON.parse(log) as [number, number, string | null, number][]).map(([id, size, person, at]) => ({
		id,
		bytes: bytes!.subarray(end, (end += size)),
		person,
		at
	}));
}

function markIn(json: string): NonNullable<StretchLog['mark']> {
	const { round, epoch, upto, snapshot_version: snapshotVersion, uids } = JSON.parse(json);
	return { round, epoch, upto, snapshotVersion, uids };
}
