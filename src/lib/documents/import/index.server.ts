import type { Kind } from '../schema/kinds.ts';
import type { JsonNode } from '../schema/json.ts';
import { plainText } from '../schema/body.ts';
import { complete } from '../schema/complete.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { docxToBlocks, type StoreImage } from './docx.server.ts';
import { ImportError } from './errors.ts';
import { detectType } from './file-type.server.ts';
import { kindOf } from './header.ts';
import { htmlToBlocks } from './html.ts';
import { embedImages } from './images.server.ts';
import { refuseBeyond, refuseMarksBeyond, Tally } from './limits.ts';
import { recognise } from './recognise.ts';
import type { ImportReport } from './report.ts';
import type { SourceBlock } from './source.ts';
import { textToBlocks } from './text.ts';

export { ImportError, type ImportProblem } from './errors.ts';
export type { ImportReport } from './report.ts';

export interface ImportRequest {
	bytes: Uint8Array;
	filename: string;
	profile: ProfileId;
	/** The title of the document; without one it is read from the header, or is the name of the file. */
	title?: string;
	/** Takes the pictures; without it they are left out and reported. */
	storeImage?: StoreImage;
}

export interface Imported {
	title: string;
	kind: Kind;
	profile: ProfileId;
	/** The ProseMirror document. */
	content: JsonNode;
	report: ImportReport;
}

const LONGEST_TITLE = 300;
/** Word writes some ten tags for each paragraph of a page. */
const MOST_TAGS = 500_000;

/**
 * Imports a Word file, a web page or a text, told apart by their bytes.
 * @throws ImportError when the file is none of these, cannot be read, has nothing in it, or more than IMPORT_LIMITS
 */
export async function importFile(request: ImportRequest): Promise<Imported> {
	const { bytes, filename, profile, storeImage } = request;
	if (bytes.byteLength === 0) throw new ImportError('empty');
	const source = await readBlocks(bytes, filename, storeImage);
	countBlocks(source);
	const blocks = await embedImages(source, storeImage);
	const recognised = recognise(blocks, { profile });
	const content = complete(recognised.content);
	if (plainText(content).trim() === '' && !recognised.report.counts.image) throw new ImportError('empty');
	const title = request.title?.normalize('NFC').trim() || titleOf(recognised.kind, recognised.subject, filename);
	const kind = kindOf(recognised.kind, recognised.subject);
	return { title: title.slice(0, LONGEST_TITLE), kind, profile, content, report: recognised.report };
}

async function readBlocks(bytes: Uint8Array, filename: string, storeImage?: StoreImage): Promise<SourceBlock[]> {
	const file = detectType(bytes, filename);
	if (file.type === 'docx') return docxToBlocks(bytes, storeImage);
	if (file.type === 'html') {
		refuseMarksBeyond(MOST_TAGS, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), '<');
		return htmlToBlocks(file.text);
	}
	refuseBeyond('characters', file.text.length);
	return textToBlocks(file.text);
}

function countBlocks(blocks: readonly SourceBlock[]): void {
	const tally = new Tally();
	for (const block of blocks) {
		if (block.kind === 'line') tally.line(block.text.length);
		else tally.node(block.node);
	}
}

/** `Nghị quyết Về chuyển đổi số`: the type in small letters and what it is about. */
function titleOf(kind: string, subject: string, filename: string): string {
	const type = kind.charAt(0) + kind.slice(1).toLocaleLowerCase('vi');
	const about = subject === subject.toLocaleUpperCase('vi') ? sentence(subject) : subject;
	if (type && about) return `${type} ${uncapitalised(about)}`;
	const name = filename
		.replace(/\.[a-z0-9]{1,5}$/i, '')
		.normalize('NFC')
		.trim();
	return type || about || name || 'Văn bản';
}

/** With a small first letter, unless the second word shows that a name begins: `Hải Phòng …`. */
function uncapitalised(text: string): string {
	const isName = /^\S+\s+\p{Lu}/u.test(text) || /^\p{Lu}{2}/u.test(text);
	return isName ? text : text.charAt(0).toLocaleLowerCase('vi') + text.slice(1);
}

function sentence(text: string): string {
	return text.charAt(0) + text.slice(1).toLocaleLowerCase('vi');
}
