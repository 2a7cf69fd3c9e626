import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { AUDIT_GROUPS, type AuditGroup } from '$lib/accounts/audit.ts';
import { listAuditEvents } from '$lib/accounts/audit.server.ts';
import type { PageServerLoad } from './$types';

const Day = v.pipe(v.string(), v.isoDate());
const Filter = v.object({
	group: v.fallback(v.nullable(v.picklist(Object.keys(AUDIT_GROUPS) as AuditGroup[])), null),
	from: v.fallback(v.nullable(Day), null),
	to: v.fallback(v.nullable(Day), null),
	before: v.fallback(v.nullable(v.pipe(v.string(), v.digits(), v.transform(Number), v.safeInteger())), null)
});

export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { workspace, can } = await parent();
	if (!can.readAudit) error(404);
	const asked = (name: string) => url.searchParams.get(name) || null;
	const filter = v.parse(Filter, { group: asked('group'), from: asked('from'), to: asked('to'), before: asked('before') });
	return { filter, ...(await listAuditEvents(locals.supabase, workspace.id, filter)) };
};
