import { Refusal } from '../../server/sqlstate.ts';
import type { Sql } from '../../server/sql.ts';
import { inThread, ThreadOutOfMemory, ThreadOverdue } from '../../server/threads/in-thread.ts';
import type { ImportProblem, ImportReport } from '../import/index.server.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { createDocument } from './documents.server.ts';
import type { readImport, ReadImport } from './read-import.server.ts';

export interface ImportInput {
	bytes: Uint8Array;
	fileName: string;
	profile: ProfileId;
	/** Without one the document's own subject or the file's name is taken. */
	title?: string;
	workspaceId: string;
	leadAgencyId: string;
}

const LONGEST_READ_MS = 120_000;

const PROBLEM_STATUS: Record<ImportProblem, number> = { empty: 422, broken: 422, large: 413, 'old-word': 415, pdf: 415, rtf: 415, zip: 415, unknown: 415 };

/**
 * Makes a document of a file: its text and images are stored together, or nothing is.
 * @throws Refusal 413, 415 or 422 for the file (its code is `import-` and the problem), 403 as for any new document;
 * the reason of `signal` when that stops the work
 */
export async function importDocument(app: { sql: Sql }, person: { id: string }, input: ImportInput, signal?: AbortSignal): Promise<{ id: string; title: string; report: ImportReport }> {
	const { bytes, fileName, profile } = input;
	const answer = await readInThread({ bytes, filename: fileName, profile, title: input.title }, signal);
	if ('problem' in answer) throw new Refusal(PROBLEM_STATUS[answer.problem], 'file', `import-${answer.problem}`);
	signal?.throwIfAborted();
	const { title, kind, report, first, files } = answer;
	const { workspaceId, leadAgencyId } = input;
	const { id } = await createDocument(app, person, { workspaceId, title, profile, kind, leadAgencyId, first, files });
	return { id, title, report };
}

/** Reads the file in a thread: a hostile one costs no more than that, and work that is stopped really stops. */
async function readInThread(request: Parameters<typeof readImport>[0], signal?: AbortSignal): Promise<ReadImport> {
	try {
		return await inThread<typeof readImport>('documents/library/read-import.server.ts', 'readImport', request, { signal, longestMs: LONGEST_READ_MS, isLong: true });
	} catch (error) {
		if (error instanceof ThreadOverdue || error instanceof ThreadOutOfMemory) return { problem: 'large' };
		throw error;
	}
}
