import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { newPassword } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { linkLimit } from '$lib/accounts/limits.server.ts';
import { findPasswordReset, resetPassword } from '$lib/accounts/password-resets.server.ts';
import { signIn } from '$lib/accounts/sign-in.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, getClientAddress, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer' });
	const seconds = linkLimit.attempt(getClientAddress());
	if (seconds > 0) return { reset: null, wait: seconds };
	const reset = await findPasswordReset(app(), url.searchParams.get('token') ?? '');
	// Only guesses count.
	if (reset) linkLimit.forgive(getClientAddress());
	return { reset, wait: 0 };
};

export const actions: Actions = {
	default: async ({ request, url, locals, getClientAddress }) => {
		const { input, refusal } = readForm(v.object({ password: newPassword }), await request.formData());
		if (!input) return fail(422, refusal);
		const address = getClientAddress();
		const seconds = linkLimit.attempt(address);
		if (seconds > 0) return fail(429, { values: {}, errors: {}, message: m.accounts_wait({ seconds }) });
		const done = await resetPassword(app(), url.searchParams.get('token') ?? '', input.password);
		if (!done) return fail(410, { values: {}, errors: {}, message: m.accounts_reset_gone_text() });
		linkLimit.forgive(address);
		await signIn(locals.supabase, address, done.email, input.password);
		redirect(303, '/');
	}
};
