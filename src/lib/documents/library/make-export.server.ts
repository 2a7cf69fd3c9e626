import type { ExportFormat } from '../../exports/formats.ts';
import { actAs } from '../../server/act-as.ts';
import type { App } from '../../server/app.ts';
import { type Job, type JobHandler, PermanentFailure } from '../../server/jobs/job.ts';
import type { Sql } from '../../server/sql.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { onlyOne } from './files.server.ts';
import { writeFile } from './write-file.server.ts';

/** Progress is told in steps of this: each is a write and an announcement. */
const STEP = 0.05;
/** The SQLSTATE of a workspace without room for another file. */
const NO_ROOM = 'PL201';

interface Order {
	documentId: string;
	workspaceId: string;
	personId: string;
	format: ExportFormat;
}

/**
 * Makes the file of an export, as whoever asked for it: by what they may read when the work begins and when it ends. The
 * export owns the file before its job is done, so who sees it done can fetch it; a file that another attempt has replaced is
 * owned by nobody and is swept.
 */
export function makeExport(door: Pick<App, 'sql' | 'files' | 'sync'>): JobHandler<{ export: string }> {
	const { sql, files } = door;
	return async (job) => {
		const order = await findOrder(sql, job.payload.export);
		if (!order) return;
		const { workspaceId, personId, format } = order;
		const document = await readable(sql, order);
		const { bytes } = await writeFile(door, personId, document, format, {
			signal: job.signal,
			isLong: true,
			onProgress: inSteps(job)
		});
		await readable(sql, order);
		const name = fileName(document.title, format);
		const file = await files.put(onlyOne(bytes), { workspaceId, name, personId: null }).catch(noRoom);
		const owner = await sql.query('update public.exports set file_id = $2 where id = $1 returning 1', [
			job.payload.export,
			file.id
		]);
		if (owner.length === 0) await files.discard(file.id);
	};

	function inSteps(job: Job): (share: number) => Promise<void> {
		let told = 0;
		return async (share) => {
			if (share < told + STEP) return;
			told = share;
			await job.progress(share);
		};
	}
}

async function findOrder(sql: Sql, id: string): Promise<Order | null> {
	const [order] = await sql.query<Order>(
		'select document_id as "documentId", workspace_id as "workspaceId", asked_by as "personId", format from public.exports where id = $1',
		[id]
	);
	return order ?? null;
}

/** The document as the person who asked may see it now. @throws PermanentFailure when they may not any more */
async function readable(sql: Sql, { documentId, personId }: Order): Promise<{ id: string; title: string; profile: ProfileId }> {
	const [document] = await sql.transaction((tx) =>
		actAs(tx, personId, (asPerson) =>
			asPerson.query<{ id: string; title: string; profile: ProfileId }>(
				'select id, title, profile from public.documents where id = $1',
				[documentId]
			)
		)
	);
	if (!document) throw new PermanentFailure('the person may not read the document any more');
	return document;
}

/** Such a name has room for the ending within the 255 characters that a file's name may have. */
function fileName(title: string, format: ExportFormat): string {
	return `${title.slice(0, 200)}.${format}`;
}

function noRoom(error: unknown): never {
	if ((error as { code?: string }).code === NO_ROOM)
		throw new PermanentFailure('the files of the workspace take all the room they may');
	throw error;
}
