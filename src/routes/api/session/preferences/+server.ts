import * as v from 'valibot';
import { locale, theme } from '$lib/accounts/fields.ts';
import { rememberPreferences, savePreferences } from '$lib/accounts/preferences.server.ts';
import type { RequestHandler } from './$types';

const Preferences = v.object({ locale: v.optional(locale), theme: v.optional(theme) });

/** Keeps language and theme: in cookies for everybody, in the profile for who is signed in. */
export const PATCH: RequestHandler = async ({ request, locals, cookies }) => {
	const { success, output } = v.safeParse(Preferences, await request.json().catch(() => null));
	if (!success) return Response.json({ message: 'locale is vi or en, theme is light, dark or system' }, { status: 422 });
	rememberPreferences(cookies, output);
	if (locals.person && Object.keys(output).length > 0) await savePreferences(locals.supabase, locals.person.id, output);
	return new Response(null, { status: 204 });
};
