import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { revisionHeader, revisionSeen } from '$lib/server/edge/preconditions.ts';
import { changeDocument, deleteForGood, findDocument, getDocument } from '$lib/documents/library/documents.server.ts';
import { Deletion, DocumentChange } from '$lib/documents/library/input.ts';
import { app } from '$lib/server/app.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The document's metadata and what the one who asks may do with it. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const document = await getDocument(event.locals.supabase, event.params.id);
		return Response.json(document, { headers: revisionHeader(document.revision) });
	});

/** Changes what is given, together; answers with the document as it is then, or 204 when it is no longer visible. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { id } = event.params;
		const { supabase } = event.locals;
		const change = await readBody(DocumentChange, event.request);
		const { id: found } = await getDocument(supabase, id);
		await changeDocument(supabase, found, revisionSeen(event.request), change);
		if (change.profile) await app().layOut(found, person.id);
		const now = await findDocument(supabase, id);
		return now ? Response.json(now, { headers: revisionHeader(now.revision) }) : new Response(null, { status: 204 });
	});

/** `{reason}`: deletes for good what is in the trash. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { reason } = await readBody(Deletion, event.request);
		await deleteForGood(event.locals.supabase, event.params.id, reason);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	GET: {
		summary: 'A document and what the person may do with it; ETag has its revision.',
		answer: { status: 200, is: 'the document' }
	},
	PATCH: {
		summary: 'Changes title, state, lead agency and profile together; the text keeps its words and follows the profile.',
		body: DocumentChange,
		ifMatch: true,
		refusals: [403],
		answer: { status: 200, is: 'the document as it is then; 204 when it is not visible any more' }
	},
	DELETE: {
		summary: 'Deletes for good what is in the trash.',
		body: Deletion,
		refusals: [403, 409],
		answer: { status: 204, is: 'deleted' }
	}
};
