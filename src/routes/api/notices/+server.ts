import { findWorkspaceId } from '$lib/documents/library/workspaces.server.ts';
import { listNotices, markNotices } from '$lib/notices/notices.server.ts';
import { NoticeMark, NoticeSearch } from '$lib/notices/notices.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody, readQuery } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The person's notices in a workspace: `?workspace=&unread=true&after=&limit=`; `{items, next, unread}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { workspace, ...search } = readQuery(NoticeSearch, event.url);
		const workspaceId = await findWorkspaceId(event.locals.supabase, workspace ?? null);
		return Response.json(await listNotices(event.locals.supabase, workspaceId, search));
	});

/** Marks notices: `{workspace?, ids?, read?}`; all of the workspace when none is named. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { workspace, ...mark } = await readBody(NoticeMark, event.request);
		const workspaceId = await findWorkspaceId(event.locals.supabase, workspace ?? null);
		await markNotices(event.locals.supabase, workspaceId, mark);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	GET: {
		summary: 'What the person was told in a workspace.',
		query: NoticeSearch,
		answer: { status: 200, is: '{items, next, unread}' }
	},
	PATCH: {
		summary: 'Marks notices as read or unread; all of the workspace when none is named.',
		body: NoticeMark,
		answer: { status: 204, is: 'marked' }
	}
};
