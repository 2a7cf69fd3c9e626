import type { InferOutput } from 'valibot';
import { camelKeys } from '../base/camel-keys.ts';
import type { App } from '../server/app.ts';
import type { Client, NewRow } from '../server/client.ts';
import { Refusal } from '../server/edge/refusal.ts';
import { meaning } from '../server/edge/sqlstate.ts';
import { written } from '../server/edge/written.ts';
import type { NewInvitation } from './input.ts';
import type { Arrival, GuestRole, Invitation, InvitationOffer } from './invitations.ts';
import { hashToken, newToken } from './tokens.server.ts';

const DAY = 86_400_000;
const LONGEST_TOKEN = 200;
const LOST = { P0002: { status: 410, key: 'accounts_invitation_lost' } } as const;

interface Link {
	/** The only address that may use the link; null: whoever holds it. */
	email: string | null;
	days: number;
}

/** An invitation that was just made; the token of its link is here and nowhere else. */
interface MadeLink {
	id: string;
	token: string;
}

/** An invitation as whoever makes it hands it over. */
export interface MadeInvitation {
	/** In this answer and nowhere else. */
	link: string;
	/** Whether a mail with a link of its own goes to the address. */
	mailed: boolean;
}

export interface NewGuestInvitation extends Link {
	organisation: string;
	documentId: string;
	documentRole: GuestRole;
}

/** All links of a workspace, the newest first; empty for plain members. */
export async function listInvitations(client: Client, workspaceId: string): Promise<Invitation[]> {
	const { data } = await client
		.from('invitation_list')
		.select('*')
		.eq('workspace_id', workspaceId)
		.order('created_at', { ascending: false })
		.order('id')
		.throwOnError();
	return data.map(camelKeys);
}

/** Makes a link for a member. @throws Refusal 403, 422 for an agency that is not there or closed */
export function createInvitation(client: Client, workspaceId: string, invitation: InferOutput<typeof NewInvitation>) {
	const { agencyId, role, isHead } = invitation;
	const making = insertLink(client, workspaceId, invitation, { agency_id: agencyId, role, is_head: isHead });
	return meaning(making, { 23503: { field: 'agencyId', key: 'accounts_error_choose' }, PL003: { field: 'agencyId' } });
}

/**
 * The same with the link, which begins with `origin`, and whether a mail with one of its own goes to the address.
 * @throws Refusal as createInvitation
 */
export async function inviteMember(
	{ config }: { config: Pick<App['config'], 'smtpUrl'> },
	client: Client,
	workspaceId: string,
	invitation: InferOutput<typeof NewInvitation>,
	origin: string
): Promise<MadeInvitation & { id: string }> {
	const { id, token } = await createInvitation(client, workspaceId, invitation);
	return { id, ...handOver(config, invitation, invitationLink(origin, token)) };
}

/** What is handed over of an invitation that was just made. */
export function handOver(
	{ smtpUrl }: Pick<App['config'], 'smtpUrl'>,
	{ email }: Pick<Link, 'email'>,
	link: string
): MadeInvitation {
	return { link, mailed: email !== null && smtpUrl !== null };
}

/** The address behind which an invitation is. `origin` is what it begins with. */
export function invitationLink(origin: string, token: string): string {
	return `${origin}/invitation/${token}`;
}

/** The same for a guest on one document. @throws Refusal 403 */
export function createGuestInvitation(client: Client, workspaceId: string, invitation: NewGuestInvitation) {
	const { organisation, documentId, documentRole } = invitation;
	return insertLink(client, workspaceId, invitation, {
		role: 'guest',
		organisation,
		document_id: documentId,
		document_role: documentRole
	});
}

async function insertLink(
	client: Client,
	workspaceId: string,
	link: Link,
	place: Omit<NewRow<'invitations'>, 'workspace_id' | 'email' | 'expires_at'>
): Promise<MadeLink> {
	const { data } = await client
		.from('invitations')
		.insert({
			...place,
			workspace_id: workspaceId,
			email: link.email,
			expires_at: new Date(Date.now() + link.days * DAY).toISOString()
		})
		.select('id')
		.single()
		.throwOnError();
	return { id: data.id, token: await makeLink(client, data.id) };
}

/** Makes one more link to an open invitation, for copying, and answers its token, which is nowhere else. @throws Refusal 403, also for one that is not there */
export async function makeLink(client: Client, invitationId: string): Promise<string> {
	const token = newToken();
	await client
		.from('invitation_links')
		.insert({ invitation_id: invitationId, token_hash: hashToken(token) })
		.throwOnError();
	return token;
}

/** One more link to an open invitation that begins with `origin`, for copying. @throws Refusal 404, 403 when it is not open or not one's to revoke */
export async function copyLink(client: Client, invitationId: string, origin: string): Promise<string> {
	await client.from('invitations').select('id').eq('id', invitationId).single().throwOnError();
	return invitationLink(origin, await makeLink(client, invitationId));
}

/** Revokes a link, or takes the revocation back. @throws Refusal 404, 403 when it is not one's to revoke, 409 when it is used */
export async function setRevoked(client: Client, id: string, revoked: boolean): Promise<void> {
	await written(
		client
			.from('invitations')
			.update({ revoked_at: revoked ? new Date().toISOString() : null })
			.eq('id', id)
			.select('id')
			.throwOnError(),
		client.from('invitations').select('accepted_at').eq('id', id).throwOnError(),
		({ accepted_at }) => new Refusal(accepted_at ? 409 : 403)
	);
}

/** What the link offers; null when nobody made it. */
export async function findOffer(client: Client, token: string): Promise<InvitationOffer | null> {
	if (token.length > LONGEST_TOKEN) return null;
	const { data } = await client.rpc('invitation_preview', { token }).maybeSingle().throwOnError();
	return data && camelKeys(data);
}

/** Uses the link as the signed-in person and answers where it leads. @throws Refusal 410 when somebody else did, or it is not theirs */
export async function acceptInvitation(
	client: Client,
	token: string,
	profile?: { fullName: string; positionTitle: string }
): Promise<Arrival> {
	const place = { full_name: profile?.fullName ?? null, position_title: profile?.positionTitle ?? null };
	const { data } = await meaning(
		client
			.rpc('accept_invitation', { token, ...place })
			.single()
			.throwOnError(),
		LOST
	);
	return { slug: data.workspace_slug, documentId: data.document_id };
}

/**
 * Makes an account and uses the link with it, leaving the session in the client's cookie. When the link was lost to somebody
 * quicker, the account is taken away again (system door: nobody is its member yet), so that the address stays free.
 * @throws Refusal 409 field `email` when it has an account, 422 field `password`, 410 when the link is lost
 */
export async function registerWithInvitation(
	{ backend, sql }: Pick<App, 'backend' | 'sql'>,
	client: Client,
	token: string,
	account: { email: string; password: string; fullName: string; positionTitle: string }
): Promise<Arrival> {
	const made = await backend.createAccount(account.email, account.password);
	if (made === 'exists') throw new Refusal(409, { field: 'email', key: 'accounts_invitation_account_exists' });
	if (made === 'weak') throw new Refusal(422, { field: 'password', key: 'accounts_error_password_weak' });
	const signedIn = await client.auth.signInWithPassword({ email: account.email, password: account.password });
	if (signedIn.error) throw signedIn.error;
	try {
		return await acceptInvitation(client, token, account);
	} catch (error) {
		await client.auth.signOut({ scope: 'local' });
		await sql.query('delete from auth.users u where u.id = $1 and not exists (select 1 from public.people p where p.id = u.id)', [
			made.id
		]);
		throw error;
	}
}
