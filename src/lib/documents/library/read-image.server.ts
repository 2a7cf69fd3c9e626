import { readForm } from './read-form.server.ts';
import type { Upload } from './upload.server.ts';

/** The bytes of the file in an uploaded form, for a thread; null when it has none. */
export async function readImage(upload: Upload): Promise<Uint8Array | null> {
	return (await readForm(upload))?.file?.bytes ?? null;
}
