import { MESSAGE } from '../protocol.ts';

/** A whole WebSocket frame, header included, ready for any number of sockets. */
export type Frame = Buffer;

/**
 * Wraps one message in a binary WebSocket frame (RFC 6455 §5.2: final, unmasked). Made once per broadcast and written
 * to each socket as it is, instead of a header per receiver.
 */
export function toFrame(message: Uint8Array): Frame {
	const { frame, at } = openFrame(message.byteLength);
	frame.set(message, at);
	return frame;
}

/** A frame with the sync message `[0][step][bytes]`, made without a copy in between. */
export function syncFrame(step: number, bytes: Uint8Array): Frame {
	const { byteLength } = bytes;
	const { frame, at } = openFrame(2 + varUintSize(byteLength) + byteLength);
	frame[at] = MESSAGE.sync;
	frame[at + 1] = step;
	let next = at + 2;
	for (let rest = byteLength; ; rest = Math.floor(rest / 128)) {
		frame[next++] = rest < 128 ? rest : (rest % 128) | 0x80;
		if (rest < 128) break;
	}
	frame.set(bytes, next);
	return frame;
}

/** Room for a header and a payload of this length; the payload begins `at`. */
function openFrame(length: number): { frame: Buffer; at: number } {
	const at = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const frame = Buffer.allocUnsafe(at + length);
	frame[0] = 0x82;
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

/** Bytes of a number in lib0's variable length: seven bits in each. */
function varUintSize(value: number): number {
	let size = 1;
	for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
	return size;
}
