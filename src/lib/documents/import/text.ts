import { makeTextLine, type SourceBlock } from './source.ts';

/** The lines of a plain text; blank ones are left out. */
export function textToBlocks(text: string): SourceBlock[] {
	const blocks: SourceBlock[] = [];
	for (const raw of text.split(/\r\n|[\n\r\f\v\u2028\u2029]/)) {
		const line = makeTextLine(raw);
		if (line) blocks.push(line);
	}
	return blocks;
}

/**
 * The text of bytes: UTF-8 or UTF-16 (by its mark or its zeros), else Windows-1258, the old Vietnamese code page, whose
 * letters come in two pieces and are joined.
 */
export function decodeText(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le');
	if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be');
	const zeros = bytes.subarray(0, 400).reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
	if (zeros > 20) return decode(bytes, bytes[0] === 0 ? 'utf-16be' : 'utf-16le');
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
	} catch {
		return decode(bytes, 'windows-1258');
	}
}

function decode(bytes: Uint8Array, encoding: string): string {
	return new TextDecoder(encoding).decode(bytes).normalize('NFC');
}
