import { crc32, inflateRawSync } from 'node:zlib';
import { ImportError } from './errors.ts';

/** The files of an archive by name, unpacked. */
export type ZipFiles = Map<string, Uint8Array>;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_FILES = 5000;

interface Entry {
	name: string;
	method: number;
	start: number;
	packed: number;
	unpacked: number;
}

/** The names of the files in an archive; null when the bytes are no archive. */
export function zipNames(bytes: Uint8Array): string[] | null {
	try {
		return readEntries(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).map(({ name }) => name);
	} catch {
		return null;
	}
}

/**
 * Unpacks an archive, whatever it claims about its sizes, up to a number of bytes in all.
 * @throws ImportError `broken`, or `large` when more comes out than is allowed
 */
export function unzip(bytes: Uint8Array, largest: number): ZipFiles {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const files: ZipFiles = new Map();
	let left = largest;
	for (const entry of readEntries(buffer)) {
		const file = unpack(buffer, entry, left);
		left -= file.byteLength;
		files.set(entry.name, file);
	}
	return files;
}

/** Packs files without compressing them: for a reader in the same process. */
export function zip(files: ZipFiles): Buffer {
	const parts: Buffer[] = [];
	const central: Buffer[] = [];
	let offset = 0;
	for (const [name, content] of files) {
		const nameBytes = Buffer.from(name, 'utf8');
		const facts = Buffer.alloc(26);
		facts.writeUInt16LE(20, 0);
		facts.writeUInt16LE(0x0800, 2);
		facts.writeUInt32LE(crc32(content), 10);
		facts.writeUInt32LE(content.byteLength, 14);
		facts.writeUInt32LE(content.byteLength, 18);
		facts.writeUInt16LE(nameBytes.length, 22);
		parts.push(word(LOCAL), facts, nameBytes, Buffer.from(content.buffer, content.byteOffset, content.byteLength));
		const place = Buffer.alloc(14);
		place.writeUInt32LE(offset, 10);
		central.push(word(CENTRAL), Buffer.from([20, 0]), facts, place, nameBytes);
		offset += 30 + nameBytes.length + content.byteLength;
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(files.size, 4);
	end.writeUInt16LE(files.size, 6);
	end.writeUInt32LE(directory.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...parts, directory, word(END), end]);
}

function readEntries(buffer: Buffer): Entry[] {
	const end = findEnd(buffer);
	const count = buffer.readUInt16LE(end + 10);
	if (count > MOST_FILES) throw new ImportError('large');
	const entries: Entry[] = [];
	let at = buffer.readUInt32LE(end + 16);
	for (let index = 0; index < count; index++) {
		if (buffer.readUInt32LE(at) !== CENTRAL) throw new ImportError('broken');
		const nameLength = buffer.readUInt16LE(at + 28);
		entries.push({
			name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
			method: buffer.readUInt16LE(at + 10),
			packed: buffer.readUInt32LE(at + 20),
			unpacked: buffer.readUInt32LE(at + 24),
			start: buffer.readUInt32LE(at + 42)
		});
		at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
	}
	return entries;
}

/** The end record may be followed by a comment of up to 64 KiB. */
function findEnd(buffer: Buffer): number {
	for (let at = buffer.length - 22; at >= Math.max(0, buffer.length - 65_557); at--) {
		if (buffer.readUInt32LE(at) === END) return at;
	}
	throw new ImportError('broken');
}

function unpack(buffer: Buffer, { method, start, packed, unpacked }: Entry, left: number): Uint8Array {
	if (unpacked > left) throw new ImportError('large');
	if (start + 30 > buffer.length || buffer.readUInt32LE(start) !== LOCAL) throw new ImportError('broken');
	const from = start + 30 + buffer.readUInt16LE(start + 26) + buffer.readUInt16LE(start + 28);
	const content = buffer.subarray(from, from + packed);
	if (method === 0) return content;
	if (method !== 8) throw new ImportError('broken');
	try {
		return inflateRawSync(content, { maxOutputLength: Math.max(left, 1) });
	} catch (cause) {
		const isLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
		throw new ImportError(isLarge ? 'large' : 'broken', { cause });
	}
}

function word(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}
