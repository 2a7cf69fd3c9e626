import { longWork } from '$lib/documents/library/long-work.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { idempotencyKey } from '$lib/server/edge/preconditions.ts';
import { once } from '$lib/server/idempotency.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { Restoring } from '$lib/versions/input.ts';
import { restoreVersion } from '$lib/versions/restorations.server.ts';
import type { Restored } from '$lib/versions/restorations.ts';
import type { RequestHandler } from './$types';

/** `{uid?}`: the live text, or one provision of it, becomes again what the version holds; answers 201 `{id}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { uid = null } = await readBody(Restoring, event.request);
		const { id: version } = event.params;
		const attempt = {
			personId: person.id,
			route: event.route.id,
			key: idempotencyKey(event.request),
			input: { version, uid }
		};
		const restored = await once<Restored>(app().sql, attempt, (remember) =>
			longWork.run(person.id, () => restoreVersion(app(), event.locals.supabase, person.id, version, uid, remember))
		);
		return Response.json(restored, { status: 201 });
	});

export const _operations: Operations = {
	POST: {
		summary:
			'The live text becomes again what a version holds (for who manages it), or one provision of it with what belongs to it (for editors); how it was is kept as a restore point.',
		body: Restoring,
		idempotent: true,
		refusals: [403, 409],
		answer: { status: 201, is: '{id} of the restoration; null when the text said the same already' }
	}
};
