import type { App } from '../../server/app.ts';
import { onlyOne } from './files.server.ts';

/**
 * Moves images whose bytes an earlier version kept in their rows to where files are, before anybody is served. One at a
 * time, so it may end at any moment and go on at the next start. System door: it changes nobody's rights.
 */
export async function moveImages({ sql, files, log }: Pick<App, 'sql' | 'files' | 'log'>): Promise<void> {
	const waiting = await sql.query<{ id: string; workspaceId: string; personId: string | null }>(
		`select f.id, d.workspace_id as "workspaceId", f.created_by as "personId" from public.document_files f
		join public.documents d on d.id = f.document_id where f.file_id is null`
	);
	if (waiting.length === 0) return;
	log.info({ images: waiting.length }, 'moving images out of their rows');
	for (const { id, ...of } of waiting) {
		const [row] = await sql.query<{ bytes: Uint8Array }>(
			'select bytes from public.document_files where id = $1 and file_id is null',
			[id]
		);
		if (!row) continue;
		const file = await files.put(onlyOne(row.bytes), { ...of, name: '' });
		const [moved] = await sql.query(
			'update public.document_files set file_id = $2, bytes = null where id = $1 and file_id is null returning 1',
			[id, file.id]
		);
		// Another node was quicker.
		if (!moved) await files.discard(file.id);
	}
}
