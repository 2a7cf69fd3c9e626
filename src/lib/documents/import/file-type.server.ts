import { ImportError } from './errors.ts';
import { decodeText } from './text.ts';
import { zipNames } from './zip.server.ts';

/** What a file really is, by its bytes. */
export type FileType = { type: 'docx' } | { type: 'html' | 'text'; text: string };

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const PDF = [0x25, 0x50, 0x44, 0x46];
const RTF = [0x7b, 0x5c, 0x72, 0x74, 0x66];
const HTML_START = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta)\b/is;
const HTML_INSIDE = /<(?:p|div|table|h[1-6]|br|ul|ol|span|b|strong)\b[^>]*>/i;

/**
 * The type of a file by its bytes; the name only tells a web page without a head from a text.
 * @throws ImportError when it is none that can be imported
 */
export function detectType(bytes: Uint8Array, filename: string): FileType {
	if (startsWith(bytes, ZIP)) {
		const names = zipNames(bytes);
		if (!names) throw new ImportError('broken');
		if (!names.includes('word/document.xml')) throw new ImportError('zip');
		return { type: 'docx' };
	}
	if (startsWith(bytes, OLE)) throw new ImportError('old-word');
	if (startsWith(bytes, PDF)) throw new ImportError('pdf');
	if (startsWith(bytes, RTF)) throw new ImportError('rtf');
	const text = decodeText(bytes).replace(/^\ufeff/, '');
	if (text.trim() === '') throw new ImportError('empty');
	if (isBinary(text)) throw new ImportError('unknown');
	const isPage = HTML_START.test(text.slice(0, 4000)) || (/\.x?html?$/i.test(filename) && HTML_INSIDE.test(text));
	return { type: isPage ? 'html' : 'text', text };
}

function startsWith(bytes: Uint8Array, start: number[]): boolean {
	return start.every((byte, index) => bytes[index] === byte);
}

/** Control characters do not occur in texts. */
function isBinary(text: string): boolean {
	let strange = 0;
	const start = text.slice(0, 8000);
	for (const character of start) {
		const code = character.codePointAt(0) as number;
		if (code === 0 || (code < 32 && !/\s/.test(character)) || code === 0xfffd) strange++;
	}
	return strange > start.length / 200;
}
