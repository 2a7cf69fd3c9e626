import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { newPassword } from '$lib/accounts/fields.ts';
import { claim, linkLimit } from '$lib/accounts/limits.server.ts';
import { findPasswordReset, resetPassword } from '$lib/accounts/password-resets.server.ts';
import { signIn } from '$lib/accounts/sign-in.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
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
	default: acting(v.object({ password: newPassword }), async ({ password }, { url, locals, getClientAddress }) => {
		const address = getClientAddress();
		claim(linkLimit, address);
		const done = await resetPassword(app(), url.searchParams.get('token') ?? '', password);
		if (!done) throw new Refusal(410, { key: 'accounts_reset_gone_text' });
		linkLimit.forgive(address);
		await signIn(locals.supabase, address, done.email, password);
		redirect(303, '/');
	})
};
