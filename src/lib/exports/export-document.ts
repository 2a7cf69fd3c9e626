import type { JsonNode } from '../documents/schema/json.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import { buildOutline } from './build-outline.ts';
import { type PrintedComments, withCommentMarks } from './comment-marks.ts';
import { writeDocx } from './docx.ts';
import { asciiFileName, contentDisposition } from './file-name.ts';
import { CONTENT_TYPES, type ExportFormat } from './formats.ts';
import { writeHtml } from './html.ts';
import { imageSources, type LoadImage } from './images.ts';
import { writeJson } from './json.ts';
import { writeTxt } from './txt.ts';

export interface ExportInput {
	title: string;
	profile: ProfileId;
	/** The ProseMirror document. */
	content: JsonNode;
	format: ExportFormat;
	/** What was said of it: a Word file shows it beside the words. */
	comments?: PrintedComments;
	/** Reads pictures that the document keeps as files. */
	loadImage?: LoadImage;
	/** Hears how much is done, from 0 to 1. */
	onProgress?: (share: number) => unknown;
}

export interface ExportedFile {
	bytes: Uint8Array;
	contentType: string;
	/** ASCII only. */
	filename: string;
	/** The value of the header `Content-Disposition`, with the Vietnamese title. */
	disposition: string;
}

/** Writes a document as a file. Asks nobody for permission: that is the caller's. */
export async function exportDocument(input: ExportInput): Promise<ExportedFile> {
	const { title, format } = input;
	return {
		bytes: await write(input),
		contentType: CONTENT_TYPES[format],
		filename: asciiFileName(title, format),
		disposition: contentDisposition(title, format)
	};
}

/** Of the work on a document with images: to build the outline, and then to read them. */
const OUTLINE_SHARE = 0.2;
const IMAGES_SHARE = 0.5;

async function write({ loadImage, onProgress, ...input }: ExportInput): Promise<Uint8Array> {
	const encode = (text: string) => new TextEncoder().encode(text);
	if (input.format === 'json') return encode(writeJson(input));
	const { comments } = input.format === 'docx' ? input : {};
	const outline = buildOutline(comments ? { ...input, content: withCommentMarks(input.content, comments.places) } : input);
	await onProgress?.(OUTLINE_SHARE);
	const most = new Set(imageSources(outline.blocks)).size;
	let read = 0;
	const load: LoadImage = async (src) => {
		const image = (await loadImage?.(src)) ?? null;
		await onProgress?.(OUTLINE_SHARE + (IMAGES_SHARE * ++read) / most);
		return image;
	};
	switch (input.format) {
		case 'docx':
			return writeDocx(outline, load, comments?.comments);
		case 'txt':
			return encode(writeTxt(outline));
		case 'html':
			return encode(await writeHtml(outline, load));
	}
}
