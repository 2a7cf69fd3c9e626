import { inflateRawSync } from 'node:zlib';

/** The files of a zip archive by name, for looking into what an export wrote. Tests only: no checksums, no zip64. */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let end = bytes.length - 22;
	while (view.getUint32(end, true) !== 0x06054b50) end--;
	const files = new Map<string, Uint8Array>();
	let at = view.getUint32(end + 16, true);
	for (let left = view.getUint16(end + 10, true); left > 0; left--) {
		const [size, nameSize] = [view.getUint32(at + 20, true), view.getUint16(at + 28, true)];
		const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameSize));
		const header = view.getUint32(at + 42, true);
		const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
		const data = bytes.subarray(start, start + size);
		files.set(name, view.getUint16(at + 10, true) === 0 ? data : new Uint8Array(inflateRawSync(data)));
		at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
	return files;
}
