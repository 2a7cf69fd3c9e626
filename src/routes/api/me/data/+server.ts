import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** All that is kept about the one who asks, as a JSON file. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { data } = await event.locals.supabase.rpc('my_data').throwOnError();
		return new Response(JSON.stringify(data, null, '\t'), {
			headers: { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="plenum-my-data.json"' }
		});
	});

export const _operations: Operations = {
	GET: { summary: 'All that is kept about the person.', answer: { status: 200, is: 'a JSON file' } }
};
