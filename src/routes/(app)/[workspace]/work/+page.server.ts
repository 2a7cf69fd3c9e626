import * as v from 'valibot';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { listWork } from '$lib/notices/work.server.ts';
import { WORK_KINDS } from '$lib/notices/work.ts';
import type { PageServerLoad } from './$types';

const Kind = v.fallback(v.nullable(v.picklist(WORK_KINDS)), null);

export const load: PageServerLoad = async (event) => {
	requirePerson(event);
	const { workspace } = await event.parent();
	const list = await listWork(event.locals.supabase, workspace.id);
	return { ...list, kind: v.parse(Kind, event.url.searchParams.get('kind')) };
};
