import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { listNotices, markNotices } from '$lib/notices/notices.server.ts';
import { NoticeSearch } from '$lib/notices/notices.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE_ROWS = 50;
const Filter = v.fallback(v.pick(NoticeSearch, ['unread', 'after']), {});
/** All of the workspace, or the one that is named. */
const Mark = v.pipe(
	v.object({ workspace: uuid, notice: v.optional(uuid) }),
	v.transform(({ workspace, notice }) => ({ workspace, mark: { ids: notice ? [notice] : undefined, read: true } }))
);

export const load: PageServerLoad = async (event) => {
	requirePerson(event);
	const { workspace } = await event.parent();
	const filter = v.parse(Filter, Object.fromEntries(event.url.searchParams));
	const list = await listNotices(event.locals.supabase, workspace.id, { ...filter, limit: PAGE_ROWS });
	return { ...list, onlyUnread: filter.unread === 'true' };
};

export const actions: Actions = {
	read: acting(Mark, async ({ workspace, mark }, event) => {
		requirePerson(event);
		await markNotices(event.locals.supabase, workspace, mark);
		return { marked: true };
	})
};
