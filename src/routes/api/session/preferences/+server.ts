import * as v from 'valibot';
import { locale, spellcheck, theme } from '$lib/accounts/fields.ts';
import { savePreferences } from '$lib/accounts/preferences.server.ts';
import { answering } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

const Preferences = v.object({ locale: v.optional(locale), theme: v.optional(theme), spellcheck: v.optional(spellcheck) });

/**
 * Keeps language, theme and the browser's spelling checker in the profile of who is signed in. The cookies are the page's business: a language that changed
 * there already would look like no change to it, and it would not reload.
 */
export const PATCH: RequestHandler = ({ request, locals }) =>
	answering(async () => {
		const output = await readBody(Preferences, request);
		if (locals.person && Object.keys(output).length > 0) await savePreferences(locals.supabase, locals.person.id, output);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PATCH: {
		summary: 'Keeps language, theme and whether the browser checks spelling.',
		body: Preferences,
		answer: { status: 204, is: 'kept' }
	}
};
