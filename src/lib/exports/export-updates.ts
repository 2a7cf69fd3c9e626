import { updatesToJson } from '../documents/schema/body.ts';
import { exportDocument, type ExportedFile, type ExportInput } from './export-document.ts';
import type { LoadImage } from './images.ts';

/** A stored document, given as its updates, and what it is to be written as. */
export interface ExportOrder extends Omit<ExportInput, 'content' | 'loadImage' | 'onProgress'> {
	updates: readonly Uint8Array[];
}

/** What the thread asks the process for, or tells it: an image by its address, or how much is done, from 0 to 1. */
export type ExportQuestion = { image: string } | { done: number };
export type AskProcess = (question: ExportQuestion) => Promise<unknown>;

/** Reading a long text out of its updates takes so much of the whole. */
const READ_SHARE = 0.3;

/** Writes a stored document as a file, for a thread: a law of 220 articles takes half a second as a Word file. */
export async function exportUpdates({ updates, ...input }: ExportOrder, ask: AskProcess): Promise<ExportedFile> {
	const content = updatesToJson(updates);
	await ask({ done: READ_SHARE });
	return exportDocument({
		...input,
		content,
		loadImage: (image) => ask({ image }) as ReturnType<LoadImage>,
		onProgress: (share) => ask({ done: READ_SHARE + (1 - READ_SHARE) * share })
	});
}
