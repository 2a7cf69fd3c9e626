import { formatNumber } from '../../i18n/formats.ts';
import type { App } from '../../server/app.ts';
import type { Client } from '../../server/client.ts';
import { Refusal, type About } from '../../server/edge/refusal.ts';
import { meaning } from '../../server/edge/sqlstate.ts';
import { inThread, ThreadOutOfMemory, ThreadOverdue } from '../../server/threads/in-thread.ts';
import { IMPORT_LIMITS } from '../import/limits.ts';
import type { ImportProblem, ImportReport } from '../import/index.server.ts';
import { createDocument } from './documents.server.ts';
import type { readImport, ReadImport } from './read-import.server.ts';
import type { Upload } from './upload.server.ts';
import { getStanding } from './workspaces.server.ts';

const LONGEST_READ_MS = 60_000;

const PROBLEMS: Record<ImportProblem, { status: number; key: About['key'] }> = {
	empty: { status: 422, key: 'library_error_import_empty' },
	broken: { status: 422, key: 'library_error_import_broken' },
	large: { status: 413, key: 'library_error_import_large' },
	'old-word': { status: 415, key: 'library_error_import_old_word' },
	pdf: { status: 415, key: 'library_error_import_pdf' },
	rtf: { status: 415, key: 'library_error_import_rtf' },
	zip: { status: 415, key: 'library_error_import_zip' },
	unknown: { status: 415, key: 'library_error_wrong_type' }
};
const LACKING = { file: 'library_error_file', profile: 'library_error_profile' } as const;
const NO_SUCH_AGENCY = { field: 'agency', key: 'library_error_agency' } as const;

/**
 * Makes a document of an uploaded form: `file`, `profile` and optionally `title` (else the document's own subject or the
 * file's name), `workspace` (slug or id; else the person's last one) and `agency` (id; else their own). Text and images
 * are stored together, or nothing is.
 * @throws Refusal 413, 415 or 422 for the file, 422 for another field, 404 for the
 * workspace, 403 as for any new document; the reason of `signal` when that stops the work
 */
export async function importDocument(
	app: Pick<App, 'sql' | 'files'>,
	supabase: Client,
	person: { id: string },
	upload: Upload,
	signal?: AbortSignal
): Promise<{ id: string; title: string; report: ImportReport }> {
	const read = await readInThread(upload, signal);
	if ('lacking' in read) throw new Refusal(422, { field: read.lacking, key: LACKING[read.lacking] });
	if ('problem' in read) throw refusalFor(read.problem);
	const { workspace, agencyId, report, ...document } = read;
	const standing = await getStanding(supabase, workspace);
	signal?.throwIfAborted();
	const made = createDocument(app, person, {
		...document,
		workspaceId: standing.id,
		leadAgencyId: agencyId ?? standing.agencyId
	});
	const { id } = await meaning(made, { 23503: NO_SUCH_AGENCY, '22P02': NO_SUCH_AGENCY, PL003: { field: 'agency' } });
	return { id, title: document.title, report };
}

function refusalFor(problem: ImportProblem): Refusal {
	const { status, key } = PROBLEMS[problem];
	const { depth, ...amounts } = IMPORT_LIMITS;
	const written = Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, formatNumber(amount)]));
	return new Refusal(status, { field: 'file', key, params: problem === 'large' ? { ...written, depth } : {} });
}

/** Reads the form in a thread: a hostile one costs no more than that, and work that is stopped really stops. */
async function readInThread(upload: Upload, signal?: AbortSignal): Promise<ReadImport> {
	try {
		return await inThread<typeof readImport>('documents/library/read-import.server.ts', 'readImport', upload, {
			signal,
			longestMs: LONGEST_READ_MS,
			isLong: true
		});
	} catch (error) {
		if (error instanceof ThreadOverdue || error instanceof ThreadOutOfMemory) return { problem: 'large' };
		throw error;
	}
}
