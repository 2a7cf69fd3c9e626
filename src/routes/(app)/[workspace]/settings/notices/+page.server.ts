import * as v from 'valibot';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { listChoices, saveChoices } from '$lib/notices/notices.server.ts';
import { CHANNELS, NOTICE_KINDS, type NoticeChoice } from '$lib/notices/notices.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

/** One field for each kind. */
const Choices = v.object(v.entriesFromList(NOTICE_KINDS, v.picklist(CHANNELS)));

export const load: PageServerLoad = async (event) => {
	requirePerson(event);
	return { choices: await listChoices(event.locals.supabase) };
};

export const actions: Actions = {
	default: acting(Choices, async (channels, event) => {
		requirePerson(event);
		const chosen: NoticeChoice[] = NOTICE_KINDS.map((kind) => ({ kind, channel: channels[kind] }));
		await saveChoices(event.locals.supabase, chosen);
		return { saved: true };
	})
};
