import { m } from '../i18n/paraglide/messages.js';

/** What a person is in a workspace. */
export type WorkspaceRole = 'owner' | 'secretary' | 'member';

/** The same, or a guest: in a workspace only through an invitation to one thing in it. */
export type PlaceRole = WorkspaceRole | 'guest';

export const WORKSPACE_ROLES: readonly WorkspaceRole[] = ['owner', 'secretary', 'member'];

/** The word for a role in the reader's language. */
export function roleName(role: PlaceRole): string {
	return {
		owner: m.common_role_owner,
		secretary: m.common_role_secretary,
		member: m.common_role_member,
		guest: m.common_role_guest
	}[role]();
}

/** The role, and whether its holder heads the agency, as one phrase. */
export function placeName(role: PlaceRole, isHead: boolean): string {
	return isHead ? m.accounts_role_and_head({ role: roleName(role) }) : roleName(role);
}

/** What the role lets one do, in one sentence. */
export function roleMeaning(role: WorkspaceRole): string {
	return {
		owner: m.accounts_role_owner_meaning,
		secretary: m.accounts_role_secretary_meaning,
		member: m.accounts_role_member_meaning
	}[role]();
}

/** The word for a right on one document that can be given; empty for others. */
export function accessName(role: string | null | undefined): string {
	const names: Record<string, () => string> = {
		editor: m.accounts_access_editor,
		commenter: m.accounts_access_commenter,
		viewer: m.accounts_access_viewer
	};
	return names[role ?? '']?.() ?? '';
}
