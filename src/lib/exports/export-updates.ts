import { updatesToJson } from '../documents/schema/body.ts';
import { exportDocument, type ExportedFile, type ExportInput } from './export-document.ts';
import type { LoadImage } from './images.ts';

/** A stored document, given as its updates, and what it is to be written as. */
export interface ExportOrder extends Omit<ExportInput, 'content' | 'loadImage'> {
	updates: readonly Uint8Array[];
}

/** Writes a stored document as a file, for a thread: a law of 220 articles takes half a second as a Word file. */
export function exportUpdates({ updates, ...input }: ExportOrder, loadImage: LoadImage): Promise<ExportedFile> {
	return exportDocument({ ...input, content: updatesToJson(updates), loadImage });
}
