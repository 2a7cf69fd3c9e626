import { findDocument } from '../../src/lib/documents/library/documents.server.ts';
import { parseFilters } from '../../src/lib/documents/library/filters.ts';
import { countDocuments, listAgencies, listDocuments, listRecentDocuments } from '../../src/lib/documents/library/list.server.ts';
import type { Client } from '../../src/lib/server/client.ts';
import { openTestWorkspace, type Name, type TestWorkspace } from '../support/test-workspace.ts';
import { milliseconds, printFigures, type Figure } from './figures.ts';

const DOCUMENTS = 20_000;
const ROUNDS = 15;
/** Managers of all, of those of their agency, and one with whom some are shared. */
const READERS: Name[] = ['owner', 'drafter', 'codrafter'];

/** What row level security costs in a large workspace: milliseconds in the embedded database for what a page asks of it. */
export async function libraryFigures(): Promise<Figure[]> {
	const workspace = await openTestWorkspace();
	const documentId = await fillLibrary(workspace);
	const took = countTime(workspace);
	const figures: Figure[] = [];
	for (const name of READERS) {
		const supabase = workspace.as(name);
		const { total } = await countDocuments(supabase, workspace.workspaceId);
		const one = await took(() => findDocument(supabase, documentId));
		const library = await took(() => libraryPage(supabase, workspace.workspaceId));
		figures.push(
			{ what: `one document of ${DOCUMENTS}, ${name}, p50`, value: milliseconds(one, 0.5), aim: 'under 10 ms' },
			{ what: `the library page with ${total} documents, ${name}, p50`, value: milliseconds(library, 0.5), aim: 'under 60 ms' }
		);
	}
	await workspace.close();
	return figures;
}

function libraryPage(supabase: Client, workspaceId: string): Promise<unknown> {
	return Promise.all([
		listDocuments(supabase, workspaceId, parseFilters(new URLSearchParams())),
		countDocuments(supabase, workspaceId),
		listAgencies(supabase, workspaceId),
		listRecentDocuments(supabase, workspaceId)
	]);
}

/** Each document is led by one of four agencies, every third is shared with another, and the reader has opened a few. */
async function fillLibrary({ sql, workspaceId, agencies, people }: TestWorkspace): Promise<string> {
	const leads = Object.values(agencies);
	await sql.query(
		`with made as (
			insert into public.documents (workspace_id, title, profile, kind, lead_agency_id, edited_at)
			select $1, 'Văn bản số ' || n, 'nd30', 'plan', ($2::uuid[])[n % 4 + 1], now() - n * interval '1 minute' from generate_series(1, $3::int) n
			returning id, lead_agency_id, (regexp_match(title, '\\d+$'))[1]::int as n
		), shared as (
			insert into public.document_access (workspace_id, document_id, agency_id, role)
			select $1, id, ($2::uuid[])[(n / 4) % 4 + 1], 'editor' from made where n % 3 = 0 and ($2::uuid[])[(n / 4) % 4 + 1] <> lead_agency_id
		), visited as (
			insert into public.document_visits (document_id, person_id)
			select made.id, person from made, unnest($4::uuid[]) person where n % 500 = 0
		), text as (
			insert into public.document_texts (document_id, text) select id, 'Ủy ban nhân dân thành phố quyết nghị ' || n from made returning document_id, text
		)
		insert into private.document_search (document_id, folded, words)
		select document_id, private.fold_text(text), to_tsvector('simple', private.search_words(text)) from text`,
		[workspaceId, leads, DOCUMENTS, Object.values(people)]
	);
	await sql.script('analyze');
	const [{ id }] = await sql.query<{ id: string }>(`select id from public.documents where title = 'Văn bản số 9636'`);
	return id;
}

/** Measures work by the time its statements spend in the database. */
function countTime({ database }: TestWorkspace): (work: () => Promise<unknown>) => Promise<number[]> {
	let spent = 0;
	const { query } = database;
	database.query = async <T>(text: string, params?: unknown[]) => {
		const began = performance.now();
		try {
			return (await query.call(database, text, params)) as { rows: T[] };
		} finally {
			spent += performance.now() - began;
		}
	};
	return async (work) => {
		const rounds: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			spent = 0;
			await work();
			rounds.push(spent);
		}
		return rounds;
	};
}

if (process.argv[1] === import.meta.filename) {
	printFigures('The library', await libraryFigures());
	process.exit(0);
}
