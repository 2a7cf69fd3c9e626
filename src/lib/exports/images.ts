import type { OutlineBlock } from './outline.ts';

/** Reads a picture that the document keeps as a file; null when it is gone or may not be read. */
export type LoadImage = (src: string) => Promise<{ bytes: Uint8Array; contentType: string } | null>;

/** A picture's data, its type as its first bytes tell it, and its size in pixels. */
export interface LoadedImage {
	bytes: Uint8Array;
	type: ImageType;
	width: number;
	height: number;
}

type ImageType = 'png' | 'jpg' | 'gif' | 'bmp' | 'webp';

/**
 * Loads every picture of the blocks. `data:` addresses are decoded, others go to `load`; what cannot be read or is
 * no picture is missing in the result, and the writer prints its description instead.
 */
export async function loadImages(
	blocks: readonly OutlineBlock[],
	load: LoadImage = async () => null
): Promise<Map<string, LoadedImage>> {
	const result = new Map<string, LoadedImage>();
	for (const src of new Set(imageSources(blocks))) {
		const file = dataOf(src) ?? (src.startsWith('data:') ? null : await load(src));
		const image = file && readImage(file.bytes);
		if (image) result.set(src, image);
	}
	return result;
}

/** The type and size of a picture, read from its bytes; null when it is none of the known types. */
export function readImage(bytes: Uint8Array): LoadedImage | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const found = (size: { type: ImageType; width: number; height: number } | null) =>
		size && size.width > 0 && size.height > 0 ? { bytes, ...size } : null;
	try {
		const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
		if (ascii(1, 4) === 'PNG') return found({ type: 'png', width: view.getUint32(16), height: view.getUint32(20) });
		if (ascii(0, 4) === 'GIF8') {
			return found({ type: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) });
		}
		if (ascii(0, 2) === 'BM') {
			return found({ type: 'bmp', width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) });
		}
		if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return found(webpSize(view, ascii(12, 16)));
		return view.getUint16(0) === 0xffd8 ? found(jpegSize(view)) : null;
	} catch (error) {
		// A file cut short ends before its size is told.
		if (error instanceof RangeError) return null;
		throw error;
	}
}

/** The addresses of all pictures in the blocks, in order. */
export function* imageSources(blocks: readonly OutlineBlock[]): Generator<string> {
	for (const block of blocks) {
		if (block.type === 'image') yield block.src;
		if (block.type === 'list') for (const item of block.items) yield* imageSources(item);
		if (block.type === 'table') for (const cell of block.rows.flat()) yield* imageSources(cell.blocks);
	}
}

function dataOf(src: string): { bytes: Uint8Array } | null {
	const found = /^data:image\/[\w.+-]+;base64,([\w+/=\s]*)$/u.exec(src);
	return found ? { bytes: new Uint8Array(Buffer.from(found[1], 'base64')) } : null;
}

/** Walks the segments to the frame header, which holds the size. */
function jpegSize(view: DataView) {
	let at = 2;
	for (;;) {
		if (view.getUint8(at) !== 0xff) return null;
		const marker = view.getUint8(at + 1);
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return { type: 'jpg' as const, width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
		at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
	}
}

function webpSize(view: DataView, chunk: string) {
	const type = 'webp' as const;
	if (chunk === 'VP8X') {
		const side = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
		return { type, width: side(24), height: side(27) };
	}
	if (chunk === 'VP8L') {
		const bits = view.getUint32(21, true);
		return { type, width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
	}
	return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}
