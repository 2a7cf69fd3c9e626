import { openBackend } from '../../src/lib/server/backend/backend.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { createLog } from '../../src/lib/server/log.ts';
import { PASSWORD, WORKSPACE } from '../support/people.ts';
import { runCommand, startPlenum, temporaryFolder } from '../support/plenum.ts';
import { milliseconds, printFigures, type Figure } from './figures.ts';
import { lawText } from './law-text.ts';
import { joinDocument, middleText, type LiveClient } from './live-clients.ts';
import { accessToken, importText } from './session.ts';

const DOCUMENTS = 10_000;
/** A page of text in each. */
const LINES_OF_EACH = 12;
const QUERY = 'cơ quan nhà nước';
const WARM_UP_MS = 3_000;
const MEASURE_MS = 15_000;
const PAUSE_MS = 25;

/**
 * Edit → peer in a small document while other people make the process work hard: they search a library of 10,000
 * documents, and export, change and import a law of 220 articles. On an installation of its own, with the embedded database.
 */
export async function longQueryFigures(): Promise<Figure[]> {
	const dataDir = temporaryFolder();
	const sample = await runCommand('src/sample.ts', [], { DATA_DIR: dataDir, SAMPLE_PASSWORD: PASSWORD });
	if (sample.code !== 0) throw new Error(sample.output);
	await fillLibrary(dataDir);
	const plenum = await startPlenum({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
	try {
		return await measure(plenum.url);
	} finally {
		await plenum.stop();
	}
}

async function measure(url: string): Promise<Figure[]> {
	const token = await accessToken(url, 'drafter');
	const headers = { authorization: `Bearer ${token}` };
	const read = async (path: string) => {
		const response = await fetch(url + path, { headers });
		if (!response.ok) throw new Error(`${path} answered ${response.status}`);
		return response.arrayBuffer();
	};
	const law = lawText().text;
	const lawId = await importText(url, token, law, 'Văn bản đo tốc độ');
	const smallId = await importText(url, token, law.split('\n').slice(0, 60).join('\n'), 'Văn bản nhỏ');
	const [writer, reader, lawyer] = [
		await joinDocument(url, smallId, token),
		await joinDocument(url, smallId, token),
		await joinDocument(url, lawId, token)
	];

	const search = () => read(`/api/documents?workspace=${WORKSPACE}&q=${encodeURIComponent(QUERY)}`);
	const exportLaw = () => read(`/api/documents/${lawId}/export?format=docx`);
	const found = (JSON.parse(Buffer.from(await search()).toString()) as { total: number }).total;
	const change = async () => {
		middleText(lawyer.doc).insert(0, 'x');
		await new Promise((resume) => setTimeout(resume, 2_500)); // the text index waits for a pause of two seconds
	};
	const burdens: [string, (() => Promise<unknown>)[]][] = [
		['nothing else goes on', []],
		[`a search over ${DOCUMENTS} documents (${found} shown) runs again and again`, [search]],
		['a law of 220 articles is exported again and again', [exportLaw]],
		['both, and the law is edited and indexed', [search, exportLaw, change]],
		['the law is imported again and again', [() => importText(url, token, law, 'Văn bản đo tốc độ')]]
	];
	const figures: Figure[] = [];
	for (const [name, work] of burdens) {
		const { toPeer, rounds } = await underBurden(work, writer, reader);
		const times = rounds ? `, ${rounds} rounds` : '';
		figures.push({
			what: `edit → peer while ${name}, p50 / p99`,
			value: `${milliseconds(toPeer, 0.5)} / ${milliseconds(toPeer, 0.99)}${times}`,
			aim: 'p99 under 50 ms'
		});
	}
	for (const client of [writer, reader, lawyer]) client.close();
	return figures;
}

/** Milliseconds of each edit from one client to the other while all of `work` is done over and over. */
async function underBurden(
	work: (() => Promise<unknown>)[],
	writer: LiveClient,
	reader: LiveClient
): Promise<{ toPeer: number[]; rounds: number }> {
	let over = false;
	let rounds = 0;
	const loops = work.map(async (once) => {
		while (!over) {
			await once();
			rounds++;
		}
	});
	await new Promise((resume) => setTimeout(resume, WARM_UP_MS));
	rounds = 0;
	// Only this writer edits the small text: as many letters as it has say which edit was the last.
	const letters = (doc: LiveClient['doc']) => middleText(doc).length;
	const toPeer: number[] = [];
	const sentAt = new Map<number, number>();
	const take = () => {
		const last = letters(reader.doc);
		const now = performance.now();
		for (const [edit, at] of sentAt) {
			if (edit > last) break;
			toPeer.push(now - at);
			sentAt.delete(edit);
		}
	};
	reader.doc.on('update', take);
	const until = performance.now() + MEASURE_MS;
	// People go on typing while they wait, so the next edit does not wait for the arrival of the last.
	while (performance.now() < until) {
		sentAt.set(letters(writer.doc) + 1, performance.now());
		middleText(writer.doc).insert(0, 'x');
		await new Promise((resume) => setTimeout(resume, PAUSE_MS));
	}
	while (sentAt.size > 0) await new Promise((resume) => setTimeout(resume, PAUSE_MS));
	reader.doc.off('update', take);
	over = true;
	await Promise.all(loops);
	return { toPeer, rounds };
}

/** Puts documents into the library as if they had been indexed; only their texts are there, since nobody opens them. */
async function fillLibrary(dataDir: string): Promise<void> {
	const { sql, close } = await openBackend(readConfig({ DATA_DIR: dataDir }), createLog('warn'), 'npm run bench');
	const lines = lawText()
		.text.split('\n')
		.filter((line) => line.trim());
	await sql.query(
		`with made as (
			insert into public.documents (workspace_id, title, profile, kind, lead_agency_id)
			select d.workspace_id, 'Văn bản số ' || n, 'nd30', 'plan', d.lead_agency_id
			from (select * from public.documents order by created_at limit 1) d, generate_series(1, $2::int) n
			returning id, (regexp_match(title, '\\d+$'))[1]::int as n
		), line as (
			select ordinality::int as n, value from jsonb_array_elements_text($1::text::jsonb) with ordinality
		), text as (
			insert into public.document_texts (document_id, text)
			select made.id, string_agg(line.value, E'\\n' order by line.n)
			from made join line on (line.n + made.n * 7) % $3::int < $4::int
			group by made.id
			returning document_id, text
		)
		insert into private.document_search (document_id, folded, words)
		select document_id, private.fold_text(text), to_tsvector('simple', private.search_words(text)) from text`,
		[JSON.stringify(lines), DOCUMENTS, lines.length, LINES_OF_EACH]
	);
	await close();
}

if (process.argv[1] === import.meta.filename) {
	printFigures('While the process works hard', await longQueryFigures());
	process.exit(0);
}
