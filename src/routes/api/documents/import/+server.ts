import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { importDocument } from '$lib/documents/library/import.server.ts';
import { withUpload } from '$lib/documents/library/upload.server.ts';
import { app } from '$lib/server/app.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/**
 * A form with `file` (Word, web page or text; or the text itself), `profile` and optionally `title`, `workspace` (slug or
 * id; else the person's last one) and `agency` (id; else their own). Answers 201 `{id, title, report}`.
 */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { request, locals } = event;
		const work = () => withUpload(request, (upload) => importDocument(app(), locals.supabase, person, upload, request.signal));
		const imported = await longWork.run(person.id, work);
		return Response.json(imported, { status: 201, headers: { location: `/api/documents/${imported.id}` } });
	});

export const _operations: Operations = {
	POST: {
		summary: 'Makes a document of a file: file, profile, and where wanted title, workspace and agency.',
		body: { contentType: 'multipart/form-data' },
		refusals: [403],
		answer: { status: 201, is: '{id, title, report}' }
	}
};
