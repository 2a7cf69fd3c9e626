import { parseFilters } from '$lib/documents/library/filters.ts';
import { NewDocument } from '$lib/documents/library/input.ts';
import { listDocuments } from '$lib/documents/library/list.server.ts';
import { createFromTemplate } from '$lib/documents/library/new-document.server.ts';
import { findWorkspaceId, getStanding } from '$lib/documents/library/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { placeAfter, readPaging } from '$lib/server/edge/paging.ts';
import { idempotencyKey } from '$lib/server/edge/preconditions.ts';
import { once } from '$lib/server/idempotency.ts';
import type { RequestHandler } from './$types';

/** The documents of a workspace (for a guest, those they are invited to) that pass the filters of the library's address: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { searchParams } = event.url;
		const workspaceId = await findWorkspaceId(event.locals.supabase, person.id, searchParams.get('workspace'));
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
		const standing = await getStanding(supabase, person.id, input.workspace ?? null);
		const attempt = { personId: person.id, route: event.route.id, key: idempotencyKey(event.request), input };
		const { id } = await once<{ id: string }>(app().sql, attempt, (remember) =>
			createFromTemplate(app(), supabase, person, standing, input, remember)
		);
		return Response.json({ id }, { status: 201, headers: { location: `/api/documents/${id}` } });
	});
