import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { publicOrigin, requireRoomWatcher } from '$lib/accounts/guards.server.ts';
import { copyMailLink } from '$lib/accounts/mail-links.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { releaseWork } from '$lib/server/jobs/job-list.ts';
import { MailFilter } from '$lib/server/outbox/input.ts';
import { countWaiting, decideMail, listMails } from '$lib/server/outbox/mail-list.ts';
import type { Actions, PageServerLoad } from './$types';

const Chosen = v.object({ mail: uuid });
/** What the address asks for; what it asks wrongly is not asked. */
const Asked = v.fallback(MailFilter, v.parse(MailFilter, {}));

export const load: PageServerLoad = async (event) => {
	const workspace = await requireRoomWatcher(event);
	const asked = v.parse(Asked, Object.fromEntries(event.url.searchParams));
	const { supabase } = event.locals;
	const [mails, counts] = await Promise.all([listMails(supabase, workspace.id, asked), countWaiting(supabase, workspace.id)]);
	return { ...mails, ...counts, state: asked.state, hasServer: app().config.smtpUrl !== null };
};

export const actions: Actions = {
	cancel: deciding('cancel'),
	sendAgain: deciding('send-again'),
	copyLink: acting(Chosen, async ({ mail }, event) => {
		await requireRoomWatcher(event);
		return { link: await copyMailLink(event.locals.supabase, mail, publicOrigin(app().config.origin, event.url)) };
	}),
	release: async (event) => {
		const workspace = await requireRoomWatcher(event);
		await releaseWork(event.locals.supabase, workspace.id);
		return { released: true };
	}
};

function deciding(decision: 'cancel' | 'send-again'): Actions[string] {
	return acting(Chosen, async ({ mail }, event) => {
		await requireRoomWatcher(event);
		return { decided: await decideMail(event.locals.supabase, mail, decision) };
	});
}
