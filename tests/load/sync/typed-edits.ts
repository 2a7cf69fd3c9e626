import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** Edits of one client: its Yjs id and clocks `from` ≤ clock < `to`. */
export interface Range {
	clientId: number;
	from: number;
	to: number;
}

const ALPHABET = 'nghị quyết của hội đồng nhân dân ';
const STRING = 4;
const HAS_LEFT = 0x80;

/**
 * The Yjs update (version 1) of one character typed behind the client's own last one, written by hand: a Y.Doc for
 * each of the generator's clients would cost more than the servers that it measures. A test compares it with Yjs.
 */
export function typedCharacter(clientId: number, clock: number): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 1); // clients
	encoding.writeVarUint(encoder, 1); // structs
	encoding.writeVarUint(encoder, clientId);
	encoding.writeVarUint(encoder, clock);
	if (clock === 0) {
		encoding.writeUint8(encoder, STRING);
		encoding.writeVarUint(encoder, 1); // the parent is a root type
		encoding.writeVarString(encoder, 'test');
	} else {
		encoding.writeUint8(encoder, STRING | HAS_LEFT);
		encoding.writeVarUint(encoder, clientId);
		encoding.writeVarUint(encoder, clock - 1);
	}
	encoding.writeVarString(encoder, ALPHABET[clock % ALPHABET.length]);
	encoding.writeVarUint(encoder, 0); // deletions
	return encoding.toUint8Array(encoder);
}

/** Which edits an update holds, however many were merged into it; gaps are not counted. */
export function rangesOf(update: Uint8Array): Range[] {
	const ranges: Range[] = [];
	for (const struct of Y.decodeUpdate(update).structs) {
		if (struct instanceof Y.Skip) continue;
		const { client, clock } = struct.id;
		const last = ranges.at(-1);
		if (last?.clientId === client && last.to === clock) last.to += struct.length;
		else ranges.push({ clientId: client, from: clock, to: clock + struct.length });
	}
	return ranges;
}
