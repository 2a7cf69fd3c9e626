import { answering, signedIn } from '$lib/documents/library/api.server.ts';
import { getDocument } from '$lib/documents/library/documents.server.ts';
import { fileIdOf, findImage } from '$lib/documents/library/files.server.ts';
import type { exportUpdates } from '$lib/exports/export-updates.ts';
import { isExportFormat } from '$lib/exports/formats.ts';
import { app } from '$lib/server/app.ts';
import { Refusal, refusalOf } from '$lib/server/sqlstate.ts';
import { inThread } from '$lib/server/threads/in-thread.ts';
import type { RequestHandler } from './$types';

/** The document as it is at this moment, as a file: `?format=docx|txt|html|json`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { supabase } = event.locals;
		const { sql, sync } = app();
		const document = await getDocument(supabase, event.params.id);
		const format = event.url.searchParams.get('format') ?? 'docx';
		if (!isExportFormat(format)) throw new Refusal(422, 'format');
		const { error } = await supabase.rpc('record_export', { document: document.id, format });
		if (error) throw refusalOf(error);

		const { title, profile } = document;
		const order = { updates: await sync.readUpdates(document.id), title, profile, format };
		const loadImage = async (src: string) => {
			const fileId = fileIdOf(src);
			return fileId ? findImage(sql, person.id, fileId) : null;
		};
		const file = await inThread<typeof exportUpdates>('exports/export-updates.ts', 'exportUpdates', order, { answer: loadImage, signal: event.request.signal });
		return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
			headers: {
				'content-type': file.contentType,
				'content-length': String(file.bytes.byteLength),
				'content-disposition': file.disposition,
				'cache-control': 'private, no-store'
			}
		});
	});
