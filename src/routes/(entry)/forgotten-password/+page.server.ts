import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { email } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { passwordResetLimit } from '$lib/accounts/limits.server.ts';
import { requestPasswordReset } from '$lib/accounts/password-resets.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ byMail: app().config.smtpUrl !== null });

export const actions: Actions = {
	default: async ({ request, getClientAddress }) => {
		const { input, refusal, values } = readForm(v.object({ email }), await request.formData());
		if (!input) return fail(422, refusal);
		const seconds = passwordResetLimit.attempt(getClientAddress()) || passwordResetLimit.attempt(input.email);
		if (seconds > 0) return fail(429, { values, errors: {}, message: m.accounts_wait({ seconds }) });
		// Not awaited: how long the answer takes would tell whether the account exists.
		requestPasswordReset(app(), input.email).catch((error: Error) =>
			app().log.error({ reason: error.message }, 'a request for a new password failed')
		);
		return { sent: true, values };
	}
};
