import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { signInPath } from './redirects.ts';
import { findMyWorkspace, type MyWorkspace } from './workspaces.server.ts';

type Visit = Pick<RequestEvent, 'locals' | 'url'>;

/** The signed-in person; sends a visitor to sign in and back here. */
export function requirePerson({ locals, url }: Visit): { id: string; email: string } {
	if (!locals.person) redirect(303, signInPath(url.pathname + url.search));
	return locals.person;
}

/** The workspace of the address; 404 when the person does not belong to it, as if it did not exist. */
export async function requireWorkspace(event: Visit & { params: { workspace: string } }): Promise<MyWorkspace> {
	requirePerson(event);
	return (await findMyWorkspace(event.locals.supabase, event.params.workspace)) ?? error(404);
}

/** The same for the page of open documents, which its owners may see. */
export async function requireRoomWatcher(event: Visit & { params: { workspace: string } }): Promise<MyWorkspace> {
	const workspace = await requireWorkspace(event);
	if (!workspace.canWatchRooms) error(404);
	return workspace;
}

/** The origin that links in mails and copies begin with. */
export function publicOrigin(configured: string | null, url: URL): string {
	return configured ?? url.origin;
}
