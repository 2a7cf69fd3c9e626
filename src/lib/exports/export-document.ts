import type { JsonNode } from '../documents/schema/json.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import { buildOutline } from './build-outline.ts';
import { writeDocx } from './docx.ts';
import { asciiFileName, contentDisposition } from './file-name.ts';
import type { ExportFormat } from './formats.ts';
import { writeHtml } from './html.ts';
import type { LoadImage } from './images.ts';
import { writeJson } from './json.ts';
import { writeTxt } from './txt.ts';

const CONTENT_TYPES: Record<ExportFormat, string> = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	txt: 'text/plain; charset=utf-8',
	html: 'text/html; charset=utf-8',
	json: 'application/json; charset=utf-8'
};

export interface ExportInput {
	title: string;
	profile: ProfileId;
	/** The ProseMirror document. */
	content: JsonNode;
	format: ExportFormat;
	/** Reads pictures that the document keeps as files. */
	loadImage?: LoadImage;
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

async function write(input: ExportInput): Promise<Uint8Array> {
	const encode = (text: string) => new TextEncoder().encode(text);
	switch (input.format) {
		case 'docx':
			return writeDocx(buildOutline(input), input.loadImage);
		case 'txt':
			return encode(writeTxt(buildOutline(input)));
		case 'html':
			return encode(await writeHtml(buildOutline(input), input.loadImage));
		case 'json':
			return encode(writeJson(input));
	}
}
