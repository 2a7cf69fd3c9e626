import type { SupabaseClient } from '@supabase/supabase-js';
import type { App } from '../../server/app.ts';
import { Refusal } from '../../server/sqlstate.ts';
import { inThread, ThreadOutOfMemory, ThreadOverdue } from '../../server/threads/in-thread.ts';
import type { ImportProblem, ImportReport } from '../import/index.server.ts';
import { createDocument } from './documents.server.ts';
import type { readImport, ReadImport } from './read-import.server.ts';
import type { Upload } from './upload.server.ts';
import { getStanding } from './workspaces.server.ts';

const LONGEST_READ_MS = 60_000;

const PROBLEM_STATUS: Record<ImportProblem, number> = {
	empty: 422,
	broken: 422,
	large: 413,
	'old-word': 415,
	pdf: 415,
	rtf: 415,
	zip: 415,
	unknown: 415
};

/**
 * Makes a document of an uploaded form: `file`, `profile` and optionally `title` (else the document's own subject or the
 * file's name), `workspace` (slug or id; else the person's last one) and `agency` (id; else their own). Text and images
 * are stored together, or nothing is.
 * @throws Refusal 413, 415 or 422 for the file (its code is `import-` and the problem), 422 for another field, 404 for the
 * workspace, 403 as for any new document; the reason of `signal` when that stops the work
 */
export async function importDocument(
	app: Pick<App, 'sql' | 'files'>,
	supabase: SupabaseClient,
	person: { id: string },
	upload: Upload,
	signal?: AbortSignal
): Promise<{ id: string; title: string; report: ImportReport }> {
	const read = await readInThread(upload, signal);
	if ('lacking' in read) throw new Refusal(422, read.lacking);
	if ('problem' in read) throw new Refusal(PROBLEM_STATUS[read.problem], 'file', `import-${read.problem}`);
	const { workspace, agencyId, report, ...document } = read;
	const standing = await getStanding(supabase, person.id, workspace);
	signal?.throwIfAborted();
	const { id } = await createDocument(app, person, {
		...document,
		workspaceId: standing.id,
		leadAgencyId: agencyId ?? standing.agencyId
	});
	return { id, title: document.title, report };
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
