/** A whole WebSocket frame, header included, ready for any number of sockets. */
export type Frame = Buffer;

const TEXT = 0x81;
const BINARY = 0x82;

/**
 * Wraps one message in a binary WebSocket frame (RFC 6455 §5.2: final, unmasked). Made once per broadcast and written
 * to each socket as it is, instead of a header per receiver.
 */
export function toFrame(message: Uint8Array): Frame {
	const { frame, at } = openFrame(message.byteLength);
	frame.set(message, at);
	return frame;
}

/** The same with a value as JSON, in a text frame. */
export function toJsonFrame(value: unknown): Frame {
	const frame = toFrame(Buffer.from(JSON.stringify(value)));
	frame[0] = TEXT;
	return frame;
}

/** Room for a header and a payload of this length; the payload begins `at`. */
export function openFrame(length: number): { frame: Buffer; at: number } {
	const at = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const frame = Buffer.allocUnsafe(at + length);
	frame[0] = BINARY;
	if (at === 2) frame[1] = length;
	else if (at === 4) {
		frame[1] = 126;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	return { frame, at };
}
