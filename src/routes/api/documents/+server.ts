import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { parseFilters } from '$lib/documents/library/filters.ts';
import { NewDocument } from '$lib/documents/library/input.ts';
import { listDocuments } from '$lib/documents/library/list.server.ts';
import { createFromTemplate } from '$lib/documents/library/new-document.server.ts';
import { findWorkspaceId, getStanding } from '$lib/documents/library/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import type { RequestHandler } from './$types';

/** The documents of a workspace (`workspace`: slug or id; for a guest, those they are invited to) that pass the filters of the library's address: `q`, `view`, `state` … */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { searchParams } = event.url;
		const workspaceId = await findWorkspaceId(event.locals.supabase, person.id, searchParams.get('workspace'));
		return Response.json(await listDocuments(event.locals.supabase, workspaceId, parseFilters(searchParams)));
	});

/** `{kind, profile, title, workspace?, agencyId?}`: a new document from the template; answers 201 `{id}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { supabase } = event.locals;
		const input = await readBody(NewDocument, event.request);
		const standing = await getStanding(supabase, person.id, input.workspace ?? null);
		const created = await createFromTemplate(app(), supabase, person, standing, input);
		return Response.json(created, { status: 201, headers: { location: `/api/documents/${created.id}` } });
	});
