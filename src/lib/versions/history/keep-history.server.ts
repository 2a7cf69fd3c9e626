import type { Sql } from '../../server/sql.ts';
import { coalesce, type Edit, type LastRow } from './coalesce.ts';
import type { WordedPassage } from './known-passages.server.ts';
import type { PassageEdit, ReadStretch } from './read-stretch.server.ts';

/** What is to be written, and the round of the mark that it follows from; 0 where there is none. */
export interface HistoryRound extends ReadStretch {
	round: number;
	epoch: number;
	upto: number;
	snapshotVersion: number;
}

interface FullEdit extends Edit, Pick<PassageEdit, 'provisions' | 'type'> {}

/** Writes a round of history, all or nothing. False when another node has written one since the text was read. */
export function keepHistory(sql: Sql, documentId: string, round: HistoryRound): Promise<boolean> {
	return sql.transaction(async (tx) => {
		if (!(await claim(tx, documentId, round))) return false;
		if (round.edits.length > 0) await write(tx, documentId, await complete(tx, documentId, round.edits));
		if (round.gone.length > 0)
			await tx.query(
				`delete from private.history_passages where document_id = $1 and uid in (select jsonb_array_elements_text($2::text::jsonb))`,
				[documentId, JSON.stringify(round.gone)]
			);
		if (round.kept.length > 0) await remember(tx, documentId, round.kept);
		return true;
	});
}

/** Holds the mark until the transaction ends. An order that is the same is not stored again: it may be long. */
async function claim(tx: Sql, documentId: string, { round, epoch, upto, snapshotVersion, uids }: HistoryRound): Promise<boolean> {
	const claimed = await tx.query(
		`insert into private.history_marks as m (document_id, epoch, upto, snapshot_version, uids)
		select id, $3, $4, $5, $6::text::jsonb from public.documents where id = $1
		on conflict (document_id) do update set round = m.round + 1, epoch = excluded.epoch, upto = excluded.upto,
			snapshot_version = excluded.snapshot_version, uids = case when m.uids = excluded.uids then m.uids else excluded.uids end
		where m.round = $2::bigint
		returning 1`,
		[documentId, round, epoch, upto, snapshotVersion, JSON.stringify(uids)]
	);
	return claimed.length > 0;
}

/** The edits with the wording before, and where what is gone stood. */
async function complete(tx: Sql, documentId: string, edits: readonly PassageEdit[]): Promise<FullEdit[]> {
	const rows = await tx.query<{ uid: string; words: string; provisions: string }>(
		`select uid, words, provisions::text from private.history_passages
		where document_id = $1 and uid in (select jsonb_array_elements_text($2::text::jsonb))`,
		[documentId, JSON.stringify(edits.map(({ uid }) => uid))]
	);
	const was = new Map(rows.map((row) => [row.uid, row]));
	return edits.map(({ words, provisions, ...edit }) => ({
		...edit,
		before: was.get(edit.uid)?.words ?? '',
		after: words,
		provisions: provisions.length > 0 ? provisions : (JSON.parse(was.get(edit.uid)?.provisions ?? '[]') as string[])
	}));
}

async function write(tx: Sql, documentId: string, edits: readonly FullEdit[]): Promise<void> {
	const rows = await tx.query<LastRow & { uid: string }>(
		`select distinct on (uid) uid, id, person_id::text as person, extract(epoch from began_at)::float8 * 1000 as began, number,
			from_number as "from", before, after
		from public.provision_history
		where document_id = $1 and uid in (select jsonb_array_elements_text($2::text::jsonb))
		order by uid, id desc`,
		[documentId, JSON.stringify(edits.map(({ uid }) => uid))]
	);
	const lastOf = new Map(rows.map(({ uid, ...last }) => [uid, last]));
	const acts = edits.map((edit) => coalesce(edit, lastOf.get(edit.uid) ?? null));
	const inserted = acts.flatMap((act) => (act.act === 'insert' ? act.edit : []));
	const updated = acts.flatMap((act) => (act.act === 'update' ? { ...act.edit, id: act.id, from: act.from } : []));
	const dropped = acts.flatMap((act) => (act.act === 'drop' ? act.id : []));
	if (inserted.length > 0) await insert(tx, documentId, inserted);
	if (updated.length > 0)
		await tx.query(
			`update public.provision_history h set after = e.after, ended_at = greatest(h.ended_at, to_timestamp(e.last / 1000)),
				number = e.number, from_number = e."from", type = e.type, provisions = e.provisions
			from jsonb_to_recordset($1::text::jsonb) as e (id bigint, after text, last float8, number text, "from" text, type text, provisions jsonb)
			where h.id = e.id`,
			[JSON.stringify(updated)]
		);
	if (dropped.length > 0)
		await tx.query(
			'delete from public.provision_history where id in (select value::bigint from jsonb_array_elements_text($1::text::jsonb))',
			[JSON.stringify(dropped)]
		);
}

/** Under the name and the agency of today. */
async function insert(tx: Sql, documentId: string, edits: readonly FullEdit[]): Promise<void> {
	await tx.query(
		`insert into public.provision_history (document_id, uid, provisions, type, number, from_number, person_id, person_name, person_agency,
			began_at, ended_at, before, after)
		select $1::uuid, e.uid, e.provisions, e.type, e.number, e."from", p.id, coalesce(w.name, ''), coalesce(w.agency, ''),
			to_timestamp(e.first / 1000), to_timestamp(e.last / 1000), e.before, e.after
		from rows from (
			jsonb_to_recordset($2::text::jsonb) as (uid text, provisions jsonb, type text, number text, "from" text, person uuid, first float8, last float8, before text, after text)
		) with ordinality as e (uid, provisions, type, number, "from", person, first, last, before, after, nth)
		left join public.people p on p.id = e.person
		left join lateral private.words_of_day(p.id, $1::uuid) w on p.id is not null
		order by e.nth`,
		[documentId, JSON.stringify(edits)]
	);
}

async function remember(tx: Sql, documentId: string, passages: readonly WordedPassage[]): Promise<void> {
	await tx.query(
		`insert into private.history_passages (document_id, uid, provisions, type, level, number, words, hash)
		select $1::uuid, * from jsonb_to_recordset($2::text::jsonb)
			as p (uid text, provisions jsonb, type text, level text, number text, words text, hash text)
		on conflict (document_id, uid) do update set provisions = excluded.provisions, type = excluded.type, level = excluded.level,
			number = excluded.number, words = excluded.words, hash = excluded.hash`,
		[documentId, JSON.stringify(passages)]
	);
}
