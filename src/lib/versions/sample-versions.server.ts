import { SqlStore } from '../collab/persistence/sql-store.server.ts';
import { partsOf } from '../collab/persistence/store.server.ts';
import type { ListedDocument } from '../documents/library/documents.ts';
import { jsonToUpdate, updatesToJson } from '../documents/schema/body.ts';
import type { App } from '../server/app.ts';
import { freezeUpdates } from './freezing.server.ts';
import { firstDraft } from './sample-first-draft.ts';
import { proposedLabel } from './versions.ts';

type Main = Pick<ListedDocument, 'id' | 'workspaceId' | 'title' | 'kind' | 'profile'> & { personId: string };

/** Two versions of the sample's main document, the resolution. System door: a command has no session. */
export async function addSampleVersions(door: Pick<App, 'sql' | 'files'>, workspaceId: string): Promise<void> {
	const [main] = await door.sql.query<Main>(
		`select id, workspace_id as "workspaceId", title, kind, profile, created_by as "personId" from public.documents where workspace_id = $1 and kind = 'resolution' limit 1`,
		[workspaceId]
	);
	const stored = await new SqlStore(door.sql).load(main.id);
	const updates = partsOf(stored!);
	const [first, second] = [proposedLabel([]), proposedLabel([proposedLabel([])])];
	const { personId } = main;
	const earlier = [jsonToUpdate(firstDraft(updatesToJson(updates)))];
	await freezeUpdates(door, main, earlier, { label: first, note: 'Trình Tổ soạn thảo cho ý kiến.', personId });
	await freezeUpdates(door, main, updates, { label: second, note: 'Đã tiếp thu ý kiến của Sở Tài chính và Học viện.', personId });
}
