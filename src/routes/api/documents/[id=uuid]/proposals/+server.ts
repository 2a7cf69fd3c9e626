import { NewProposal, ProposalSearch } from '$lib/comments/proposals/input.ts';
import type { Proposed } from '$lib/comments/proposals/keep-proposal.server.ts';
import { listProposals, propose } from '$lib/comments/proposals/proposals.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody, readQuery } from '$lib/server/edge/input.ts';
import { idempotencyKey } from '$lib/server/edge/preconditions.ts';
import { once } from '$lib/server/idempotency.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** What is proposed for the document, the newest first: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await listProposals(event.locals.supabase, event.params.id, readQuery(ProposalSearch, event.url)));
	});

/** Proposes: `{uid, kind, content?, after?, level?, reason?}`; answers 201 `{id, threadId}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const input = await readBody(NewProposal, event.request);
		const attempt = {
			personId: person.id,
			route: event.route.id,
			key: idempotencyKey(event.request),
			input: { document: event.params.id, ...input }
		};
		const proposed = await once<Proposed>(app().sql, attempt, (remember) =>
			propose(event.locals.supabase, app(), person.id, event.params.id, input, remember)
		);
		return Response.json(proposed, { status: 201, headers: { location: `/api/proposals/${proposed.id}` } });
	});

export const _operations: Operations = {
	GET: {
		summary: 'What is proposed for the provisions of a document, with what it does to their words and what became of it.',
		query: ProposalSearch,
		answer: { status: 200, is: '{items, next, total}' }
	},
	POST: {
		summary:
			'Proposes other wording for a provision, one that comes behind it, or that it goes or moves; opens a thread about it. `content` is the words of a paragraph (footnotes, references and marks whose words stay are kept), or ProseMirror JSON.',
		body: NewProposal,
		idempotent: true,
		refusals: [403],
		answer: { status: 201, is: '{id, threadId}' }
	}
};
