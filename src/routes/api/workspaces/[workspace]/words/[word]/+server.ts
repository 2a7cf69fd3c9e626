import { removeWord } from '$lib/documents/spelling/words.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Takes a word out. 204. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.params.workspace);
		await removeWord(event.locals.supabase, id, event.params.word.normalize('NFC'));
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	DELETE: {
		summary: 'Takes a word out of those of a workspace; for owners and secretaries.',
		refusals: [403],
		answer: { status: 204, is: 'taken out' }
	}
};
