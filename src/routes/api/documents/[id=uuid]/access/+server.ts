import * as v from 'valibot';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { Access, Subject } from '$lib/documents/library/input.ts';
import { findSharing, listCandidates, share, unshare } from '$lib/documents/library/sharing.server.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
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

/** `{agencyId | personId | guestId, role}`: gives access or changes it, and answers with the new list. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { role, ...subject } = await readBody(Access, event.request);
		await share(event.locals.supabase, event.params.id, subject, role);
		return Response.json(await findSharing(event.locals.supabase, event.params.id));
	});

/** `{agencyId | personId | guestId}`: takes access back. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await unshare(event.locals.supabase, event.params.id, await readBody(Subject, event.request));
		return Response.json(await findSharing(event.locals.supabase, event.params.id));
	});

export const _operations: Operations = {
	GET: {
		summary: 'Who has access; with candidates, who could still be given it.',
		query: v.object({ candidates: v.optional(v.pipe(v.string(), v.description('Words of a name.'))) }),
		answer: { status: 200, is: '{entries, …}, or a list of agencies and people' }
	},
	PUT: {
		summary: 'Gives access or changes it.',
		body: Access,
		refusals: [403, 409],
		answer: { status: 200, is: 'who has access then' }
	},
	DELETE: {
		summary: 'Takes access back.',
		body: Subject,
		refusals: [403, 409],
		answer: { status: 200, is: 'who has access then' }
	}
};
