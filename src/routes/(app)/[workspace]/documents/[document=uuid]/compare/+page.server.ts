import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { findOpenDocument } from '$lib/documents/library/documents.server.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { app } from '$lib/server/app.ts';
import { compareSides, findSides } from '$lib/versions/compare/comparing.server.ts';
import { ComparedName, type Compared } from '$lib/versions/compare/compared.ts';
import { listExplanations } from '$lib/versions/compare/explanations.server.ts';
import { foldRows } from '$lib/versions/compare/folded.ts';
import { listVersions } from '$lib/versions/versions.server.ts';
import type { PageServerLoad } from './$types';

/** So many versions to choose from; older ones are compared from the page of versions. */
const CHOICES = 100;
const Side = v.fallback(v.nullable(ComparedName), null);

/**
 * Two texts compared: what the address names, else the document as it is with what was frozen last. Of what is the same only
 * how much it is: the page fetches it when somebody opens it.
 */
export const load: PageServerLoad = async (event) => {
	const { params, locals, parent, url, request } = event;
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const { items: versions } = await listVersions(locals.supabase, document.id, {
		limit: CHOICES,
		kind: undefined,
		after: undefined
	});
	const last = versions.find(({ kind }) => kind === 'frozen') ?? versions[0];
	const after: Compared = v.parse(Side, url.searchParams.get('after')) ?? { kind: 'live', id: document.id };
	const before: Compared | null =
		v.parse(Side, url.searchParams.get('before')) ?? (last ? { kind: 'version', id: last.id } : null);
	if (!before) return { document, versions, comparison: null, choices: null, explanations: [], canExplain: false };

	const found = await findSides(locals.supabase, { before, after });
	const person = requirePerson(event);
	const { rows, ...comparison } = await longWork.run(person.id, () => compareSides(app(), found, request.signal));
	const choicesOf = async (id: string) =>
		id === document.id
			? versions
			: (await listVersions(locals.supabase, id, { limit: CHOICES, kind: undefined, after: undefined })).items;
	const [explanations, choicesBefore, choicesAfter] = await Promise.all([
		listExplanations(locals.supabase, found),
		choicesOf(found.before.document.id),
		choicesOf(found.after.document.id)
	]);
	return {
		document,
		versions,
		comparison: { ...comparison, listed: foldRows(rows) },
		choices: { before: choicesBefore, after: choicesAfter },
		explanations,
		canExplain: ['editor', 'manager'].includes(found.after.document.role)
	};
};
