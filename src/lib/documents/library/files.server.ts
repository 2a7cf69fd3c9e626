import { isUuid } from '../../base/ids.ts';
import { actAs } from '../../server/act-as.ts';
import type { App } from '../../server/app.ts';
import type { StoredFile } from '../../server/files/files.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import type { Sql } from '../../server/sql.ts';
import { imageType } from './image-type.ts';

export const LARGEST_IMAGE_BYTES = 10 * 1024 * 1024;

type Door = Pick<App, 'sql' | 'files'>;

/**
 * Stores an image of a document as the person. Its type is what its first bytes say, whatever it is called.
 * @throws Refusal 403 for who may not edit, 413, 415
 */
export async function addImage(
	{ sql, files }: Door,
	personId: string,
	document: { id: string; workspaceId: string },
	bytes: Uint8Array
): Promise<{ id: string; url: string }> {
	if (bytes.byteLength > LARGEST_IMAGE_BYTES) throw new Refusal(413, { field: 'file', key: 'library_error_too_large' });
	const contentType = imageType(bytes);
	if (!contentType) throw new Refusal(415, { field: 'file', key: 'library_error_wrong_type' });
	const id = crypto.randomUUID();
	const file = await files.put(onlyOne(bytes), { workspaceId: document.workspaceId, name: '', personId });
	try {
		await sql.transaction((tx) =>
			actAs(tx, personId, (asPerson) => insertImage(asPerson, document.id, { id, contentType, fileId: file.id }))
		);
	} catch (error) {
		await files.discard(file.id);
		throw error;
	}
	return { id, url: fileUrl(id) };
}

/** Makes a file that is stored an image of a document; inside `actAs`, so that the policy decides. */
export async function insertImage(
	asPerson: Sql,
	documentId: string,
	image: { id: string; contentType: string; fileId: string }
): Promise<void> {
	await asPerson.query('insert into public.document_files (id, document_id, content_type, file_id) values ($1, $2, $3, $4)', [
		image.id,
		documentId,
		image.contentType,
		image.fileId
	]);
}

/** The file of an image as the person may see it; null when they may not, or it is gone. */
export async function findImage({ sql, files }: Door, personId: string, id: string): Promise<StoredFile | null> {
	const [row] = await sql.transaction((tx) =>
		actAs(tx, personId, (asPerson) =>
			asPerson.query<{ fileId: string | null }>('select file_id as "fileId" from public.document_files where id = $1', [id])
		)
	);
	return row?.fileId ? files.find(row.fileId) : null;
}

/** The same with its bytes, for exports. */
export async function loadImage(
	door: Door,
	personId: string,
	id: string
): Promise<{ contentType: string; bytes: Uint8Array } | null> {
	const file = await findImage(door, personId, id);
	return file && { contentType: file.contentType, bytes: await door.files.bytes(file.id) };
}

/** Bytes that are in memory already, as `Files.put` takes them. */
export async function* onlyOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

/** Where an image is fetched from. */
export function fileUrl(id: string): string {
	return `/api/files/${id}`;
}

/** The id in such an address; null for any other. */
export function fileIdOf(url: string): string | null {
	const id = /^\/api\/files\/([^/]+)$/.exec(url)?.[1];
	return isUuid(id) ? id : null;
}
