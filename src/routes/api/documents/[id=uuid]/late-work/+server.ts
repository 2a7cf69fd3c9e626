import * as v from 'valibot';
import { saidOf } from '$lib/collab/late-work/said.server.ts';
import { standingOf } from '$lib/documents/access.server.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { getDocument } from '$lib/documents/library/documents.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** What each outcome that is no success is answered with. */
const STATUS = { busy: 409, full: 413, unreadable: 422 } as const;

/**
 * Takes what a device wrote to an epoch of the document that is over: `?epoch=`, and `&at=` when that was; all that the
 * device has of it as one Yjs update in the body. Answers `{applied, beside}` when it is durable; 409 while work of that epoch is being
 * brought in, 410 `{kept: false}` when that epoch is not kept any more. Sending it again does it once.
 */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { sql, log, handOver } = app();
		const document = await getDocument(event.locals.supabase, event.params.id);
		if (!document.canWrite) throw new Refusal(403);
		const epoch = Number(event.url.searchParams.get('epoch') ?? NaN);
		if (!Number.isSafeInteger(epoch) || Math.abs(epoch) >= 2 ** 31) throw new Refusal(422, { field: 'epoch' });
		const at = pastTime(event.url.searchParams.get('at'));
		// All that somebody has of a text is large: one after the other, and what waits is not read yet.
		const outcome = await longWork.run(person.id, async () => {
			const update = await event.request.bytes();
			const standing = await standingOf(sql, document.id, person.id);
			if (standing === 'missing') throw new Refusal(404);
			const said = (replacedAt: string) => saidOf(standing, at ?? replacedAt);
			return handOver({ documentId: document.id, epoch, personId: person.id, update, said });
		});
		if (outcome.kind === 'done') return Response.json({ applied: outcome.applied, beside: outcome.beside });
		if (outcome.kind === 'unreadable')
			log.warn({ documentId: document.id, personId: person.id, reason: outcome.reason }, 'late work that cannot be read');
		if (outcome.kind !== 'not-kept') throw new Refusal(STATUS[outcome.kind]);
		return Response.json({ message: m.library_error_not_kept(), field: null, kept: false }, { status: 410 });
	});

/** A time that a device says, if it can be; its clock may be wrong. */
function pastTime(value: string | null): Date | null {
	const time = new Date(value ?? NaN);
	return time.getTime() <= Date.now() ? time : null;
}

export const _operations: Operations = {
	POST: {
		summary: 'Takes what a device wrote to an epoch of the text that is over.',
		query: v.object({ epoch: v.string(), at: v.optional(v.pipe(v.string(), v.description('When it was written.'))) }),
		body: { contentType: 'application/octet-stream' },
		refusals: [403, 409, 410],
		answer: { status: 200, is: '{applied, beside}' }
	}
};
