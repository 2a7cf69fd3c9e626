import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { email } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { rememberPreferences } from '$lib/accounts/preferences.server.ts';
import { safeNext } from '$lib/accounts/redirects.ts';
import { hasWorkspace } from '$lib/accounts/set-up.server.ts';
import { signIn } from '$lib/accounts/sign-in.server.ts';
import { findMyProfile } from '$lib/accounts/workspaces.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import type { Actions, PageServerLoad } from './$types';

const Credentials = v.object({
	email,
	password: v.pipe(
		v.string(),
		v.minLength(1, () => m.accounts_error_required())
	)
});

export const load: PageServerLoad = async ({ locals, url }) => {
	const next = safeNext(url.searchParams.get('next'));
	if (locals.person) redirect(303, next);
	return {
		next,
		email: url.searchParams.get('email') ?? '',
		signedOut: url.searchParams.has('signed-out'),
		needsSetUp: !(await hasWorkspace(app().sql))
	};
};

export const actions: Actions = {
	default: async ({ request, locals, url, cookies, getClientAddress }) => {
		const { input, refusal, values } = readForm(Credentials, await request.formData());
		if (!input) return fail(422, refusal);
		const result = await signIn(locals.supabase, getClientAddress(), input.email, input.password);
		if (result.outcome === 'wait')
			return fail(429, { values, errors: {}, message: m.accounts_wait({ seconds: result.seconds }) });
		if (result.outcome === 'wrong') return fail(401, { values, errors: {}, message: m.accounts_sign_in_wrong() });
		const profile = await findMyProfile(locals.supabase, result.personId);
		if (profile) rememberPreferences(cookies, profile);
		redirect(303, safeNext(url.searchParams.get('next')));
	}
};
