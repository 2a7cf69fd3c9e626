import { app } from '$lib/server/app.ts';
import { describeApi } from '$lib/server/openapi/describe-api.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

const ROUTES = import.meta.glob<{ _operations?: Operations }>('/src/routes/api/**/+server.ts');

/** The description of /api in OpenAPI 3.1, from what the routes say of themselves. */
export const GET: RequestHandler = async () => {
	const described = Object.entries(ROUTES).map(async ([file, load]) => {
		const route = file.replace(/^\/src\/routes|\/\+server\.ts$/g, '');
		return [route, (await load())._operations ?? {}] as const;
	});
	// Of itself a module gets nothing this way.
	const routes = { ...Object.fromEntries(await Promise.all(described)), '/api/openapi.json': _operations };
	return Response.json(describeApi(app().version, routes));
};

export const _operations: Operations = {
	GET: { summary: 'This description.', for: 'anybody', answer: { status: 200, is: 'OpenAPI 3.1' } }
};
