import { error, redirect } from '@sveltejs/kit';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { LAST_WORKSPACE_COOKIE } from '$lib/accounts/last-workspace.ts';
import {
	findMyProfile,
	listGuestWorkspaces,
	listMyWorkspaces,
	type GuestWorkspace,
	type MyWorkspace
} from '$lib/accounts/workspaces.server.ts';
import { parseRail, RAIL_COOKIE } from '$lib/ui/frame/rail.ts';
import { countUnread } from '$lib/notices/notices.server.ts';
import { countWork } from '$lib/notices/work.server.ts';
import type { LayoutServerLoad } from './$types';
import { GUEST_PAGES } from './guest-pages.ts';

const YEAR_SECONDS = 400 * 86_400;

const LIBRARY = '/(app)/[workspace]';
const GUEST_COLOUR = '#4f5a66';

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
	const isGuest = 'organisation' in here;
	if (isGuest && route.id === LIBRARY) redirect(303, `/${here.slug}/invited`);
	if (isGuest ? !GUEST_PAGES.includes(route.id ?? '') : route.id === GUEST_PAGES[0]) error(404);
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
			...placeOf(here)
		},
		can: rightsOf(here)
	};
};

function placeOf(here: MyWorkspace | GuestWorkspace) {
	if ('organisation' in here) {
		const { organisation } = here;
		return {
			role: 'guest' as const,
			isHead: false,
			agencyId: null,
			agencyName: organisation,
			agencyShortName: organisation,
			colour: GUEST_COLOUR
		};
	}
	return {
		role: here.role,
		isHead: here.isHead,
		agencyId: here.agencyId,
		agencyName: here.agencyName,
		agencyShortName: here.agencyShortName,
		colour: here.colour
	};
}

function rightsOf(here: MyWorkspace | GuestWorkspace) {
	if ('organisation' in here)
		return {
			seeWorkspace: false,
			rename: false,
			readAudit: false,
			watchRooms: false,
			invite: false,
			inviteAnyRole: false,
			addAgency: false
		};
	return {
		seeWorkspace: true,
		rename: here.canRename,
		readAudit: here.canReadAudit,
		watchRooms: here.canWatchRooms,
		invite: here.canInvite,
		inviteAnyRole: here.canInviteAnyRole,
		addAgency: here.canAddAgency
	};
}
