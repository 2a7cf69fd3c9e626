import { actAs } from '../../server/act-as.ts';
import { Refusal, refusalOf } from '../../server/sqlstate.ts';
import type { Sql } from '../../server/sql.ts';
import { insertFile, isUuid } from './documents.server.ts';
import { imageType } from './image-type.ts';

export const LARGEST_IMAGE_BYTES = 10 * 1024 * 1024;

/**
 * Stores an image of a document as the person. Its type is what its first bytes say, whatever it is called.
 * @throws Refusal 403 for who may not edit, 413, 415
 */
export async function addImage(sql: Sql, personId: string, documentId: string, bytes: Uint8Array): Promise<{ id: string; url: string }> {
	if (bytes.byteLength > LARGEST_IMAGE_BYTES) throw new Refusal(413, 'file');
	const contentType = imageType(bytes);
	if (!contentType) throw new Refusal(415, 'file');
	const id = crypto.randomUUID();
	try {
		await sql.transaction((tx) => actAs(tx, personId, (asPerson) => insertFile(asPerson, documentId, { id, contentType, bytes })));
	} catch (error) {
		throw refusalOf(error, 'file');
	}
	return { id, url: fileUrl(id) };
}

/** An image as the person may see it; null when they may not, or it is gone. Bytes travel past the JSON of the data API. */
export async function findImage(sql: Sql, personId: string, id: string): Promise<{ contentType: string; bytes: Uint8Array } | null> {
	if (!isUuid(id)) return null;
	const [row] = await sql.transaction((tx) =>
		actAs(tx, personId, (asPerson) =>
			asPerson.query<{ content_type: string; bytes: Uint8Array }>('select content_type, bytes from public.document_files where id = $1', [id])
		)
	);
	return row ? { contentType: row.content_type, bytes: row.bytes } : null;
}

/** Where an image is fetched from. */
export function fileUrl(id: string): string {
	return `/api/files/${id}`;
}

/** The id in such an address; null for any other. */
export function fileIdOf(url: string): string | null {
	return /^\/api\/files\/([0-9a-f-]{36})$/i.exec(url)?.[1] ?? null;
}
