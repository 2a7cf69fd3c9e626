import type { Logger } from '../../server/log.ts';
import type { Sql } from '../../server/sql.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import type { ProfileId } from '../schema/profiles.ts';
import type { IndexEntry, indexEntryOfUpdates } from './index-entry.server.ts';

export interface TextIndex {
	/** Notes a committed edit. Returns at once; the search text follows when typing pauses. */
	edited(documentId: string): void;
	/** Brings everything noted so far up to date. */
	flush(): Promise<void>;
	/** Refreshes documents whose last edits were committed but not indexed, as after a crash or a restore. */
	catchUp(): Promise<void>;
}

/** Answers the updates that make up a document as it is now. */
export type ReadUpdates = (documentId: string) => Promise<readonly Uint8Array[]>;
/** What else follows from the edits of a document. It may be called again when there is nothing new. */
export type NoteEdits = (documentId: string) => Promise<void>;

const IDLE_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
const RETRY_MS = 30_000;
const MOST_RETRIES = 5;
const CATCH_UP_AFTER_MS = 5_000;
const CATCH_UP_AT_ONCE = 500;

interface Pending {
	timer: NodeJS.Timeout;
	dueBy: number;
	retries: number;
	/** More edits followed the first one, whose time is noted already. */
	again: boolean;
}

/**
 * Keeps the search text, the counts and the time of the last edit of each document in step with its Y.Doc. System door:
 * the text is everybody's who may read the document, whoever typed it. Errors are logged without a word of the text.
 */
export function createTextIndex(
	sql: Sql,
	log: Logger,
	readUpdates: ReadUpdates,
	noteEdits: NoteEdits = async () => {}
): TextIndex {
	const pending = new Map<string, Pending>();
	const running = new Map<string, Promise<void>>();

	function edited(documentId: string): void {
		const waiting = pending.get(documentId);
		if (waiting) clearTimeout(waiting.timer);
		else touch(sql, documentId).catch((error) => report(log, documentId, error, 'edit time not noted'));
		const dueBy = waiting?.dueBy ?? Date.now() + LONGEST_WAIT_MS;
		schedule(documentId, Math.min(IDLE_MS, dueBy - Date.now()), {
			dueBy,
			retries: waiting?.retries ?? 0,
			again: waiting !== undefined
		});
	}

	function schedule(documentId: string, delayMs: number, entry: Omit<Pending, 'timer'>): void {
		const timer = setTimeout(() => void refreshNow(documentId), Math.max(0, delayMs));
		timer.unref();
		pending.set(documentId, { timer, ...entry });
	}

	// One refresh of a document at a time; an edit during a refresh has made a new entry in `pending` and gets its own.
	async function refreshNow(documentId: string): Promise<void> {
		await running.get(documentId);
		const waiting = pending.get(documentId);
		if (!waiting) return;
		clearTimeout(waiting.timer);
		pending.delete(documentId);
		const work = (waiting.again ? touch(sql, documentId) : Promise.resolve())
			.then(() => refresh(documentId))
			.catch((error) => {
				report(log, documentId, error, 'edits not indexed');
				if (waiting.retries < MOST_RETRIES && !pending.has(documentId)) {
					schedule(documentId, RETRY_MS, { dueBy: Date.now() + RETRY_MS, retries: waiting.retries + 1, again: false });
				}
			})
			.finally(() => running.delete(documentId));
		running.set(documentId, work);
		await work;
	}

	// What follows from the edits comes first, since a text whose search text is fresh is not caught up with; and neither keeps
	// the other from being made.
	async function refresh(documentId: string): Promise<void> {
		const [noted] = await Promise.allSettled([noteEdits(documentId)]);
		await refreshText(sql, documentId, readUpdates);
		if (noted.status === 'rejected') throw noted.reason;
	}

	async function catchUp(): Promise<void> {
		const tried: string[] = [];
		for (;;) {
			const stale = await sql.query<{ id: string }>(
				`select d.id from public.documents d left join public.document_texts t on t.document_id = d.id
					left join private.document_search s on s.document_id = d.id
				where (t.document_id is null or s.document_id is null or t.refreshed_at < d.edited_at)
					and d.id not in (select value::uuid from jsonb_array_elements_text($1::text::jsonb))
				order by d.edited_at desc limit ${CATCH_UP_AT_ONCE}`,
				[JSON.stringify(tried)]
			);
			if (stale.length === 0) return;
			for (const { id } of stale) {
				tried.push(id);
				await refresh(id).catch((error) => report(log, id, error, 'edits not indexed'));
			}
		}
	}

	async function flush(): Promise<void> {
		await Promise.all([...pending.keys()].map(refreshNow));
		await Promise.all(running.values());
	}

	setTimeout(
		() => void catchUp().catch((error) => report(log, null, error, 'search text not caught up')),
		CATCH_UP_AFTER_MS
	).unref();
	return { edited, flush, catchUp };
}

/** Writes the search text and counts of one document as its Y.Doc is now. A document deleted meanwhile is left alone. */
export async function refreshText(sql: Sql, documentId: string, readUpdates: ReadUpdates): Promise<void> {
	const [found] = await sql.query<{ profile: ProfileId; now: string }>(
		'select profile, clock_timestamp() as now from public.documents where id = $1',
		[documentId]
	);
	if (!found) return;
	const updates = await readUpdates(documentId);
	const entry = await inThread<typeof indexEntryOfUpdates>('documents/library/index-entry.server.ts', 'indexEntryOfUpdates', {
		updates,
		profile: found.profile
	});
	// The time from before the text was read: what is committed meanwhile must still count as newer.
	await saveEntry(sql, documentId, entry, found.now);
}

/**
 * Stores what search and lists show of a document. `asOf` is a time of the database before which every edit is in `entry`;
 * what is there of a later time stays. Statement by statement, so that nobody waits for all of a long text in the one
 * session of an embedded database; the last one says that it is whole.
 */
export async function saveEntry(sql: Sql, documentId: string, entry: IndexEntry, asOf: string): Promise<void> {
	await sql.query(
		`insert into private.document_search as s (document_id, folded, words, refreshed_at)
		select id, $2, $3::text::tsvector, $4::timestamptz from public.documents where id = $1
		on conflict (document_id) do update set folded = excluded.folded, words = excluded.words, refreshed_at = excluded.refreshed_at
		where s.refreshed_at <= excluded.refreshed_at`,
		[documentId, entry.folded, entry.words, asOf]
	);
	await saveCounts(sql, documentId, entry);
	await sql.query(
		`insert into public.document_texts as t (document_id, text, opening, refreshed_at)
		select id, $2, $3::text::jsonb, $4::timestamptz from public.documents where id = $1
		on conflict (document_id) do update set text = excluded.text, opening = excluded.opening, refreshed_at = excluded.refreshed_at
		where t.refreshed_at <= excluded.refreshed_at`,
		[documentId, entry.text, JSON.stringify(entry.opening), asOf]
	);
}

/** Stores what lists count of a document. */
export async function saveCounts(
	sql: Sql,
	documentId: string,
	{ provisionCount, wordCount }: Pick<IndexEntry, 'provisionCount' | 'wordCount'>
): Promise<void> {
	await sql.query(
		`update public.documents set provision_count = $2, word_count = $3
		where id = $1 and (provision_count, word_count) is distinct from ($2::integer, $3::integer)`,
		[documentId, provisionCount, wordCount]
	);
}

async function touch(sql: Sql, documentId: string): Promise<void> {
	await sql.query('select private.note_edit($1)', [documentId]);
}

function report(log: Logger, documentId: string | null, error: unknown, message: string): void {
	const { name, code } = error as { name?: string; code?: string };
	log.error({ documentId, name, code }, message);
}
