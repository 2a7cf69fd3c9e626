import { readFile } from 'node:fs/promises';
import type { Upload } from './upload.server.ts';

/** What an uploaded form holds: its texts by name, and its file. */
export interface ReadForm {
	fields: Record<string, string>;
	file: { name: string; bytes: Uint8Array } | null;
}

const MOST_FIELDS = 20;

/** Reads an uploaded form, in a thread: taking fifty megabytes apart takes a second. Null when it is none that we send. */
export async function readForm({ path, contentType }: Upload): Promise<ReadForm | null> {
	const bytes = await readFile(path);
	if (hasManyFields(bytes, contentType)) return null;
	const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData().catch(() => null);
	if (!form) return null;
	const fields: Record<string, string> = {};
	let file: ReadForm['file'] = null;
	for (const [name, value] of form) {
		if (typeof value !== 'string')
			file ??= name === 'file' ? { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) } : null;
		else if (name === 'file') file ??= { name: '', bytes: new TextEncoder().encode(value) };
		else fields[name] = value;
	}
	return { fields, file };
}

/** The texts alone, for a form whose file was refused: they are given back. In a thread, as `readForm`. */
export async function readTexts(upload: Upload): Promise<Record<string, string>> {
	const form = await readForm(upload);
	return { file: '', ...form?.fields };
}

function hasManyFields(bytes: Buffer, contentType: string): boolean {
	const boundary = /boundary="?([^";]+)/i.exec(contentType)?.[1];
	const mark = boundary ? `--${boundary}` : '&';
	let found = 0;
	for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
		if (++found > MOST_FIELDS) return true;
	}
	return false;
}
