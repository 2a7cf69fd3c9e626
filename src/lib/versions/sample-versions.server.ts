import { SqlStore } from '../collab/persistence/sql-store.server.ts';
import { partsOf } from '../collab/persistence/store.server.ts';
import type { ListedDocument } from '../documents/library/documents.ts';
import { jsonToUpdate, updatesToJson } from '../documents/schema/body.ts';
import { inlineText } from '../documents/schema/json.ts';
import type { App } from '../server/app.ts';
import { freezeUpdates } from './freezing.server.ts';
import { firstDraft } from './sample-first-draft.ts';
import { proposedLabel } from './versions.ts';

/** Why provisions say something else than in the first draft, by how they begin. */
const EXPLAINED = [
	['Toàn bộ thủ tục hành chính', 'Năm 2026 đã đạt 82%; nâng mục tiêu theo ý kiến của Sở Tài chính.'],
	['Cổng dịch vụ phải đọc được', 'Tiếp thu ý kiến của Học viện về người khuyết tật sử dụng dịch vụ.'],
	['Cán bộ, công chức được bồi dưỡng', 'Thống nhất với kế hoạch bồi dưỡng hằng năm; gắn kết quả với đánh giá cán bộ.'],
	['Ban hành chương trình hành động', 'Rút ngắn thời hạn để kịp bố trí dự toán năm 2027.']
];

type Main = Pick<ListedDocument, 'id' | 'workspaceId' | 'title' | 'kind' | 'profile'> & { personId: string };

/** Two versions of the sample's main document, the resolution, and why they differ in some places. System door: a command has no session. */
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
	const before = await freezeUpdates(door, main, earlier, { label: first, note: 'Trình Tổ soạn thảo cho ý kiến.', personId });
	const note = 'Đã tiếp thu ý kiến của Sở Tài chính và Học viện.';
	const after = await freezeUpdates(door, main, updates, { label: second, note, personId });
	const blocks = updatesToJson(updates).content ?? [];
	for (const [begins, text] of EXPLAINED) {
		const uid = blocks.find((block) => inlineText(block).startsWith(begins))?.attrs?.uid;
		if (uid)
			await door.sql.query(
				`insert into public.comparison_explanations (before_document_id, before_version_id, after_document_id, after_version_id, uid, text, written_by)
				values ($1, $2, $1, $3, $4, $5, $6)`,
				[main.id, before.id, after.id, uid, text, personId]
			);
	}
}
