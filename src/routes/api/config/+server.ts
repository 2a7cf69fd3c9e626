import { app } from '$lib/server/app.ts';
import { publicOrigin } from '$lib/accounts/guards.server.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** What every client may know: the version, and where the data API is. */
export const GET: RequestHandler = ({ url }) => {
	const { version, backend, config } = app();
	const supabaseUrl = backend.answer ? publicOrigin(config.origin, url) : backend.url;
	return Response.json({ version, supabaseUrl, publishableKey: backend.publishableKey });
};

export const _operations: Operations = {
	GET: {
		summary: 'What every client may know.',
		for: 'anybody',
		answer: { status: 200, is: '{version, supabaseUrl, publishableKey}' }
	}
};
