import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody, readQuery } from '$lib/server/edge/input.ts';
import { revisionHeader, revisionSeen } from '$lib/server/edge/preconditions.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { findSides } from '$lib/versions/compare/comparing.server.ts';
import { explain, listExplanations } from '$lib/versions/compare/explanations.server.ts';
import { Explaining, PairQuery } from '$lib/versions/compare/input.ts';
import type { RequestHandler } from './$types';

/** What was explained of two texts: `{items}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const found = await findSides(event.locals.supabase, readQuery(PairQuery, event.url));
		return Response.json({ items: await listExplanations(event.locals.supabase, found), next: null });
	});

/** `{before, after, uid, text}` with the revision seen in If-Match, 0 for a row that is not explained; answers with it. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { uid, text, ...sides } = await readBody(Explaining, event.request);
		const revision = revisionSeen(event.request);
		const found = await findSides(event.locals.supabase, sides);
		const explained = await explain(event.locals.supabase, found, { uid, text }, revision);
		return Response.json(explained, { headers: revisionHeader(explained.revision) });
	});

export const _operations: Operations = {
	GET: {
		summary: 'Why the rows of a comparison were changed, as far as that was explained.',
		query: PairQuery,
		refusals: [422],
		answer: { status: 200, is: '{items, next}' }
	},
	PUT: {
		summary: 'Explains one row of a comparison; who may edit the document of the later text may.',
		body: Explaining,
		ifMatch: true,
		refusals: [403, 409],
		answer: { status: 200, is: 'the explanation as it is then' }
	}
};
