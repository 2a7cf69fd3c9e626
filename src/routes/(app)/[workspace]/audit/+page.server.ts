import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { AuditSearch } from '$lib/accounts/audit-search.ts';
import { listAuditEvents } from '$lib/accounts/audit.server.ts';
import type { PageServerLoad } from './$types';

const PAGE_ROWS = 50;
/** What the address asks wrongly is not asked. */
const Filter = v.object({
	group: v.fallback(AuditSearch.entries.group, null),
	from: v.fallback(AuditSearch.entries.from, null),
	to: v.fallback(AuditSearch.entries.to, null),
	before: v.fallback(AuditSearch.entries.after, null)
});

export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { workspace, can } = await parent();
	if (!can.readAudit) error(404);
	const asked = (name: string) => url.searchParams.get(name) || null;
	const filter = v.parse(Filter, { group: asked('group'), from: asked('from'), to: asked('to'), before: asked('before') });
	return { filter, ...(await listAuditEvents(locals.supabase, workspace.id, { ...filter, limit: PAGE_ROWS })) };
};
