import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { NewAccessToken } from '$lib/accounts/access-tokens.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '$lib/accounts/access-tokens.server.ts';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { line, newPassword, optionalLine } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { endSession, listSessions } from '$lib/accounts/open-sessions.server.ts';
import { checkPassword, endOtherSessions } from '$lib/accounts/sign-in.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import type { Actions, PageServerLoad } from './$types';

const Profile = v.object({ fullName: line(), positionTitle: optionalLine() });
const NewPassword = v.object({
	currentPassword: v.pipe(
		v.string(),
		v.minLength(1, () => m.accounts_error_required())
	),
	newPassword
});

const Session = v.object({ session: v.pipe(v.string(), v.uuid()) });
const Token = v.object({ token: v.pipe(v.string(), v.uuid()) });

export const load: PageServerLoad = async ({ locals }) => {
	const [sessions, tokens] = await Promise.all([
		listSessions(locals.supabase, locals.session?.id ?? null),
		listAccessTokens(locals.supabase)
	]);
	return { sessions, tokens };
};

export const actions: Actions = {
	profile: async (event) => {
		const person = requirePerson(event);
		const { input, refusal, values } = readForm(Profile, await event.request.formData());
		if (!input) return fail(422, refusal);
		const { error } = await event.locals.supabase
			.from('people')
			.update({ full_name: input.fullName, position_title: input.positionTitle })
			.eq('id', person.id);
		if (error) {
			const { status, message } = explainRefusal(error);
			return fail(status, { values, errors: {}, message });
		}
		return { saved: 'profile' };
	},
	password: async (event) => {
		const person = requirePerson(event);
		const { input, refusal } = readForm(NewPassword, await event.request.formData());
		if (!input) return fail(422, refusal);
		const known = await checkPassword(app(), event.getClientAddress(), person.email, input.currentPassword);
		if (known && 'seconds' in known)
			return fail(429, { values: {}, errors: {}, message: m.accounts_wait({ seconds: known.seconds }) });
		if (!known) return fail(422, { values: {}, errors: { currentPassword: m.accounts_password_current_wrong() } });
		const { error } = await event.locals.supabase.auth.updateUser({ password: input.newPassword });
		if (error?.code === 'weak_password')
			return fail(422, { values: {}, errors: { newPassword: m.accounts_error_password_weak() } });
		if (error?.code === 'same_password')
			return fail(422, { values: {}, errors: { newPassword: m.accounts_error_password_same() } });
		if (error) throw error;
		await endOtherSessions(event.locals.supabase, app(), person.id);
		return { saved: 'password' };
	},
	createToken: async (event) => {
		requirePerson(event);
		const { input, refusal, values } = readForm(NewAccessToken, await event.request.formData());
		if (!input) return fail(422, refusal);
		const { made, error } = await createAccessToken(event.locals.supabase, input);
		if (error) {
			const message = error.code === '55000' ? m.accounts_token_refused_many() : explainRefusal(error).message;
			return fail(409, { values, errors: {}, message });
		}
		return { saved: 'token', secret: made.token };
	},
	revokeToken: async (event) => {
		requirePerson(event);
		const { input, refusal } = readForm(Token, await event.request.formData());
		if (!input) return fail(422, refusal);
		await revokeAccessToken(event.locals.supabase, input.token);
		return { saved: 'token' };
	},
	endSession: async (event) => {
		const person = requirePerson(event);
		const { input, refusal } = readForm(Session, await event.request.formData());
		if (!input) return fail(422, refusal);
		if (!(await endSession(event.locals.supabase, app(), person.id, input.session)))
			return fail(404, { values: {}, errors: {}, message: m.accounts_sessions_gone() });
		return { saved: 'session' };
	}
};
