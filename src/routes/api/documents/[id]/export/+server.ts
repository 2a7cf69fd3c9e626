import * as Y from 'yjs';
import { answering, signedIn } from '$lib/documents/library/api.server.ts';
import { getDocument } from '$lib/documents/library/documents.server.ts';
import { fileIdOf, findImage } from '$lib/documents/library/files.server.ts';
import { bodyToJson } from '$lib/documents/schema/body.ts';
import { exportDocument, isExportFormat } from '$lib/exports/export-document.ts';
import { app } from '$lib/server/app.ts';
import { Refusal, refusalOf } from '$lib/server/sqlstate.ts';
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

		const ydoc = new Y.Doc();
		Y.applyUpdate(ydoc, await sync.readBody(document.id));
		const content = bodyToJson(ydoc);
		ydoc.destroy();
		const file = await exportDocument({
			title: document.title,
			profile: document.profile,
			content,
			format,
			loadImage: async (src) => {
				const fileId = fileIdOf(src);
				return fileId ? findImage(sql, person.id, fileId) : null;
			}
		});
		return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
			headers: {
				'content-type': file.contentType,
				'content-length': String(file.bytes.byteLength),
				'content-disposition': file.disposition,
				'cache-control': 'private, no-store'
			}
		});
	});
