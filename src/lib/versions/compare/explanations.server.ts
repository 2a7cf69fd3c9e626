import type { InferOutput } from 'valibot';
import type { Client, Row } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import { refusalOf } from '../../server/edge/sqlstate.ts';
import type { ComparedSide } from './compared.ts';
import type { FoundSide } from './comparing.server.ts';
import type { Explanation } from './explanations.ts';
import type { Explaining } from './input.ts';

/** The data API answers with so many rows at once. */
const PIECE = 1000;
const COLUMNS = 'uid, text, revision, written_by_name, written_by_agency, written_at';

interface Pair {
	before: FoundSide;
	after: FoundSide;
}

/** What was explained of two texts, all of it: the database bounds how much that is. */
export async function listExplanations(supabase: Client, pair: Pair): Promise<Explanation[]> {
	const found: Explanation[] = [];
	for (;;) {
		const { data } = await ofPair(supabase.from('comparison_explanations').select(COLUMNS), pair)
			.order('uid')
			.range(found.length, found.length + PIECE - 1)
			.throwOnError();
		found.push(...data.map(explanationOf));
		if (data.length < PIECE) return found;
	}
}

/**
 * Words an explanation, for who has seen the revision of it (0: that there is none).
 * @throws Refusal 403; 409 with the present one when somebody worded it meanwhile
 */
export async function explain(
	supabase: Client,
	pair: Pair,
	{ uid, text }: Pick<InferOutput<typeof Explaining>, 'uid' | 'text'>,
	revision: number
): Promise<Explanation> {
	const table = supabase.from('comparison_explanations');
	try {
		const { data } =
			revision === 0
				? await table
						.insert({ ...columnsOf(pair), uid, text })
						.select(COLUMNS)
						.throwOnError()
				: await ofPair(table.update({ text }), pair).eq('uid', uid).eq('revision', revision).select(COLUMNS).throwOnError();
		if (data.length === 1) return explanationOf(data[0]);
	} catch (error) {
		const refusal = refusalOf(error);
		if (!(refusal instanceof Refusal) || refusal.code !== '23505') throw error;
	}
	const { data: present } = await ofPair(supabase.from('comparison_explanations').select(COLUMNS), pair)
		.eq('uid', uid)
		.maybeSingle()
		.throwOnError();
	if (!present) throw new Refusal(404);
	if (present.revision === revision) throw new Refusal(403);
	throw new Refusal(409, { key: 'errors_refused_stale', present: explanationOf(present) });
}

interface Filtered {
	eq(column: 'before_document_id' | 'after_document_id' | 'before_version_id' | 'after_version_id', value: string): this;
	is(column: 'before_version_id' | 'after_version_id', value: null): this;
}

function ofPair<Query>(query: Query, { before, after }: Pair): Query {
	let found = query as Query & Filtered;
	found = found.eq('before_document_id', before.document.id).eq('after_document_id', after.document.id);
	const [was, is] = [versionOf(before.side), versionOf(after.side)];
	found = was ? found.eq('before_version_id', was) : found.is('before_version_id', null);
	return is ? found.eq('after_version_id', is) : found.is('after_version_id', null);
}

function columnsOf({ before, after }: Pair) {
	return {
		before_document_id: before.document.id,
		before_version_id: versionOf(before.side),
		after_document_id: after.document.id,
		after_version_id: versionOf(after.side)
	};
}

function versionOf({ kind, id }: ComparedSide): string | null {
	return kind === 'version' ? id : null;
}

type ExplanationRow = Pick<
	Row<'comparison_explanations'>,
	'uid' | 'text' | 'revision' | 'written_by_name' | 'written_by_agency' | 'written_at'
>;

function explanationOf(row: ExplanationRow): Explanation {
	const { uid, text, revision, written_by_name: name, written_by_agency: agency, written_at: writtenAt } = row;
	return { uid, text, revision, by: { name, agency }, writtenAt };
}
