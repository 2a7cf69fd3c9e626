import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { email, line, newPassword, optionalLine } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { acceptInvitation, findOffer, registerWithInvitation } from '$lib/accounts/invitations.server.ts';
import { standingOf, type Arrival } from '$lib/accounts/invitations.ts';
import { linkLimit } from '$lib/accounts/limits.server.ts';
import { rememberPreferences, savePreferences } from '$lib/accounts/preferences.server.ts';
import { findMyProfile } from '$lib/accounts/workspaces.server.ts';
import { documentHref } from '$lib/documents/library/documents.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
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
	const me = locals.person && { personId: locals.person.id, email: locals.person.email, fullName: profile?.full_name ?? null };
	return { offer, standing: standingOf(offer, me?.email ?? null), wait: 0, me };
};

export const actions: Actions = {
	join: async ({ request, params, locals }) => {
		if (!locals.person) return fail(401, { values: {}, errors: {}, message: m.accounts_session_ended() });
		const known = await findMyProfile(locals.supabase, locals.person.id);
		const { input, refusal, values } = readForm(known ? v.object({}) : Name, await request.formData());
		if (!input) return fail(422, refusal);
		const { arrival } = await acceptInvitation(locals.supabase, params.token, 'fullName' in input ? input : undefined);
		if (!arrival) return fail(410, { values, errors: {}, message: m.accounts_invitation_lost() });
		redirect(303, hrefOf(arrival));
	},
	register: async ({ request, params, locals, cookies, getClientAddress }) => {
		const { input, refusal, values } = readForm(Account, await request.formData());
		if (!input) return fail(422, refusal);
		const address = getClientAddress();
		const seconds = linkLimit.attempt(address);
		if (seconds > 0) return fail(429, { values, errors: {}, message: m.accounts_wait({ seconds }) });
		const offer = await findOffer(locals.supabase, params.token);
		if (!offer || offer.state !== 'open') return fail(410, { values, errors: {}, message: m.accounts_invitation_lost() });
		linkLimit.forgive(address);
		if (standingOf(offer, input.email) === 'other-address') {
			return fail(422, { values, errors: { email: m.accounts_invitation_wrong_email({ email: offer.email ?? '' }) } });
		}
		const made = await registerWithInvitation(app(), locals.supabase, params.token, input);
		if (made === 'exists') return fail(409, { values, errors: { email: m.accounts_invitation_account_exists() } });
		if (made === 'weak') return fail(422, { values, errors: { password: m.accounts_error_password_weak() } });
		if (made === 'gone') return fail(410, { values, errors: {}, message: m.accounts_invitation_lost() });
		const { data } = await locals.supabase.auth.getUser();
		const choice = { locale: locals.locale, theme: locals.theme };
		if (data.user) await savePreferences(locals.supabase, data.user.id, choice);
		rememberPreferences(cookies, choice);
		redirect(303, hrefOf(made));
	}
};

function hrefOf({ slug, documentId }: Arrival): string {
	return documentId ? documentHref(slug, documentId) : `/${slug}`;
}
