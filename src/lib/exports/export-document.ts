import type { JsonNode } from '../documents/schema/json.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import { buildOutline } from './build-outline.ts';
import { writeDocx } from './docx.ts';
import { asciiFileName, contentDisposition } from './file-name.ts';
import { writeHtml } from './html.ts';
import type { LoadImage } from './images.ts';
import { writeJson } from './json.ts';
import { writeTxt } from './txt.ts';

/** The formats a document can be downloaded in; each is also the file's extension. */
export const EXPORT_FORMATS = ['docx', 'txt', 'html', 'json'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

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

/** Whether a value names an export format. */
export function isExportFormat(value: unknown): value is ExportFormat {
	return typeof value === 'string' && (EXPORT_FORMATS as readonly string[]).includes(value);
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
