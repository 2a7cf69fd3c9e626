import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { getDocument } from '$lib/documents/library/documents.server.ts';
import { addImage } from '$lib/documents/library/files.server.ts';
import type { readImage } from '$lib/documents/library/read-image.server.ts';
import { withUpload } from '$lib/documents/library/upload.server.ts';
import { app } from '$lib/server/app.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import { inThread } from '$lib/server/threads/in-thread.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** A form with one `file`, an image: answers `{id, url}`, where `url` is what the document stores. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const document = await getDocument(event.locals.supabase, event.params.id);
		if (!document.canWrite) throw new Refusal(403);
		const { request } = event;
		const work = () =>
			withUpload(request, (upload) =>
				inThread<typeof readImage>('documents/library/read-image.server.ts', 'readImage', upload, { signal: request.signal })
			);
		const bytes = await longWork.run(person.id, work);
		if (!bytes) throw new Refusal(422, { field: 'file', key: 'library_error_file' });
		const added = await addImage(app(), person.id, document, bytes);
		return Response.json(added, { status: 201 });
	});

export const _operations: Operations = {
	POST: {
		summary: 'Takes an image for the document.',
		body: { contentType: 'multipart/form-data' },
		refusals: [403],
		answer: { status: 201, is: '{id, url}' }
	}
};
