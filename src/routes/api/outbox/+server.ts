import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { answering, signedIn } from '$lib/documents/library/api.server.ts';
import { MailFilter } from '$lib/server/outbox/input.ts';
import { listMails } from '$lib/server/outbox/mail-list.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import type { RequestHandler } from './$types';

const Asked = v.object({ ...MailFilter.entries, workspace: uuid });

/** Mails of `?workspace=`, the newest first, `?state=`, `?after=`, `?limit=`: `{items, next}`; empty for those who are not owners. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const asked = v.safeParse(Asked, Object.fromEntries(event.url.searchParams));
		if (!asked.success) throw new Refusal(422, v.getDotPath(asked.issues[0]));
		const { workspace, ...filter } = asked.output;
		return Response.json(await listMails(event.locals.supabase, workspace, filter));
	});
