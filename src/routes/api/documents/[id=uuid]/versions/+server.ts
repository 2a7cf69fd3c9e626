import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody, readQuery } from '$lib/server/edge/input.ts';
import { idempotencyKey } from '$lib/server/edge/preconditions.ts';
import { once } from '$lib/server/idempotency.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { freezeDocument, type Kept } from '$lib/versions/freezing.server.ts';
import { NewVersion, VersionSearch } from '$lib/versions/input.ts';
import { listVersions } from '$lib/versions/versions.server.ts';
import type { RequestHandler } from './$types';

/** The versions of the document, the newest first: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const search = readQuery(VersionSearch, event.url);
		return Response.json(await listVersions(event.locals.supabase, event.params.id, search));
	});

/** Freezes the document as it is: `{label, note?}`; answers 201 `{id, number, sha256}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const input = await readBody(NewVersion, event.request);
		const { id: document } = event.params;
		const attempt = {
			personId: person.id,
			route: event.route.id,
			key: idempotencyKey(event.request),
			input: { document, ...input }
		};
		const kept = await once<Kept>(app().sql, attempt, (remember) =>
			longWork.run(person.id, () => freezeDocument(app(), event.locals.supabase, person.id, document, input, remember))
		);
		return Response.json(kept, { status: 201, headers: { location: `/api/versions/${kept.id}` } });
	});

export const _operations: Operations = {
	GET: {
		summary: 'What was frozen of a document, and its restore points, the newest first.',
		query: VersionSearch,
		answer: { status: 200, is: '{items, next, total}' }
	},
	POST: {
		summary: 'Freezes the text of a document as it is at this moment; only who manages it may.',
		body: NewVersion,
		idempotent: true,
		refusals: [403, 409],
		answer: { status: 201, is: '{id, number, sha256}' }
	}
};
