import { error } from '@sveltejs/kit';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { LAST_WORKSPACE_COOKIE } from '$lib/accounts/last-workspace.ts';
import { findMyProfile, listMyWorkspaces } from '$lib/accounts/workspaces.server.ts';
import type { LayoutServerLoad } from './$types';

const YEAR_SECONDS = 400 * 86_400;

/** What the shell shows on every page: the workspace, the person in it, and the other workspaces. */
export const load: LayoutServerLoad = async ({ params, locals, url, cookies }) => {
	const person = requirePerson({ locals, url });
	const [workspaces, profile] = await Promise.all([listMyWorkspaces(locals.supabase), findMyProfile(locals.supabase, person.id)]);
	const here = workspaces.find(({ slug }) => slug === params.workspace);
	if (!here || !profile) error(404);
	if (cookies.get(LAST_WORKSPACE_COOKIE) !== here.slug) {
		cookies.set(LAST_WORKSPACE_COOKIE, here.slug, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' });
	}
	return {
		workspace: { id: here.id, name: here.name, slug: here.slug },
		workspaces: workspaces.map(({ id, name, slug }) => ({ id, name, slug })),
		me: {
			personId: profile.id,
			fullName: profile.full_name,
			positionTitle: profile.position_title,
			email: profile.email,
			locale: profile.locale,
			theme: profile.theme,
			role: here.role,
			isHead: here.is_head,
			agencyId: here.agency_id,
			agencyName: here.agency_name,
			agencyShortName: here.agency_short_name,
			colour: here.colour
		},
		can: {
			rename: here.can_rename,
			readAudit: here.can_read_audit,
			watchRooms: here.can_watch_rooms,
			invite: here.can_invite,
			inviteAnyRole: here.can_invite_any_role,
			addAgency: here.can_add_agency
		}
	};
};
