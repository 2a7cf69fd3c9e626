import { fetchExport } from '$lib/documents/library/exports.server.ts';
import { CONTENT_TYPES } from '$lib/exports/formats.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { serveFile } from '$lib/server/files/serve-file.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import { isOwnRead } from '$lib/server/same-origin.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/**
 * The bytes of an export, whole or a stretch (Range); 409 while it is not made. The audit trail notes the first time, so it
 * is for our own pages and for programs that show a token.
 */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		if (!isOwnRead(event.request, event.url.origin)) throw new Refusal(403, { key: 'library_error_export_elsewhere' });
		const { file, format } = await fetchExport(app(), event.locals.supabase, person.id, event.params.id);
		const response = serveFile(app().files, { ...file, contentType: CONTENT_TYPES[format] }, event.request);
		response.headers.set('cache-control', 'private, no-store');
		return response;
	});

export const _operations: Operations = {
	GET: {
		summary: 'The file that was made, whole or a stretch (Range).',
		refusals: [403, 409],
		answer: { status: 200, is: 'the file', contentType: 'application/octet-stream' }
	}
};
