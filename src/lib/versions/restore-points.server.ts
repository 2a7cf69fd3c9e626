import type { ListedDocument } from '../documents/library/documents.ts';
import type { App } from '../server/app.ts';
import type { JobHandler } from '../server/jobs/job.ts';
import { queueJob } from '../server/jobs/queue.ts';
import type { Sql } from '../server/sql.ts';
import { keepRestorePoint } from './freezing.server.ts';

export const RESTORE_POINT = 'restore-point';

/** The hour of a workspace's day at which the texts that were changed are kept. What is written later is in the next day's. */
const HOUR = 20;

/** Queues a restore point of each document that was changed since its last version, in workspaces where the day is over. */
export async function queueRestorePoints(sql: Sql, now = new Date()): Promise<void> {
	const due = await sql.query<{ id: string; workspaceId: string }>(
		`select d.id, d.workspace_id as "workspaceId" from public.documents d join public.workspaces w on w.id = d.workspace_id
		where extract(hour from $1::timestamptz at time zone w.time_zone) = $2 and d.state in ('drafting', 'consulting')
			and not exists (select 1 from public.document_trashings t where t.document_id = d.id)
			and d.edited_at > coalesce((select max(v.created_at) from public.document_versions v where v.document_id = d.id), d.created_at)`,
		[now.toISOString(), HOUR]
	);
	for (const { id, workspaceId } of due)
		await queueJob(sql, { kind: RESTORE_POINT, key: id, payload: { document: id }, workspaceId });
}

/** Keeps the restore point of a document; nothing when it says the same as the version before, as when the job runs twice. */
export function makeRestorePoint(door: Pick<App, 'sql' | 'files' | 'sync'>): JobHandler<{ document: string }> {
	return async ({ payload }) => {
		const [document] = await door.sql.query<Pick<ListedDocument, 'id' | 'workspaceId' | 'title' | 'kind' | 'profile'>>(
			`select id, workspace_id as "workspaceId", title, kind, profile from public.documents d where id = $1
			and not exists (select 1 from public.document_trashings t where t.document_id = d.id)`,
			[payload.document]
		);
		if (document) await keepRestorePoint(door, document);
	};
}
