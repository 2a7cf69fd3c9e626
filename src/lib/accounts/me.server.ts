import type { Client } from '../server/client.ts';
import type { PlaceRole } from './roles.ts';
import { findMyProfile, listGuestWorkspaces, listMyWorkspaces } from './workspaces.server.ts';

/** Who asks, as programs see it. */
export interface Me {
	person: {
		id: string;
		fullName: string;
		email: string;
		positionTitle: string;
		locale: 'vi' | 'en';
		theme: 'light' | 'dark' | 'system';
	};
	/** Those of which they are a member first, then those in which they are a guest, who has no agency. */
	workspaces: { id: string; slug: string; name: string; role: PlaceRole; agencyId: string | null }[];
}

/** The person of this client and their workspaces. */
export async function findMe(client: Client, { id, email }: { id: string; email: string }): Promise<Me> {
	const [profile, memberships, visits] = await Promise.all([
		findMyProfile(client, id),
		listMyWorkspaces(client),
		listGuestWorkspaces(client, id)
	]);
	return {
		person: {
			id,
			fullName: profile?.fullName ?? '',
			email,
			positionTitle: profile?.positionTitle ?? '',
			locale: profile?.locale ?? 'vi',
			theme: profile?.theme ?? 'system'
		},
		workspaces: [
			...memberships.map(({ id, slug, name, role, agencyId }) => ({ id, slug, name, role, agencyId })),
			...visits.map(({ id, slug, name }) => ({ id, slug, name, role: 'guest' as const, agencyId: null }))
		]
	};
}
