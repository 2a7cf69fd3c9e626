import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../../server/sqlstate.ts';
import type { Sql } from '../../server/sql.ts';
import type { Imported, ImportProblem, ImportReport, ImportRequest } from '../import/index.server.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { createDocument, type NewFile } from './documents.server.ts';

export interface ImportInput {
	bytes: Uint8Array;
	fileName: string;
	profile: ProfileId;
	/** Without one the document's own subject or the file's name is taken. */
	title?: string;
	workspaceId: string;
	leadAgencyId: string;
}

/** What the thread that reads a file answers. */
export type WorkerAnswer = { imported: Imported; files: NewFile[] } | { problem: ImportProblem };

const LONGEST_READ_MS = 120_000;
const MOST_MEMORY_MB = 1024;

const PROBLEM_STATUS: Record<ImportProblem, number> = { empty: 422, broken: 422, large: 413, 'old-word': 415, pdf: 415, rtf: 415, zip: 415, unknown: 415 };

/**
 * Makes a document of a file: its text and images are stored together, or nothing is.
 * @throws Refusal 413, 415 or 422 for the file (its code is `import-` and the problem), 403 as for any new document;
 * the reason of `signal` when that stops the work
 */
export async function importDocument(app: { sql: Sql }, person: { id: string }, input: ImportInput, signal?: AbortSignal): Promise<{ id: string; title: string; report: ImportReport }> {
	const { bytes, fileName, profile, title } = input;
	const answer = await readInThread({ bytes, filename: fileName, profile, title }, signal);
	if ('problem' in answer) throw new Refusal(PROBLEM_STATUS[answer.problem], 'file', `import-${answer.problem}`);
	signal?.throwIfAborted();
	const { imported, files } = answer;
	const { id } = await createDocument(app, person, {
		workspaceId: input.workspaceId,
		title: imported.title,
		profile,
		kind: imported.kind,
		leadAgencyId: input.leadAgencyId,
		content: imported.content,
		files
	});
	return { id, title: imported.title, report: imported.report };
}

/**
 * Reads the file in a thread: half a second of a Word file would otherwise be felt by everybody who is typing, a hostile
 * file costs no more than its thread, and work that is stopped really stops.
 */
function readInThread(request: Omit<ImportRequest, 'storeImage'>, signal?: AbortSignal): Promise<WorkerAnswer> {
	signal?.throwIfAborted();
	const worker = new Worker(workerFile(), { workerData: request, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
	return new Promise<WorkerAnswer>((done, fail) => {
		const stop = () => fail(signal?.reason);
		const timer = setTimeout(() => done({ problem: 'large' }), LONGEST_READ_MS);
		signal?.addEventListener('abort', stop, { once: true });
		worker.once('message', done);
		worker.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? done({ problem: 'large' }) : fail(error)));
		worker.once('exit', (code) => fail(new Error(`the thread that reads files ended with ${code}`)));
		worker.once('exit', () => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
		});
	}).finally(() => worker.terminate());
}

/** The thread runs from its source; a bundle of the pages lies elsewhere, so it is found from the process entry (src/main.ts). */
function workerFile(): string {
	const beside = resolve(import.meta.dirname, 'import-worker.ts');
	return existsSync(beside) ? beside : resolve(dirname(process.argv[1]), 'lib/documents/library/import-worker.ts');
}
