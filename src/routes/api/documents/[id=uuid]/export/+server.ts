import * as v from 'valibot';
import { printComments } from '$lib/comments/print-comments.server.ts';
import { getDocument, recordExport } from '$lib/documents/library/documents.server.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { isLongToWrite, writeFile } from '$lib/documents/library/write-file.server.ts';
import { fileResponse } from '$lib/exports/file-response.ts';
import { EXPORT_FORMATS, isExportFormat } from '$lib/exports/formats.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import { isOwnRead } from '$lib/server/same-origin.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/**
 * The document as it is at this moment, as a file: `?format=docx|txt|html|json`. The audit trail notes it, so it is for our
 * own pages and for programs that show a token; a link from elsewhere gets 403. A long document is answered with 409 and
 * `way`: what to post, and where, to have its file made.
 */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		if (!isOwnRead(event.request, event.url.origin)) throw new Refusal(403, { key: 'library_error_export_elsewhere' });
		const { sql } = app();
		const document = await getDocument(event.locals.supabase, event.params.id);
		const format = event.url.searchParams.get('format') ?? 'docx';
		if (!isExportFormat(format)) throw new Refusal(422, { field: 'format', key: 'library_error_format' });
		const withComments = format === 'docx' && event.url.searchParams.has('comments');
		if (!withComments && (await isLongToWrite(sql, document))) return useJob(document.id, format);
		await recordExport(sql, person.id, document.id, format);

		const comments = withComments ? await printComments(event.locals.supabase, app(), document) : undefined;
		const file = await longWork.run(person.id, () =>
			writeFile(app(), person.id, document, format, { signal: event.request.signal, comments })
		);
		return fileResponse(file);
	});

function useJob(documentId: string, format: string): Response {
	const way = { post: '/api/exports', body: { of: `document:${documentId}`, format } };
	return Response.json({ message: m.exports_error_long(), field: null, way }, { status: 409 });
}

export const _operations: Operations = {
	GET: {
		summary: 'The document as a file, when it is short enough to be made at once. The audit trail notes it.',
		query: v.object({
			format: v.optional(v.picklist(EXPORT_FORMATS)),
			comments: v.optional(v.pipe(v.string(), v.description('Given with docx: what was said of it, as comments of Word.')))
		}),
		refusals: [403, 409],
		answer: { status: 200, is: 'the file', contentType: 'application/octet-stream' }
	}
};
