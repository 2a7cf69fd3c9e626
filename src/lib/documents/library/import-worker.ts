import { parentPort, workerData } from 'node:worker_threads';
import { ImportError, importFile, type ImportRequest } from '../import/index.server.ts';
import type { NewFile } from './documents.server.ts';
import { LARGEST_IMAGE_BYTES, fileUrl } from './files.server.ts';
import { imageType } from './image-type.ts';
import { readExportedJson } from './import-json.server.ts';
import type { WorkerAnswer } from './import.server.ts';

// Reads one file in a thread of its own and ends.
const answer = await read(workerData as Omit<ImportRequest, 'storeImage'>);
parentPort?.postMessage(answer);

async function read(request: Omit<ImportRequest, 'storeImage'>): Promise<WorkerAnswer> {
	const files: NewFile[] = [];
	try {
		const own = readExportedJson(request.bytes, request.profile, request.title);
		if (own) return { imported: own, files };
		const imported = await importFile({
			...request,
			storeImage: async ({ bytes }) => {
				const contentType = imageType(bytes);
				if (!contentType || bytes.byteLength > LARGEST_IMAGE_BYTES) return null;
				const id = crypto.randomUUID();
				files.push({ id, contentType, bytes });
				return fileUrl(id);
			}
		});
		return { imported, files };
	} catch (error) {
		if (error instanceof ImportError) return { problem: error.problem };
		if (error instanceof RangeError) return { problem: 'broken' };
		throw error;
	}
}
