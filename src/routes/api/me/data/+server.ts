import { answering, signedIn } from '$lib/server/edge/answering.ts';
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
