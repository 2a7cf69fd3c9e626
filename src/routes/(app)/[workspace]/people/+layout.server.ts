import { listAgencies } from '$lib/accounts/agencies.server.ts';
import { listGuests } from '$lib/accounts/guests.server.ts';
import { listInvitations } from '$lib/accounts/invitations.server.ts';
import { listMembers, listPasswordRequests } from '$lib/accounts/members.server.ts';
import type { LayoutServerLoad } from './$types';

/** One reading for the three tabs: they show one another's numbers and names. */
export const load: LayoutServerLoad = async ({ parent, locals, depends }) => {
	depends('plenum:people');
	const { workspace } = await parent();
	const [members, guests, agencies, invitations, passwordRequests] = await Promise.all([
		listMembers(locals.supabase, workspace.id),
		listGuests(locals.supabase, workspace.id),
		listAgencies(locals.supabase, workspace.id),
		listInvitations(locals.supabase, workspace.id),
		listPasswordRequests(locals.supabase)
	]);
	return {
		members,
		guests,
		agencies,
		openAgencies: agencies.filter(({ closedOn }) => closedOn === null),
		invitations,
		passwordRequests
	};
};
