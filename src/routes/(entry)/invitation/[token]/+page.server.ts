import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { email, line, newPassword, optionalLine } from '$lib/accounts/fields.ts';
import { acceptInvitation, findOffer, registerWithInvitation } from '$lib/accounts/invitations.server.ts';
import { standingOf, type Arrival } from '$lib/accounts/invitations.ts';
import { claim, linkLimit } from '$lib/accounts/limits.server.ts';
import { rememberPreferences, savePreferences } from '$lib/accounts/preferences.server.ts';
import { findMyProfile } from '$lib/accounts/workspaces.server.ts';
import { documentHref } from '$lib/documents/library/documents.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { readInput } from '$lib/server/edge/input.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const Name = v.object({ fullName: line(), positionTitle: optionalLine() });
const Account = v.object({ ...Name.entries, email, password: newPassword });

export const load: PageServerLoad = async ({ params, locals, getClientAddress, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer' });
	const address = getClientAddress();
	const wait = linkLimit.attempt(address);
	if (wait > 0) return { offer: null, standing: null, wait, me: null };
	const offer = await findOffer(locals.supabase, params.token);
	if (!offer) return { offer: null, standing: null, wait: 0, me: null };
	// Only guesses count.
	linkLimit.forgive(address);
	const profile = locals.person ? await findMyProfile(locals.supabase, locals.person.id) : null;
	const me = locals.person && { personId: locals.person.id, email: locals.person.email, fullName: profile?.fullName ?? null };
	return { offer, standing: standingOf(offer, me?.email ?? null), wait: 0, me };
};

export const actions: Actions = {
	// Who has a profile is not asked for a name.
	join: acting(v.record(v.string(), v.string()), async (form, { params, locals }) => {
		if (!locals.person) throw new Refusal(401, { key: 'accounts_session_ended' });
		const known = await findMyProfile(locals.supabase, locals.person.id);
		const arrival = await acceptInvitation(locals.supabase, params.token!, known ? undefined : readInput(Name, form));
		redirect(303, hrefOf(arrival));
	}),
	register: acting(Account, async (account, { params, locals, cookies, getClientAddress }) => {
		const address = getClientAddress();
		claim(linkLimit, address);
		const offer = await findOffer(locals.supabase, params.token!);
		if (!offer || offer.state !== 'open') throw new Refusal(410, { key: 'accounts_invitation_lost' });
		linkLimit.forgive(address);
		if (standingOf(offer, account.email) === 'other-address') {
			const params = { email: offer.email ?? '' };
			throw new Refusal(422, { field: 'email', key: 'accounts_invitation_wrong_email', params });
		}
		const arrival = await registerWithInvitation(app(), locals.supabase, params.token!, account);
		const { data } = await locals.supabase.auth.getUser();
		const choice = { locale: locals.locale, theme: locals.theme };
		if (data.user) await savePreferences(locals.supabase, data.user.id, choice);
		rememberPreferences(cookies, choice);
		redirect(303, hrefOf(arrival));
	})
};

function hrefOf({ slug, documentId }: Arrival): string {
	return documentId ? documentHref(slug, documentId) : `/${slug}`;
}
