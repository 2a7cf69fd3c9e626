import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { isTextOpen } from '$lib/documents/library/documents.ts';
import { findOpenDocument } from '$lib/documents/library/documents.server.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { freezeDocument, unfinished } from '$lib/versions/freezing.server.ts';
import { listRestorations, takeBackRestoration } from '$lib/versions/restorations.server.ts';
import { NewVersion, VersionSearch } from '$lib/versions/input.ts';
import { frozenLabels, listVersions } from '$lib/versions/versions.server.ts';
import { proposedLabel } from '$lib/versions/versions.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE_ROWS = 50;
const TakingBack = v.object({ restoration: v.pipe(v.string(), v.uuid()) });
const Filter = v.fallback(v.pick(VersionSearch, ['kind', 'after']), {});

/** The versions of a document; for who may freeze it also what the next one is called and what is still unfinished. */
export const load: PageServerLoad = async ({ params, locals, parent, depends, url }) => {
	depends('plenum:versions');
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const filter = v.parse(Filter, Object.fromEntries(url.searchParams));
	const [list, restorations, next] = await Promise.all([
		listVersions(locals.supabase, document.id, { ...filter, limit: PAGE_ROWS }),
		listRestorations(locals.supabase, document.id),
		document.canShare && Promise.all([frozenLabels(locals.supabase, document.id), unfinished(app(), document)])
	]);
	return {
		document,
		versions: list.items,
		restorations: filter.kind || filter.after ? [] : restorations.items,
		canTakeBack: document.canWrite && isTextOpen(document.state),
		next: list.next,
		kind: filter.kind ?? null,
		isLater: filter.after !== undefined,
		isFreezing: url.searchParams.has('freeze'),
		freezing: next ? { label: proposedLabel(next[0]), gaps: next[1] } : null
	};
};

export const actions: Actions = {
	freeze: acting(NewVersion, async (input, event) => {
		await requireWorkspace(event);
		const { id: personId } = requirePerson(event);
		const { supabase } = event.locals;
		await longWork.run(personId, () => freezeDocument(app(), supabase, personId, event.params.document, input));
		return { frozen: input.label };
	}),
	takeBack: acting(TakingBack, async ({ restoration }, event) => {
		await requireWorkspace(event);
		const { id: personId } = requirePerson(event);
		return takeBackRestoration(app(), event.locals.supabase, personId, restoration);
	})
};
