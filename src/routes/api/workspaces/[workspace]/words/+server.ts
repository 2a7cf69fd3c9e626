import { addWord, listWords } from '$lib/documents/spelling/words.server.ts';
import { NewWord } from '$lib/documents/spelling/words.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The words of the workspace: `{items: [{word}], next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.params.workspace);
		const words = await listWords(event.locals.supabase, id);
		return Response.json({ items: words.map((word) => ({ word })), next: null, total: words.length });
	});

/** `{word}`: one more. 201 `{word}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { word } = await readBody(NewWord, event.request);
		const { id } = await getStanding(event.locals.supabase, event.params.workspace);
		await addWord(event.locals.supabase, id, word);
		return Response.json({ word }, { status: 201 });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The words of a workspace that the editor takes for right, for its members.',
		answer: { status: 200, is: '{items: [{word}], next, total}' }
	},
	POST: {
		summary: 'Adds a word to those of a workspace; for owners and secretaries.',
		body: NewWord,
		refusals: [403, 409],
		answer: { status: 201, is: '{word}, in small letters' }
	}
};
