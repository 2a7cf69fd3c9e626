import * as v from 'valibot';
import { NewAccessToken } from '$lib/accounts/access-tokens.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '$lib/accounts/access-tokens.server.ts';
import { changePassword } from '$lib/accounts/change-password.server.ts';
import { uuid } from '$lib/accounts/fields.ts';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { PasswordChange, Profile } from '$lib/accounts/input.ts';
import { endSession, listSessions } from '$lib/accounts/open-sessions.server.ts';
import { saveProfile } from '$lib/accounts/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

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
	profile: acting(Profile, async (profile, event) => {
		await saveProfile(event.locals.supabase, requirePerson(event).id, profile);
		return { saved: 'profile' };
	}),
	password: acting(PasswordChange, async (change, event) => {
		const asker = { person: requirePerson(event), address: event.getClientAddress(), bearer: null };
		await changePassword(app(), event.locals.supabase, asker, change);
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
