import { CommandRefused } from '../run-or-explain.ts';
import { readEntries } from './entries.ts';
import { CONTENTS, MANIFEST, type Content, type Manifest } from './format.ts';

/**
 * Reads an archive to its end, before anything is written. Answers its manifest and how many rows each entry must have.
 * @throws CommandRefused when it is none, or not all that was written
 */
export async function checkArchive(file: string): Promise<{ manifest: Manifest; rowsOf: Map<string, number> }> {
	const notWhole = (reason: string) => new CommandRefused(`${file} is not whole (${reason}); nothing was restored.`);
	let manifest: Manifest | null = null;
	let contents: Content[] | null = null;
	const digests = new Map<string, string>();
	try {
		for await (const { name, bytes, sha256 } of readEntries(file)) {
			if (name === MANIFEST) manifest = JSON.parse(bytes.toString()) as Manifest;
			else if (!manifest) break;
			else if (name === CONTENTS) contents = JSON.parse(bytes.toString()) as Content[];
			else digests.set(name, sha256);
		}
	} catch (error) {
		if (manifest) throw notWhole((error as Error).message);
	}
	if (!manifest) throw new CommandRefused(`${file} is not a backup of Plenum.`);
	if (manifest.format === 1) return { manifest, rowsOf: new Map() };
	if (!contents) throw notWhole('its end is missing');
	for (const { name, sha256 } of contents) {
		if (!digests.has(name)) throw notWhole(`${name} is missing`);
		if (digests.get(name) !== sha256) throw notWhole(`${name} is not what was written`);
	}
	if (digests.size > contents.length) throw notWhole('it has more than was written');
	return { manifest, rowsOf: new Map(contents.map(({ name, rows }) => [name, rows])) };
}
