import { MeChange } from '$lib/accounts/input.ts';
import { findMe } from '$lib/accounts/me.server.ts';
import { saveProfile } from '$lib/accounts/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Who asks, and where they belong: `{person, workspaces: [{id, slug, name, role, agencyId}]}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => Response.json(await findMe(event.locals.supabase, signedIn(event))));

/** Changes what is given of name, function, language, theme and spelling checker. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		await saveProfile(event.locals.supabase, person.id, await readBody(MeChange, event.request));
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	GET: {
		summary: 'Who asks, and where they belong.',
		answer: {
			status: 200,
			is: '{person: {id, fullName, email, positionTitle, locale, theme, spellcheck}, workspaces: [{id, slug, name, role, agencyId}]}'
		}
	},
	PATCH: {
		summary: 'Changes what is given of name, function, language, theme and spelling checker.',
		body: MeChange,
		answer: { status: 204, is: 'changed' }
	}
};
