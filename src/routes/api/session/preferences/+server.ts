import * as v from 'valibot';
import { locale, theme } from '$lib/accounts/fields.ts';
import { savePreferences } from '$lib/accounts/preferences.server.ts';
import { answering, readJson } from '$lib/documents/library/api.server.ts';
import type { RequestHandler } from './$types';

const Preferences = v.object({ locale: v.optional(locale), theme: v.optional(theme) });

/**
 * Keeps language and theme in the profile of who is signed in. The cookies are the page's business: a language that changed
 * there already would look like no change to it, and it would not reload.
 */
export const PATCH: RequestHandler = ({ request, locals }) =>
	answering(async () => {
		const { success, output } = v.safeParse(Preferences, await readJson(request));
		if (!success) return Response.json({ message: 'locale is vi or en, theme is light, dark or system' }, { status: 422 });
		if (locals.person && Object.keys(output).length > 0) await savePreferences(locals.supabase, locals.person.id, output);
		return new Response(null, { status: 204 });
	});
