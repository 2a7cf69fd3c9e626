import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { uuid } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { publicOrigin, requireRoomWatcher } from '$lib/accounts/guards.server.ts';
import { copyMailLink } from '$lib/accounts/mail-links.server.ts';
import { app } from '$lib/server/app.ts';
import { releaseWork } from '$lib/server/jobs/job-list.ts';
import { MailFilter } from '$lib/server/outbox/input.ts';
import { countWaiting, decideMail, listMails } from '$lib/server/outbox/mail-list.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

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
	cancel: (event) => act(event, async (mail) => ({ decided: await decideMail(event.locals.supabase, mail, 'cancel') })),
	sendAgain: (event) => act(event, async (mail) => ({ decided: await decideMail(event.locals.supabase, mail, 'send-again') })),
	copyLink: (event) =>
		act(event, async (mail) => ({
			link: await copyMailLink(event.locals.supabase, mail, publicOrigin(app().config.origin, event.url))
		})),
	release: async (event) => {
		const workspace = await requireRoomWatcher(event);
		await releaseWork(event.locals.supabase, workspace.id);
		return { released: true };
	}
};

async function act<Done>(event: RequestEvent, work: (mail: string) => Promise<Done>) {
	await requireRoomWatcher(event);
	const { input, refusal, values } = readForm(Chosen, await event.request.formData());
	if (!input) return fail(422, refusal);
	try {
		return await work(input.mail);
	} catch (error) {
		const { status, message } = explainRefusal(error as Parameters<typeof explainRefusal>[0]);
		if (status === 500) throw error;
		return fail(status, { values, errors: {}, message });
	}
}
