import type { CamelKeys } from '../base/camel-keys.ts';
import type { Row } from '../server/client.ts';
import { m } from '../i18n/paraglide/messages.js';
import { accessName, placeName } from './roles.ts';

/** One line of the trail, under the names of that day; an empty `personName` for what the system did. */
export type AuditEvent = CamelKeys<Omit<Row<'audit_events'>, 'workspace_id' | 'details'>> & { details: AuditDetails };

export interface AuditDetails {
	/** An agency or a person concerned besides the object. */
	subject?: string | null;
	role?: string | null;
	roleBefore?: string | null;
	nameBefore?: string | null;
	head?: boolean | null;
	state?: string | null;
	profile?: string | null;
	format?: string | null;
	reason?: string | null;
}

/** Kinds of events one can ask for, each with its verbs. */
export const AUDIT_GROUPS = {
	sharing: ['shared', 'guest_joined', 'access_changed', 'access_removed', 'lead_changed'],
	documents: [
		'created',
		'moved',
		'profile_changed',
		'disconnected',
		'frozen',
		'reverted',
		'revert_taken_back',
		'proposal_accepted',
		'proposal_declined',
		'proposal_withdrawn',
		'thread_hidden',
		'thread_shown'
	],
	exports: ['exported'],
	deletion: ['trashed', 'restored', 'deleted'],
	people: [
		'joined',
		'member_changed',
		'member_removed',
		'invited',
		'invitation_revoked',
		'invitation_restored',
		'password_offered',
		'password_reset',
		'token_added',
		'token_revoked'
	],
	agencies: ['agency_added', 'agency_changed', 'agency_deleted', 'workspace_created', 'workspace_renamed']
} as const;

export type AuditGroup = keyof typeof AUDIT_GROUPS;

/** The word for a group of events. */
export function auditGroupName(group: AuditGroup): string {
	return {
		sharing: m.accounts_audit_group_sharing,
		documents: m.accounts_audit_group_documents,
		exports: m.accounts_audit_group_exports,
		deletion: m.accounts_audit_group_deletion,
		people: m.accounts_audit_group_people,
		agencies: m.accounts_audit_group_agencies
	}[group]();
}

/** What was done, in words and without the object: "shared", "added an agency". */
export function auditVerb(verb: string): string {
	return VERBS[verb]?.() ?? m.accounts_audit_verb_other();
}

/** What else there is to know: with whom, from what to what; empty when the verb and the object say it all. */
export function auditDetail({ verb, details }: AuditEvent): string {
	const subject = details.subject ?? '';
	switch (verb) {
		case 'shared':
		case 'guest_joined':
		case 'access_changed':
			return m.accounts_audit_detail_access({ subject, role: accessName(details.role) });
		case 'access_removed':
		case 'lead_changed':
		case 'frozen':
		case 'reverted':
		case 'revert_taken_back':
		case 'proposal_accepted':
		case 'proposal_declined':
		case 'proposal_withdrawn':
		case 'token_added':
		case 'token_revoked':
			return subject;
		case 'deleted':
		case 'thread_hidden':
			return details.reason ?? '';
		case 'moved':
			return [stateName(details.state), details.reason].filter(Boolean).join(' · ');
		case 'profile_changed':
			return profileName(details.profile);
		case 'exported':
			return (details.format ?? '').toUpperCase();
		case 'joined':
		case 'invited':
			return m.accounts_audit_detail_access({ subject, role: workspaceRoleName(details.role, !!details.head) });
		case 'member_changed':
			return details.roleBefore
				? m.accounts_audit_detail_role({
						subject,
						before: workspaceRoleName(details.roleBefore),
						after: workspaceRoleName(details.role)
					})
				: m.accounts_audit_detail_access({ subject, role: workspaceRoleName(details.role, !!details.head) });
		case 'agency_changed':
		case 'workspace_renamed':
			return details.nameBefore ? m.accounts_audit_detail_before({ name: details.nameBefore }) : '';
		default:
			return '';
	}
}

const VERBS: Record<string, () => string> = {
	created: m.accounts_audit_verb_created,
	deleted: m.accounts_audit_verb_deleted,
	trashed: m.accounts_audit_verb_trashed,
	restored: m.accounts_audit_verb_restored,
	moved: m.accounts_audit_verb_moved,
	profile_changed: m.accounts_audit_verb_profile_changed,
	disconnected: m.accounts_audit_verb_disconnected,
	frozen: m.accounts_audit_verb_frozen,
	reverted: m.accounts_audit_verb_reverted,
	revert_taken_back: m.accounts_audit_verb_revert_taken_back,
	proposal_accepted: m.accounts_audit_verb_proposal_accepted,
	proposal_declined: m.accounts_audit_verb_proposal_declined,
	proposal_withdrawn: m.accounts_audit_verb_proposal_withdrawn,
	thread_hidden: m.accounts_audit_verb_thread_hidden,
	thread_shown: m.accounts_audit_verb_thread_shown,
	shared: m.accounts_audit_verb_shared,
	guest_joined: m.accounts_audit_verb_guest_joined,
	access_changed: m.accounts_audit_verb_access_changed,
	access_removed: m.accounts_audit_verb_access_removed,
	lead_changed: m.accounts_audit_verb_lead_changed,
	exported: m.accounts_audit_verb_exported,
	joined: m.accounts_audit_verb_joined,
	member_changed: m.accounts_audit_verb_member_changed,
	member_removed: m.accounts_audit_verb_member_removed,
	invited: m.accounts_audit_verb_invited,
	invitation_revoked: m.accounts_audit_verb_invitation_revoked,
	invitation_restored: m.accounts_audit_verb_invitation_restored,
	password_offered: m.accounts_audit_verb_password_offered,
	password_reset: m.accounts_audit_verb_password_reset,
	token_added: m.accounts_audit_verb_token_added,
	token_revoked: m.accounts_audit_verb_token_revoked,
	agency_added: m.accounts_audit_verb_agency_added,
	agency_changed: m.accounts_audit_verb_agency_changed,
	agency_deleted: m.accounts_audit_verb_agency_deleted,
	workspace_created: m.accounts_audit_verb_workspace_created,
	workspace_renamed: m.accounts_audit_verb_workspace_renamed
};

function workspaceRoleName(role: string | null | undefined, isHead = false): string {
	return role === 'owner' || role === 'secretary' || role === 'member' || role === 'guest' ? placeName(role, isHead) : '';
}

function profileName(profile: string | null | undefined): string {
	const names: Record<string, () => string> = {
		nd30: m.library_profile_nd30_short,
		'vbqppl-187': m.library_profile_vbqppl_187_short,
		'party-2026': m.library_profile_party_2026_short,
		'party-2018': m.library_profile_party_2018_short
	};
	return names[profile ?? '']?.() ?? '';
}

function stateName(state: string | null | undefined): string {
	const names: Record<string, () => string> = {
		drafting: m.accounts_audit_state_drafting,
		consulting: m.accounts_audit_state_consulting,
		appraisal: m.accounts_audit_state_appraisal,
		submitted: m.accounts_audit_state_submitted,
		adopted: m.accounts_audit_state_adopted,
		issued: m.accounts_audit_state_issued
	};
	return names[state ?? '']?.() ?? '';
}
