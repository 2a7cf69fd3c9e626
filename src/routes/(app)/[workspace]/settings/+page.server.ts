import * as v from 'valibot';
import { NewAccessToken } from '$lib/accounts/access-tokens.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '$lib/accounts/access-tokens.server.ts';
import { line, newPassword, optionalLine, password, uuid } from '$lib/accounts/fields.ts';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { tooOften } from '$lib/accounts/limits.server.ts';
import { endSession, listSessions } from '$lib/accounts/open-sessions.server.ts';
import { checkPassword, endOtherSessions } from '$lib/accounts/sign-in.server.ts';
import { saveProfile } from '$lib/accounts/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const Profile = v.object({ fullName: line(), positionTitle: optionalLine() });
const NewPassword = v.object({ currentPassword: password, newPassword });
const Session = v.object({ session: uuid });
const Token = v.object({ token: uuid });

export const load: PageServerLoad = async ({ locals }) => {
	const [sessions, tokens] = await Promise.all([
		listSessions(locals.supabase, locals.session?.id ?? null),
		listAccessTokens(locals.supabase)
	]);
	return { sessions, tokens };
};

export const actions: Actions = {
	profile: acting(Profile, async ({ fullName, positionTitle }, event) => {
		const person = requirePerson(event);
		await saveProfile(event.locals.supabase, person.id, { fullName, positionTitle });
		return { saved: 'profile' };
	}),
	password: acting(NewPassword, async ({ currentPassword, newPassword }, event) => {
		const person = requirePerson(event);
		const known = await checkPassword(app(), event.getClientAddress(), person.email, currentPassword);
		if (known && 'seconds' in known) throw tooOften(known.seconds);
		if (!known) throw new Refusal(422, { field: 'currentPassword', key: 'accounts_password_current_wrong' });
		const { error } = await event.locals.supabase.auth.updateUser({ password: newPassword });
		if (error?.code === 'weak_password') throw new Refusal(422, { field: 'newPassword', key: 'accounts_error_password_weak' });
		if (error?.code === 'same_password') throw new Refusal(422, { field: 'newPassword', key: 'accounts_error_password_same' });
		if (error) throw error;
		await endOtherSessions(event.locals.supabase, app(), person.id);
		return { saved: 'password' };
	}),
	createToken: acting(NewAccessToken, async (input, event) => {
		requirePerson(event);
		const { token } = await createAccessToken(event.locals.supabase, input);
		return { saved: 'token', secret: token };
	}),
	revokeToken: acting(Token, async ({ token }, event) => {
		requirePerson(event);
		if (!(await revokeAccessToken(event.locals.supabase, token))) throw new Refusal(404);
		return { saved: 'token' };
	}),
	endSession: acting(Session, async ({ session }, event) => {
		const person = requirePerson(event);
		if (!(await endSession(event.locals.supabase, app(), person.id, session)))
			throw new Refusal(404, { key: 'accounts_sessions_gone' });
		return { saved: 'session' };
	})
};
