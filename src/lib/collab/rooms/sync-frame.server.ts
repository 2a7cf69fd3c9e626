import { type Frame, openFrame } from '../../server/sockets/frames.ts';
import { MESSAGE } from '../protocol.ts';

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

/** Bytes of a number in lib0's variable length: seven bits in each. */
function varUintSize(value: number): number {
	let size = 1;
	for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
	return size;
}
