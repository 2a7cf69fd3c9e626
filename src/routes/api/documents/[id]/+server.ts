import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import {
	changeLeadAgency,
	changeState,
	deleteForGood,
	getDocument,
	renameDocument
} from '$lib/documents/library/documents.server.ts';
import { Deletion, DocumentChange } from '$lib/documents/library/input.ts';
import type { RequestHandler } from './$types';

/** The document's metadata and what the one who asks may do with it. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await getDocument(event.locals.supabase, event.params.id));
	});

/** `{title?, state?, leadAgencyId?}`: answers with the document as it is then, or 204 when it is no longer visible. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = event.params;
		const { supabase } = event.locals;
		const { title, state, leadAgencyId } = await readBody(DocumentChange, event.request);
		if (title !== undefined) await renameDocument(supabase, id, title);
		if (state !== undefined) await changeState(supabase, id, state);
		if (leadAgencyId !== undefined) await changeLeadAgency(supabase, id, leadAgencyId);
		const now = await getDocument(supabase, id).catch(() => null);
		return now ? Response.json(now) : new Response(null, { status: 204 });
	});

/** `{reason}`: deletes for good what is in the trash. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { reason } = await readBody(Deletion, event.request);
		await deleteForGood(event.locals.supabase, event.params.id, reason);
		return new Response(null, { status: 204 });
	});
