import { ImportError, importFile, type ImportProblem, type ImportReport, type ImportRequest } from '../import/index.server.ts';
import type { Kind } from '../schema/kinds.ts';
import type { NewFile } from './documents.server.ts';
import { LARGEST_IMAGE_BYTES, fileUrl } from './files.server.ts';
import { firstText, type FirstText } from './first-text.server.ts';
import { imageType } from './image-type.ts';
import { readExportedJson } from './import-json.server.ts';

/** A file that was read, ready to become a document; or why it cannot. */
export type ReadImport = { title: string; kind: Kind; report: ImportReport; first: FirstText; files: NewFile[] } | { problem: ImportProblem };

/** Reads a file, for a thread: a Word file takes half a second, a hostile one as long as it is allowed to. */
export async function readImport(request: Omit<ImportRequest, 'storeImage'>): Promise<ReadImport> {
	const files: NewFile[] = [];
	const storeImage = async ({ bytes }: { bytes: Uint8Array }) => {
		const contentType = imageType(bytes);
		if (!contentType || bytes.byteLength > LARGEST_IMAGE_BYTES) return null;
		const id = crypto.randomUUID();
		files.push({ id, contentType, bytes });
		return fileUrl(id);
	};
	try {
		const own = readExportedJson(request.bytes, request.profile, request.title);
		const { title, kind, report, content } = own ?? (await importFile({ ...request, storeImage }));
		return { title, kind, report, first: firstText(content, request.profile), files };
	} catch (error) {
		if (error instanceof ImportError) return { problem: error.problem };
		if (error instanceof RangeError) return { problem: 'broken' };
		throw error;
	}
}
