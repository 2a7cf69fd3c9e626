import { m } from '../i18n/paraglide/messages.js';

/** What a person is in a workspace. */
export type WorkspaceRole = 'owner' | 'secretary' | 'member';

export const WORKSPACE_ROLES: readonly WorkspaceRole[] = ['owner', 'secretary', 'member'];

/** The word for a role in the reader's language. */
export function roleName(role: WorkspaceRole): string {
	return { owner: m.common_role_owner, secretary: m.common_role_secretary, member: m.common_role_member }[role]();
}

/** The role, and whether its holder heads the agency, as one phrase. */
export function placeName(role: WorkspaceRole, isHead: boolean): string {
	return isHead ? m.accounts_role_and_head({ role: roleName(role) }) : roleName(role);
}

/** What the role lets one do, in one sentence. */
export function roleMeaning(role: WorkspaceRole): string {
	return { owner: m.accounts_role_owner_meaning, secretary: m.accounts_role_secretary_meaning, member: m.accounts_role_member_meaning }[role]();
}
