import type { InferOutput } from 'valibot';
import { getDocument } from '../../documents/library/documents.server.ts';
import type { Client } from '../../server/client.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import type { PassageType, Word } from '../compare/comparison.ts';
import { type ChangedPassage, type HistoryEntry, historyKind, type HistoryPerson } from './history.ts';
import type { HistorySearch } from './input.ts';
import type { redlinesOf } from './redlines.ts';

/** The history of a document, or of one of its provisions, the newest first. @throws Refusal 404 */
export async function listHistory(
	supabase: Client,
	documentId: string,
	{ uid, since, after, limit }: InferOutput<typeof HistorySearch>
): Promise<{ items: HistoryEntry[]; next: string | null }> {
	await getDocument(supabase, documentId);
	let query = supabase
		.from('provision_history')
		.select(
			'id, uid, provisions, type, number, from_number, person_id, person_name, person_agency, began_at, ended_at, before, after'
		)
		.eq('document_id', documentId)
		.order('id', { ascending: false })
		.limit(limit + 1);
	if (uid) query = query.contains('provisions', JSON.stringify([uid]));
	if (since) query = query.gt('ended_at', since);
	if (after) query = query.lt('id', after);
	const { data } = await query.throwOnError();
	const shown = data.slice(0, limit);
	const words = await redlines(shown);
	const items = shown.map((row, nth): HistoryEntry => ({
		...changeOf(row, words[nth]),
		id: row.id,
		by: { id: row.person_id, name: row.person_name, agency: row.person_agency },
		before: row.before,
		after: row.after
	}));
	return { items, next: data.length > limit ? String(shown.at(-1)!.id) : null };
}

/**
 * What others changed in a document since a moment, each passage once, from how it was then to how it is; what was changed last
 * comes first, and of more than 500 these. Within ten minutes before, it may be how it was when somebody began. @throws Refusal 404
 */
export async function changesSince(supabase: Client, documentId: string, since: string): Promise<ChangedPassage[]> {
	await getDocument(supabase, documentId);
	const { data } = await supabase.rpc('changes_since', { document: documentId, since }).throwOnError();
	const words = await redlines(data);
	return data.map((row, nth) => ({
		...changeOf(row, words[nth]),
		people: row.people as unknown as HistoryPerson[]
	}));
}

interface Row {
	uid: string;
	provisions: unknown;
	type: string;
	number: string;
	from_number: string;
	began_at: string;
	ended_at: string;
	before: string;
	after: string;
}

function changeOf(row: Row, words: Word[]) {
	return {
		uid: row.uid,
		provisions: row.provisions as string[],
		type: row.type as PassageType,
		number: row.number,
		from: row.from_number === row.number ? '' : row.from_number,
		kind: historyKind(row.before, row.after),
		began: row.began_at,
		ended: row.ended_at,
		words
	};
}

async function redlines(rows: readonly Pick<Row, 'before' | 'after'>[]): Promise<Word[][]> {
	if (rows.length === 0) return [];
	const wordings = rows.map(({ before, after }) => [before, after] as const);
	return inThread<typeof redlinesOf>('versions/history/redlines.ts', 'redlinesOf', wordings);
}
