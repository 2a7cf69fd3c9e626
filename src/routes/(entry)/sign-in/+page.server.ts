import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { email, password } from '$lib/accounts/fields.ts';
import { tooOften } from '$lib/accounts/limits.server.ts';
import { rememberPreferences } from '$lib/accounts/preferences.server.ts';
import { safeNext } from '$lib/accounts/redirects.ts';
import { hasWorkspace } from '$lib/accounts/set-up.server.ts';
import { signIn } from '$lib/accounts/sign-in.server.ts';
import { findMyProfile } from '$lib/accounts/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const Credentials = v.object({ email, password });

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
	default: acting(Credentials, async ({ email, password }, { locals, url, cookies, getClientAddress }) => {
		const result = await signIn(locals.supabase, getClientAddress(), email, password);
		if (result.outcome === 'wait') throw tooOften(result.seconds);
		if (result.outcome === 'wrong') throw new Refusal(401, { key: 'accounts_sign_in_wrong' });
		const profile = await findMyProfile(locals.supabase, result.personId);
		if (profile) rememberPreferences(cookies, profile);
		redirect(303, safeNext(url.searchParams.get('next')));
	})
};
