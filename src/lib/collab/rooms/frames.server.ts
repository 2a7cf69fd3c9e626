/** A whole WebSocket frame, header included, ready for any number of sockets. */
export type Frame = Buffer;

/**
 * Wraps one message in a binary WebSocket frame (RFC 6455 §5.2: final, unmasked). Made once per broadcast and written
 * to each socket as it is, instead of a header per receiver.
 */
export function toFrame(message: Uint8Array): Frame {
	const length = message.byteLength;
	const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const frame = Buffer.allocUnsafe(header + length);
	frame[0] = 0x82;
	if (header === 2) frame[1] = length;
	else if (header === 4) {
		frame[1] = 126;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	frame.set(message, header);
	return frame;
}
