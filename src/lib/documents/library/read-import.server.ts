import { ImportError, importFile, type ImportProblem, type ImportReport } from '../import/index.server.ts';
import type { Kind } from '../schema/kinds.ts';
import { isProfileId, type ProfileId } from '../schema/profiles.ts';
import type { NewFile } from './documents.server.ts';
import { LARGEST_IMAGE_BYTES, fileUrl } from './files.server.ts';
import { firstText, type FirstText } from './first-text.server.ts';
import { imageType } from './image-type.ts';
import { readExportedJson } from './import-json.server.ts';
import { readForm } from './read-form.server.ts';
import type { Upload } from './upload.server.ts';

/** A file that was read, ready to become a document in the workspace and for the lead agency that its form names, if it does. */
interface ReadFile {
	title: string;
	kind: Kind;
	profile: ProfileId;
	report: ImportReport;
	first: FirstText;
	files: NewFile[];
	workspace: string | null;
	agencyId: string | null;
}

/** What was read, why the file cannot be imported, or the field that the form lacks. */
export type ReadImport = ReadFile | { problem: ImportProblem } | { lacking: 'file' | 'profile' };

/** Reads an uploaded form and its file, for a thread: a Word file takes half a second, a hostile one as long as it is allowed to. */
export async function readImport(upload: Upload): Promise<ReadImport> {
	const form = await readForm(upload);
	if (!form?.file) return { lacking: 'file' };
	const { profile } = form.fields;
	if (!isProfileId(profile)) return { lacking: 'profile' };
	const filled = (name: string) => form.fields[name]?.trim() || null;
	const title = filled('title') ?? undefined;
	try {
		return { ...(await readFile(form.file, profile, title)), workspace: filled('workspace'), agencyId: filled('agency') };
	} catch (error) {
		if (error instanceof ImportError) return { problem: error.problem };
		if (error instanceof RangeError) return { problem: 'broken' };
		throw error;
	}
}

async function readFile({ name, bytes }: { name: string; bytes: Uint8Array }, profile: ProfileId, title?: string) {
	const files: NewFile[] = [];
	const storeImage = async ({ bytes }: { bytes: Uint8Array }) => {
		const contentType = imageType(bytes);
		if (!contentType || bytes.byteLength > LARGEST_IMAGE_BYTES) return null;
		const id = crypto.randomUUID();
		files.push({ id, contentType, bytes });
		return fileUrl(id);
	};
	const own = readExportedJson(bytes, profile, title);
	const { content, ...imported } = own ?? (await importFile({ bytes, filename: name, profile, title, storeImage }));
	return {
		title: imported.title,
		kind: imported.kind,
		profile,
		report: imported.report,
		first: firstText(content, profile),
		files
	};
}
