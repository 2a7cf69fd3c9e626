import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import { MailFilter } from '$lib/server/outbox/input.ts';
import { listMails } from '$lib/server/outbox/mail-list.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

const Asked = v.object({ ...MailFilter.entries, workspace: uuid });

/** Mails of `?workspace=`, the newest first, `?state=`, `?after=`, `?limit=`: `{items, next}`; empty for those who are not owners. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { workspace, ...filter } = readQuery(Asked, event.url);
		return Response.json(await listMails(event.locals.supabase, workspace, filter));
	});

export const _operations: Operations = {
	GET: {
		summary: 'The mails of a workspace, for its owners.',
		query: Asked,
		answer: { status: 200, is: '{items, next}' }
	}
};
