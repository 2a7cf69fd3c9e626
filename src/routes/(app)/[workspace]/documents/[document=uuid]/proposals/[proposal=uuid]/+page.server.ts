import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { Accepting, Declining } from '$lib/comments/proposals/input.ts';
import {
	acceptProposal,
	declineProposal,
	getProposal,
	listWaiting,
	withdrawProposal
} from '$lib/comments/proposals/proposals.server.ts';
import { findOpenDocument } from '$lib/documents/library/documents.server.ts';
import { isTextOpen } from '$lib/documents/library/documents.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

/** As a form sends it: the content as JSON, '' for what was proposed. */
const AcceptForm = v.object({
	...v.pick(Accepting, ['base', 'reason']).entries,
	content: v.pipe(
		v.optional(v.string(), ''),
		v.maxLength(400_000),
		v.rawTransform(({ dataset, addIssue, NEVER }) => {
			if (dataset.value === '') return undefined;
			try {
				return v.parse(Accepting.entries.content, JSON.parse(dataset.value));
			} catch {
				addIssue({ message: 'no content' });
				return NEVER;
			}
		})
	)
});

/** A proposal, how the text stands to it, and the others that wait. */
export const load: PageServerLoad = async ({ params, locals, parent, depends }) => {
	depends('plenum:proposals');
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const proposal = await getProposal(locals.supabase, app(), params.proposal);
	if (proposal.documentId !== document.id) error(404);
	const waiting = await listWaiting(locals.supabase, document.id);
	return { document, proposal, waiting, isTextOpen: isTextOpen(document.state) };
};

export const actions: Actions = {
	accept: acting(AcceptForm, async (given, event) => {
		await requireWorkspace(event);
		const { id } = requirePerson(event);
		await acceptProposal(event.locals.supabase, app(), id, event.params.proposal, given);
		return { done: 'accepted' as const };
	}),
	decline: acting(Declining, async ({ reason }, event) => {
		await requireWorkspace(event);
		const { id } = requirePerson(event);
		await declineProposal(event.locals.supabase, app(), id, event.params.proposal, reason);
		return { done: 'declined' as const };
	}),
	withdraw: acting(v.object({}), async (_given, event) => {
		await requireWorkspace(event);
		const { id } = requirePerson(event);
		await withdrawProposal(event.locals.supabase, app(), id, event.params.proposal);
		return { done: 'withdrawn' as const };
	})
};
