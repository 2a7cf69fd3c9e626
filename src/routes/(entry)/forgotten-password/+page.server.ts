import * as v from 'valibot';
import { email } from '$lib/accounts/fields.ts';
import { claim, passwordResetLimit } from '$lib/accounts/limits.server.ts';
import { requestPasswordReset } from '$lib/accounts/password-resets.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ byMail: app().config.smtpUrl !== null });

export const actions: Actions = {
	default: acting(v.object({ email }), async ({ email }, event) => {
		claim(passwordResetLimit, event.getClientAddress());
		claim(passwordResetLimit, email);
		// Not awaited: how long the answer takes would tell whether the account exists.
		requestPasswordReset(app(), email).catch((error: Error) =>
			app().log.error({ reason: error.message }, 'a request for a new password failed')
		);
		return { sent: true, values: { email } };
	})
};
