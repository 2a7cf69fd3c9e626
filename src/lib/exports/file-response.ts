import type { ExportedFile } from './export-document.ts';

/** The answer to a request for a file that was just written. */
export function fileResponse({ bytes, contentType, disposition }: ExportedFile): Response {
	return new Response(bytes as Uint8Array<ArrayBuffer>, {
		headers: { 'content-type': contentType, 'content-length': String(bytes.byteLength), 'content-disposition': disposition }
	});
}
