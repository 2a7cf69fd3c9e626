import { findMe } from '$lib/accounts/me.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { RequestHandler } from './$types';

/** Who asks, and where they belong: `{person, workspaces: [{id, slug, name, role, agencyId}]}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => Response.json(await findMe(event.locals.supabase, signedIn(event))));
