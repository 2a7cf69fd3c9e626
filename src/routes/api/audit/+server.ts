import { listAuditEvents } from '$lib/accounts/audit.server.ts';
import { AuditSearch } from '$lib/accounts/audit-search.ts';
import { getWatchedId } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The audit trail of a workspace, the newest first: `?workspace=&group=&from=&to=&after=&limit=`; `{items, next}`; for its owners. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { workspace, after, ...filter } = readQuery(AuditSearch, event.url);
		const id = await getWatchedId(event.locals.supabase, workspace ?? null);
		const { events, more } = await listAuditEvents(event.locals.supabase, id, { ...filter, before: after });
		return Response.json({ items: events, next: more ? String(events.at(-1)?.id) : null });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The audit trail of a workspace, the newest first; for its owners.',
		query: AuditSearch,
		answer: {
			status: 200,
			is: '{items: [{id, personId, personName, verb, objectType, objectId, objectLabel, details, happenedAt}], next}'
		}
	}
};
