import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { readForm } from '$lib/accounts/forms.ts';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { listChoices, saveChoices } from '$lib/notices/notices.server.ts';
import { CHANNELS, NOTICE_KINDS, type NoticeChoice } from '$lib/notices/notices.ts';
import type { Actions, PageServerLoad } from './$types';

/** One field for each kind. */
const Choices = v.object(v.entriesFromList(NOTICE_KINDS, v.picklist(CHANNELS)));

export const load: PageServerLoad = async (event) => {
	requirePerson(event);
	return { choices: await listChoices(event.locals.supabase) };
};

export const actions: Actions = {
	default: async (event) => {
		requirePerson(event);
		const { input, refusal } = readForm(Choices, await event.request.formData());
		if (!input) return fail(422, refusal);
		const chosen: NoticeChoice[] = NOTICE_KINDS.map((kind) => ({ kind, channel: input[kind] }));
		await saveChoices(event.locals.supabase, chosen);
		return { saved: true };
	}
};
