import { parseFilters, isNarrowed } from '$lib/documents/library/filters.ts';
import {
	countDocuments,
	listAgencies,
	listDocuments,
	listRecentDocuments,
	RECENT_DOCUMENTS
} from '$lib/documents/library/list.server.ts';
import { LAYOUT_COOKIE, parseLayout } from '$lib/documents/library/layout-choice.ts';
import { app } from '$lib/server/app.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, url, cookies, depends }) => {
	depends('plenum:documents');
	const filters = parseFilters(url.searchParams);
	const { workspace } = await parent();
	const { supabase } = locals;
	const [page, counts, agencies, recent] = await Promise.all([
		listDocuments(supabase, workspace.id, filters),
		countDocuments(supabase, workspace.id),
		listAgencies(supabase, workspace.id),
		isNarrowed(filters) ? [] : listRecentDocuments(supabase, workspace.id)
	]);
	return {
		filters,
		...page,
		counts,
		agencies,
		// In a small library all of them stand in the list below already.
		recent: counts.total > RECENT_DOCUMENTS ? recent : [],
		layout: parseLayout(cookies.get(LAYOUT_COOKIE)),
		maxUploadBytes: app().config.maxUploadMb * 1024 * 1024
	};
};
