import { PeopleSearch } from '$lib/comments/input.ts';
import { listDocumentPeople } from '$lib/comments/document-people.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** People and agencies who see the document, and so can be named in a comment: `{items, next}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { q } = readQuery(PeopleSearch, event.url);
		return Response.json(await listDocumentPeople(event.locals.supabase, event.params.id, q));
	});

export const _operations: Operations = {
	GET: {
		summary: 'People and agencies who see a document: whom a comment may name, and (canAnswer) who may be given a thread.',
		query: PeopleSearch,
		answer: { status: 200, is: '{items: [{type, id, name, detail, colour, canAnswer}], next}, at most 50' }
	}
};
