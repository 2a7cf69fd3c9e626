import { isHttpError } from '@sveltejs/kit';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../server/config.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import { LARGEST_IMAGE_BYTES } from './files.server.ts';

const MEGABYTE = 1024 * 1024;
/** What the boundaries and other fields of a form may add to its file. */
const FORM_OVERHEAD_BYTES = 256 * 1024;
const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

function importBytes({ maxUploadMb }: Config): number {
	return maxUploadMb * MEGABYTE + FORM_OVERHEAD_BYTES;
}

/** What the routes that take files read at most, in bytes, by the id of the route; all others take less. */
export const LARGEST_FORM_BYTES: Record<string, (config: Config) => number> = {
	'/api/documents/import': importBytes,
	'/(app)/[workspace]/documents/import': importBytes,
	'/api/documents/[id=uuid]/files': () => LARGEST_IMAGE_BYTES + FORM_OVERHEAD_BYTES
};

/** A form as it was sent, in a file; `readForm` reads it, in a thread. */
export interface Upload {
	path: string;
	contentType: string;
}

/**
 * Writes the form that a request brings to the disk, piece by piece, and deletes it when `work` is done.
 * @throws Refusal 413, 422 when it is no form; what `work` throws
 */
export async function withUpload<T>(request: Request, work: (upload: Upload) => Promise<T>): Promise<T> {
	const contentType = request.headers.get('content-type') ?? '';
	if (!request.body || !FORM.test(contentType)) throw new Refusal(422, { field: 'file', key: 'library_error_file' });
	const folder = await mkdtemp(join(tmpdir(), 'plenum-upload-'));
	try {
		const path = join(folder, 'form');
		await pipeline(Readable.fromWeb(request.body as never), createWriteStream(path, { mode: 0o600 }));
		return await work({ path, contentType });
	} catch (error) {
		throw isHttpError(error, 413) ? new Refusal(413, { field: 'file', key: 'library_error_too_large', cause: error }) : error;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
