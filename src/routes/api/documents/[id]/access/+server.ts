import { answering, readJson, signedIn } from '$lib/documents/library/api.server.ts';
import { findSharing, listCandidates, parseRole, parseSubject, share, unshare } from '$lib/documents/library/sharing.server.ts';
import type { RequestHandler } from './$types';

/** Who has access; with `?candidates=words` instead, who could still be given it. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { supabase } = event.locals;
		const words = event.url.searchParams.get('candidates');
		return Response.json(
			words === null ? await findSharing(supabase, event.params.id) : await listCandidates(supabase, event.params.id, words)
		);
	});

/** `{agencyId | personId, role}`: gives access or changes it, and answers with the new list. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const body = await readJson(event.request);
		await share(event.locals.supabase, event.params.id, parseSubject(body), parseRole(body.role));
		return Response.json(await findSharing(event.locals.supabase, event.params.id));
	});

/** `{agencyId | personId}`: takes access back. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await unshare(event.locals.supabase, event.params.id, parseSubject(await readJson(event.request)));
		return Response.json(await findSharing(event.locals.supabase, event.params.id));
	});
