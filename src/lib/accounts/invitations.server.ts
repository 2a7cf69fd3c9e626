import type { SupabaseClient } from '@supabase/supabase-js';
import type { App } from '../server/app.ts';
import type { Arrival, GuestRole, Invitation, InvitationOffer } from './invitations.ts';
import type { WorkspaceRole } from './roles.ts';
import { hashToken, newToken } from './tokens.server.ts';

const DAY = 86_400_000;

interface Link {
	workspaceId: string;
	/** The only address that may use the link; null: whoever holds it. */
	email: string | null;
	days: number;
}

export interface NewInvitation extends Link {
	agencyId: string;
	role: WorkspaceRole;
	isHead: boolean;
}

export interface NewGuestInvitation extends Link {
	organisation: string;
	documentId: string;
	documentRole: GuestRole;
}

/** All links of a workspace, the newest first; empty for plain members. */
export async function listInvitations(client: SupabaseClient, workspaceId: string): Promise<Invitation[]> {
	const { data, error } = await client
		.from('invitation_list')
		.select('*')
		.eq('workspace_id', workspaceId)
		.order('created_at', { ascending: false });
	if (error) throw error;
	return data as Invitation[];
}

/** Makes a link for a member. Its token is in the answer and nowhere else. */
export function createInvitation(client: SupabaseClient, invitation: NewInvitation) {
	return insertLink(client, invitation, { agency_id: invitation.agencyId, role: invitation.role, is_head: invitation.isHead });
}

/** Makes a link for a guest on one document, likewise. */
export function createGuestInvitation(client: SupabaseClient, invitation: NewGuestInvitation) {
	const { organisation, documentId, documentRole } = invitation;
	return insertLink(client, invitation, { role: 'guest', organisation, document_id: documentId, document_role: documentRole });
}

async function insertLink(client: SupabaseClient, link: Link, place: Record<string, unknown>) {
	const { data, error } = await client
		.from('invitations')
		.insert({
			...place,
			workspace_id: link.workspaceId,
			email: link.email,
			expires_at: new Date(Date.now() + link.days * DAY).toISOString()
		})
		.select('id')
		.single<{ id: string }>();
	return error ? { token: null, error } : makeLink(client, data.id);
}

/** Makes one more link to an open invitation, for copying. Its token is in the answer and nowhere else; so is a refusal. */
export async function makeLink(client: SupabaseClient, invitationId: string) {
	const token = newToken();
	const { error } = await client.from('invitation_links').insert({ invitation_id: invitationId, token_hash: hashToken(token) });
	return error ? { token: null, error } : { token, error: null };
}

/** Revokes a link, or takes the revocation back. Answers the database's refusal, or null. */
export async function setRevoked(client: SupabaseClient, id: string, revoked: boolean) {
	const { error } = await client
		.from('invitations')
		.update({ revoked_at: revoked ? new Date().toISOString() : null })
		.eq('id', id)
		.select('id')
		.single();
	return error;
}

/** What the link offers; null when nobody made it. */
export async function findOffer(client: SupabaseClient, token: string): Promise<InvitationOffer | null> {
	const { data, error } = await client.rpc('invitation_preview', { token }).maybeSingle();
	if (error?.code === '23514') return null; // longer than any token
	if (error) throw error;
	return data as InvitationOffer | null;
}

/** Uses the link as the signed-in person. Answers where it leads, or the database's refusal. */
export async function acceptInvitation(
	client: SupabaseClient,
	token: string,
	profile?: { fullName: string; positionTitle: string }
) {
	const { data, error } = await client
		.rpc('accept_invitation', { token, full_name: profile?.fullName ?? null, position_title: profile?.positionTitle ?? null })
		.single();
	if (error) return { arrival: null, error };
	const { workspace_slug, document_id } = data as { workspace_slug: string; document_id: string | null };
	return { arrival: { slug: workspace_slug, documentId: document_id } satisfies Arrival, error: null };
}

/**
 * Makes an account and uses the link with it, leaving the session in the client's cookie. When the link was lost to somebody
 * quicker, the account is taken away again (system door: nobody is its member yet), so that the address stays free.
 */
export async function registerWithInvitation(
	{ backend, sql }: Pick<App, 'backend' | 'sql'>,
	client: SupabaseClient,
	token: string,
	account: { email: string; password: string; fullName: string; positionTitle: string }
): Promise<Arrival | 'exists' | 'weak' | 'gone'> {
	const made = await backend.createAccount(account.email, account.password);
	if (typeof made === 'string') return made;
	const signedIn = await client.auth.signInWithPassword({ email: account.email, password: account.password });
	if (signedIn.error) throw signedIn.error;
	const { arrival } = await acceptInvitation(client, token, account);
	if (arrival) return arrival;
	await client.auth.signOut({ scope: 'local' });
	await sql.query('delete from auth.users u where u.id = $1 and not exists (select 1 from public.people p where p.id = u.id)', [
		made.id
	]);
	return 'gone';
}
