import { countDocumentGaps } from '$lib/documents/library/document-gaps.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** How many places of the document are unfinished, by kind, as it is at this moment: to ask before it leaves as a file. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const counts = await countDocumentGaps(app(), event.locals.supabase, event.params.id);
		return Response.json({ counts }, { headers: { 'cache-control': 'private, no-store' } });
	});

export const _operations: Operations = {
	GET: {
		summary:
			'How much of a document is unfinished: places to fill in, empty fields, provisions without words, broken references.',
		answer: { status: 200, is: '{counts: {placeholder, empty-field, empty-provision, broken-reference}}' }
	}
};
