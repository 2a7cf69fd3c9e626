import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { publicOrigin, requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { claim, invitationLimit } from '$lib/accounts/limits.server.ts';
import { findOpenDocument } from '$lib/documents/library/documents.server.ts';
import { inviteGuest, revokeGuestInvitation } from '$lib/documents/library/guest-invitations.server.ts';
import { Access, Guest, Subject } from '$lib/documents/library/input.ts';
import { findSharing, listCandidates, share, unshare } from '$lib/documents/library/sharing.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the dialog for sharing does, for who comes before its scripts have loaded: `?q=` looks for whom to share with. */
export const load: PageServerLoad = async ({ params, locals, parent, url }) => {
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const words = url.searchParams.get('q')?.trim() ?? '';
	const [sharing, candidates] = await Promise.all([
		findSharing(locals.supabase, document.id),
		words ? listCandidates(locals.supabase, document.id, words) : []
	]);
	return { document, sharing, words, candidates };
};

export const actions: Actions = {
	share: acting(Access, async ({ role, ...subject }, event) => {
		await requireWorkspace(event);
		await share(event.locals.supabase, event.params.document, subject, role);
		return { saved: true };
	}),
	unshare: acting(Subject, async (subject, event) => {
		await requireWorkspace(event);
		await unshare(event.locals.supabase, event.params.document, subject);
		return { saved: true };
	}),
	invite: acting(Guest, async (guest, event) => {
		claim(invitationLimit, requirePerson(event).id);
		const origin = publicOrigin(app().config.origin, event.url);
		return { made: await inviteGuest(app(), event.locals.supabase, event.params.document, guest, origin) };
	}),
	revoke: acting(v.object({ invitation: uuid }), async ({ invitation }, event) => {
		await requireWorkspace(event);
		await revokeGuestInvitation(event.locals.supabase, invitation);
		return { saved: true };
	})
};
