import { error, redirect } from '@sveltejs/kit';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { LAST_WORKSPACE_COOKIE } from '$lib/accounts/last-workspace.ts';
import { standingIn } from '$lib/accounts/standing.server.ts';
import { findMyProfile, listGuestWorkspaces, listMyWorkspaces } from '$lib/accounts/workspaces.server.ts';
import { parseRail, RAIL_COOKIE } from '$lib/ui/frame/rail.ts';
import { countUnread } from '$lib/notices/notices.server.ts';
import { countWork } from '$lib/notices/work.server.ts';
import type { LayoutServerLoad } from './$types';
import { GUEST_PAGES } from './guest-pages.ts';

const YEAR_SECONDS = 400 * 86_400;

const LIBRARY = '/(app)/[workspace]';

/** What the shell shows on every page: the workspace, the person in it, and the other workspaces. */
export const load: LayoutServerLoad = async ({ params, locals, url, route, cookies, depends }) => {
	const person = requirePerson({ locals, url });
	depends('plenum:waiting');
	const [mine, invited, profile] = await Promise.all([
		listMyWorkspaces(locals.supabase),
		listGuestWorkspaces(locals.supabase, person.id),
		findMyProfile(locals.supabase, person.id)
	]);
	const workspaces = [...mine, ...invited];
	const here = workspaces.find(({ slug }) => slug === params.workspace);
	if (!here || !profile) error(404);
	const { place, can } = standingIn(here);
	if (!can.seeWorkspace && route.id === LIBRARY) redirect(303, `/${here.slug}/invited`);
	if (can.seeWorkspace ? route.id === GUEST_PAGES[0] : !GUEST_PAGES.includes(route.id ?? '')) error(404);
	if (cookies.get(LAST_WORKSPACE_COOKIE) !== here.slug) {
		cookies.set(LAST_WORKSPACE_COOKIE, here.slug, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' });
	}
	const [unread, work] = await Promise.all([countUnread(locals.supabase, here.id), countWork(locals.supabase, here.id)]);
	return {
		waiting: { unread, work },
		rail: parseRail(cookies.get(RAIL_COOKIE)),
		workspace: { id: here.id, name: here.name, slug: here.slug },
		workspaces: workspaces.map(({ id, name, slug }) => ({ id, name, slug })),
		me: {
			personId: profile.id,
			fullName: profile.fullName,
			positionTitle: profile.positionTitle,
			email: person.email,
			locale: profile.locale,
			theme: profile.theme,
			spellcheck: profile.spellcheck,
			...place
		},
		can
	};
};
