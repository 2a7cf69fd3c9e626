import * as v from 'valibot';
import { getDocument, recordExport } from '$lib/documents/library/documents.server.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { fileResponse } from '$lib/exports/file-response.ts';
import { CONTENT_TYPES, EXPORT_FORMATS, isExportFormat } from '$lib/exports/formats.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import { serveFile } from '$lib/server/files/serve-file.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { isOwnRead } from '$lib/server/same-origin.ts';
import { fileTitle, frozenDocx, getVersion, writeVersion } from '$lib/versions/versions.server.ts';
import type { RequestHandler } from './$types';

/**
 * A version as a file: `?format=docx|txt|html|json`. The Word file of a frozen one was made when it was frozen and is the
 * same bytes for ever; as JSON it is what its hash is of. The audit trail notes it, so it is for our own pages and for
 * programs that show a token.
 */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		if (!isOwnRead(event.request, event.url.origin)) throw new Refusal(403, { key: 'library_error_export_elsewhere' });
		const version = await getVersion(event.locals.supabase, event.params.id);
		const { title } = await getDocument(event.locals.supabase, version.documentId);
		const format = event.url.searchParams.get('format') ?? 'docx';
		if (!isExportFormat(format)) throw new Refusal(422, { field: 'format', key: 'library_error_format' });
		await recordExport(app().sql, person.id, version.documentId, format);
		const kept = format === 'docx' ? await frozenDocx(app(), version) : null;
		const response = kept
			? serveFile(app().files, { ...kept, contentType: CONTENT_TYPES.docx }, event.request)
			: fileResponse(
					await longWork.run(person.id, () =>
						writeVersion(app(), version, fileTitle(version, title), format, event.request.signal)
					)
				);
		response.headers.set('cache-control', 'private, no-store');
		return response;
	});

export const _operations: Operations = {
	GET: {
		summary: 'A version as a file: `docx` of a frozen one is for ever the same bytes, `json` is what its hash is of.',
		query: v.object({ format: v.optional(v.picklist(EXPORT_FORMATS)) }),
		refusals: [403],
		answer: { status: 200, is: 'the file', contentType: 'application/octet-stream' }
	}
};
