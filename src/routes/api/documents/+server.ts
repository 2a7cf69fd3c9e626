import * as v from 'valibot';
import { STATES } from '$lib/documents/library/documents.ts';
import { parseFilters, VIEWS } from '$lib/documents/library/filters.ts';
import { NewDocument } from '$lib/documents/library/input.ts';
import { listDocuments } from '$lib/documents/library/list.server.ts';
import { createFromTemplate } from '$lib/documents/library/new-document.server.ts';
import { findWorkspaceId, getStanding } from '$lib/documents/library/workspaces.server.ts';
import { PROFILE_IDS } from '$lib/documents/schema/profiles.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { PAGING, WORKSPACE, placeAfter, readPaging } from '$lib/server/edge/paging.ts';
import { idempotencyKey } from '$lib/server/edge/preconditions.ts';
import { once } from '$lib/server/idempotency.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The documents of a workspace (for a guest, those they are invited to) that pass the filters of the library's address: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { searchParams } = event.url;
		const workspaceId = await findWorkspaceId(event.locals.supabase, searchParams.get('workspace'));
		const { after, limit } = readPaging(searchParams);
		const from = placeAfter(after);
		const filters = { ...parseFilters(searchParams), shown: limit };
		const { documents: items, total } = await listDocuments(event.locals.supabase, workspaceId, filters, from);
		const seen = from + items.length;
		return Response.json({ items, next: items.length > 0 && seen < total ? String(seen) : null, total });
	});

/** A new document from the template of its kind and layout: answers 201 `{id}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { supabase } = event.locals;
		const input = await readBody(NewDocument, event.request);
		const standing = await getStanding(supabase, input.workspace ?? null);
		const attempt = { personId: person.id, route: event.route.id, key: idempotencyKey(event.request), input };
		const { id } = await once<{ id: string }>(app().sql, attempt, (remember) =>
			createFromTemplate(app(), supabase, person, standing, input, remember)
		);
		return Response.json({ id }, { status: 201, headers: { location: `/api/documents/${id}` } });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The documents of a workspace that the person sees; a guest, those to which they are invited.',
		query: v.object({
			workspace: WORKSPACE,
			...PAGING,
			q: v.optional(v.pipe(v.string(), v.description('Words to look for in title and text.'))),
			view: v.optional(v.picklist(VIEWS)),
			state: v.optional(v.picklist(STATES)),
			profile: v.optional(v.picklist(PROFILE_IDS)),
			agency: v.optional(v.pipe(v.string(), v.description('Id of the lead agency.'))),
			sort: v.optional(v.pipe(v.string(), v.description('edited, title or created, with -up or -down.')))
		}),
		answer: { status: 200, is: '{items: [a document and what the person may do with it], next, total}' }
	},
	POST: {
		summary: 'Creates a document from the template of its kind and layout.',
		body: NewDocument,
		idempotent: true,
		refusals: [403],
		answer: { status: 201, is: '{id}' }
	}
};
