import { findMe } from '$lib/accounts/me.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Who asks, and where they belong: `{person, workspaces: [{id, slug, name, role, agencyId}]}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => Response.json(await findMe(event.locals.supabase, signedIn(event))));

export const _operations: Operations = {
	GET: {
		summary: 'Who asks, and where they belong.',
		answer: {
			status: 200,
			is: '{person: {id, name, email, positionTitle, locale, theme}, workspaces: [{id, slug, name, role, agencyId}]}'
		}
	}
};
