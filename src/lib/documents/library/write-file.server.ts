import type { PrintedComments } from '../../exports/comment-marks.ts';
import type { ExportedFile } from '../../exports/export-document.ts';
import type { ExportQuestion, exportUpdates } from '../../exports/export-updates.ts';
import type { ExportFormat } from '../../exports/formats.ts';
import type { App } from '../../server/app.ts';
import type { Sql } from '../../server/sql.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import type { ListedDocument } from './documents.ts';
import { fileIdOf, loadImage } from './files.server.ts';

/** What is written within a request at most; beyond it the file is made by a job. A law of 220 articles has 30,000 words. */
const SHORT = { words: 60_000, imageBytes: 40 * 1024 * 1024 };

export interface WriteOptions {
	signal: AbortSignal;
	/** What was said of it, for a Word file. */
	comments?: PrintedComments;
	/** May take a minute, and leaves a thread to shorter work. */
	isLong?: boolean;
	/** Hears how much is done, from 0 to 1. */
	onProgress?: (share: number) => Promise<void>;
}

/** Whether a document is too long to be written while somebody waits for the answer. System door: images count with their bytes. */
export async function isLongToWrite(sql: Sql, { id, wordCount }: Pick<ListedDocument, 'id' | 'wordCount'>): Promise<boolean> {
	if (wordCount > SHORT.words) return true;
	const [{ bytes }] = await sql.query<{ bytes: number }>(
		'select coalesce(sum(f.size_bytes), 0)::float8 as bytes from public.document_files d join public.files f on f.id = d.file_id where d.document_id = $1',
		[id]
	);
	return bytes > SHORT.imageBytes;
}

/** Writes a document as it is at this moment, in a thread; its images are those that the person may see. */
export async function writeFile(
	door: Pick<App, 'sql' | 'files' | 'sync'>,
	personId: string,
	{ id, title, profile }: Pick<ListedDocument, 'id' | 'title' | 'profile'>,
	format: ExportFormat,
	{ signal, comments, isLong, onProgress }: WriteOptions
): Promise<ExportedFile> {
	const order = { updates: await door.sync.readUpdates(id), title, profile, format, comments };
	const answer = async (question: ExportQuestion) => {
		if ('done' in question) return onProgress?.(question.done);
		const fileId = fileIdOf(question.image);
		return fileId ? loadImage(door, personId, fileId) : null;
	};
	return inThread<typeof exportUpdates>('exports/export-updates.ts', 'exportUpdates', order, { answer, signal, isLong });
}
