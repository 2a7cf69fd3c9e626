import { answering, longWork, signedIn } from '$lib/documents/library/api.server.ts';
import { getDocument, recordExport } from '$lib/documents/library/documents.server.ts';
import { fileIdOf, loadImage } from '$lib/documents/library/files.server.ts';
import type { exportUpdates } from '$lib/exports/export-updates.ts';
import { isExportFormat } from '$lib/exports/formats.ts';
import { app } from '$lib/server/app.ts';
import { isOwnRead } from '$lib/server/same-origin.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import { inThread } from '$lib/server/threads/in-thread.ts';
import type { RequestHandler } from './$types';

/**
 * The document as it is at this moment, as a file: `?format=docx|txt|html|json`. The audit trail notes it, so it is for our
 * own pages and for programs that show a token; a link from elsewhere gets 403.
 */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		if (!isOwnRead(event.request, event.url.origin)) throw new Refusal(403, null, 'export-from-elsewhere');
		const { supabase } = event.locals;
		const { sql, sync } = app();
		const document = await getDocument(supabase, event.params.id);
		const format = event.url.searchParams.get('format') ?? 'docx';
		if (!isExportFormat(format)) throw new Refusal(422, 'format');
		await recordExport(sql, person.id, document.id, format);

		const { title, profile } = document;
		const imageOf = async (src: string) => {
			const fileId = fileIdOf(src);
			return fileId ? loadImage(app(), person.id, fileId) : null;
		};
		const file = await longWork.run(person.id, async () => {
			const order = { updates: await sync.readUpdates(document.id), title, profile, format };
			return inThread<typeof exportUpdates>('exports/export-updates.ts', 'exportUpdates', order, {
				answer: imageOf,
				signal: event.request.signal
			});
		});
		return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
			headers: {
				'content-type': file.contentType,
				'content-length': String(file.bytes.byteLength),
				'content-disposition': file.disposition
			}
		});
	});
