import { answering, signedIn } from '$lib/documents/library/api.server.ts';
import { getDocument } from '$lib/documents/library/documents.server.ts';
import { addImage, LARGEST_IMAGE_BYTES } from '$lib/documents/library/files.server.ts';
import { readForm } from '$lib/documents/library/read-form.server.ts';
import { app } from '$lib/server/app.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import type { RequestHandler } from './$types';

/** A form with one `file`, an image: answers `{id, url}`, where `url` is what the document stores. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const document = await getDocument(event.locals.supabase, event.params.id);
		if (!document.canEdit) throw new Refusal(403);
		const file = (await readForm(event.request, LARGEST_IMAGE_BYTES)).get('file');
		if (!(file instanceof File)) throw new Refusal(422, 'file');
		if (file.size > LARGEST_IMAGE_BYTES) throw new Refusal(413, 'file');
		const added = await addImage(app().sql, person.id, document.id, new Uint8Array(await file.arrayBuffer()));
		return Response.json(added, { status: 201 });
	});
