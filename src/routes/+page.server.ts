import { redirect } from '@sveltejs/kit';
import { listGuestWorkspaces, listMyWorkspaces } from '$lib/accounts/workspaces.server.ts';
import { LAST_WORKSPACE_COOKIE } from '$lib/accounts/last-workspace.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, cookies }) => {
	if (!locals.person) redirect(303, '/sign-in');
	const [mine, invited] = await Promise.all([
		listMyWorkspaces(locals.supabase),
		listGuestWorkspaces(locals.supabase, locals.person.id)
	]);
	const workspaces = [...mine, ...invited];
	const last = cookies.get(LAST_WORKSPACE_COOKIE);
	const home = workspaces.find(({ slug }) => slug === last) ?? workspaces[0];
	if (home) redirect(303, `/${home.slug}`);
	return { personId: locals.person.id, email: locals.person.email };
};
