import * as v from 'valibot';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { WorkspaceChange } from '$lib/accounts/input.ts';
import { renameWorkspace } from '$lib/accounts/workspaces.server.ts';
import { Retention } from '$lib/documents/library/input.ts';
import { findRetention, saveRetention } from '$lib/documents/library/retention.server.ts';
import { addWord, listWords, removeWord } from '$lib/documents/spelling/words.server.ts';
import { NewWord } from '$lib/documents/spelling/words.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

const Removing = v.object({ word: v.pipe(v.string(), v.maxLength(60)) });

export const load: PageServerLoad = async ({ parent, locals }) => {
	const { id } = (await parent()).workspace;
	const [retention, words] = await Promise.all([findRetention(locals.supabase, id), listWords(locals.supabase, id)]);
	return { retention, words };
};

export const actions: Actions = {
	rename: acting(WorkspaceChange, async ({ name }, event) => {
		const workspace = await requireWorkspace(event);
		await renameWorkspace(event.locals.supabase, workspace.id, name);
		return { saved: true };
	}),
	retention: acting(Retention, async (periods, event) => {
		const workspace = await requireWorkspace(event);
		await saveRetention(event.locals.supabase, workspace.id, periods);
		return { kept: true };
	}),
	addWord: acting(NewWord, async ({ word }, event) => {
		const workspace = await requireWorkspace(event);
		await addWord(event.locals.supabase, workspace.id, word);
		return { word };
	}),
	removeWord: acting(Removing, async ({ word }, event) => {
		const workspace = await requireWorkspace(event);
		await removeWord(event.locals.supabase, workspace.id, word);
		return { removed: word };
	})
};
