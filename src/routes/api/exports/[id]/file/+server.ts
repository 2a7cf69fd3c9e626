import { answering, signedIn } from '$lib/documents/library/api.server.ts';
import { fetchExport } from '$lib/documents/library/exports.server.ts';
import { CONTENT_TYPES } from '$lib/exports/formats.ts';
import { app } from '$lib/server/app.ts';
import { serveFile } from '$lib/server/files/serve-file.ts';
import { isOwnRead } from '$lib/server/same-origin.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import type { RequestHandler } from './$types';

/**
 * The bytes of an export, whole or a stretch (Range); 409 while it is not made. The audit trail notes the first time, so it
 * is for our own pages and for programs that show a token.
 */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		if (!isOwnRead(event.request, event.url.origin)) throw new Refusal(403, null, 'export-from-elsewhere');
		const { file, format } = await fetchExport(app(), event.locals.supabase, person.id, event.params.id);
		const response = serveFile(app().files, { ...file, contentType: CONTENT_TYPES[format] }, event.request);
		response.headers.set('cache-control', 'private, no-store');
		return response;
	});
