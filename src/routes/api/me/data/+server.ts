import { answering, signedIn } from '$lib/documents/library/api.server.ts';
import { refusalOf } from '$lib/server/sqlstate.ts';
import type { RequestHandler } from './$types';

/** All that is kept about the one who asks, as a JSON file. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { data, error } = await event.locals.supabase.rpc('my_data');
		if (error) throw refusalOf(error);
		return new Response(JSON.stringify(data, null, '\t'), {
			headers: { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="plenum-my-data.json"' }
		});
	});
