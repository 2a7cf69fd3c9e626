import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** A caret as an editor sends it: some 250 bytes of JSON with the person and two relative positions. */
export function caretEntry(clientId: number, clock: number): Uint8Array {
	const position = { type: null, tname: 'body', item: { client: clientId, clock }, assoc: 0 };
	const state = {
		user: { name: `Nguyễn Văn ${clientId % 1000}`, agency: 'Sở Nội vụ', colour: '#1f6feb' },
		cursor: { anchor: position, head: position }
	};
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 1);
	encoding.writeVarUint(encoder, clientId);
	encoding.writeVarUint(encoder, clock);
	encoding.writeVarString(encoder, JSON.stringify(state));
	return encoding.toUint8Array(encoder);
}

/** Whose carets an awareness update holds, and how new they are; the states are skipped. */
export function caretClocks(entries: Uint8Array): { clientId: number; clock: number }[] {
	const decoder = decoding.createDecoder(entries);
	return Array.from({ length: decoding.readVarUint(decoder) }, () => {
		const caret = { clientId: decoding.readVarUint(decoder), clock: decoding.readVarUint(decoder) };
		decoding.readVarUint8Array(decoder);
		return caret;
	});
}
