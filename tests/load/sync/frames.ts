/**
 * The WebSocket framing of the load generator (RFC 6455 §5.2). The `ws` library would make the generator the
 * bottleneck: it allocates several objects for each frame, and here one core reads hundreds of thousands a second.
 */
export const OPCODE = { continuation: 0, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Receives a whole message as a range of `bytes`, which is valid only during the call. */
export type OnMessage = (opcode: number, bytes: Buffer, start: number, end: number) => void;

/** Any mask but zero makes the server do the unmasking that every browser asks for. */
const MASK = [0x5a, 0xc3, 0x17, 0x9e];

/** One message as a final, masked frame, ready to be written to a server. */
export function maskedFrame(message: Uint8Array, opcode: number = OPCODE.binary): Buffer {
	const { length } = message;
	const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
	const header = 6 + lengthBytes;
	const frame = Buffer.allocUnsafe(header + length);
	frame[0] = 0x80 | opcode;
	if (lengthBytes === 0) frame[1] = 0x80 | length;
	else if (lengthBytes === 2) {
		frame[1] = 0x80 | 126;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = 0x80 | 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	for (let index = 0; index < 4; index++) frame[header - 4 + index] = MASK[index];
	for (let index = 0; index < length; index++) frame[header + index] = message[index] ^ MASK[index & 3];
	return frame;
}

/** Frames of this size and more are read into buffers that are used again: new ones cost a page fault per 4 KB. */
const LARGE = 1024 * 1024;
const idleBuffers: Buffer[] = [];

/** Has buffers ready for this many large frames at a time, so that reading them does not cost the generator its core. */
export function reserveLargeFrames(count: number, bytes: number): void {
	const missing = count - idleBuffers.filter((buffer) => buffer.length >= bytes).length;
	for (let made = 0; made < missing; made++) idleBuffers.push(Buffer.alloc(bytes, 1));
}

/** Cuts the byte stream of a server into messages, however TCP has split it. */
export class FrameReader {
	readonly #onMessage: OnMessage;
	/** A frame that began in an earlier chunk: its bytes so far, and its whole size once the header was readable. */
	#partial: Buffer | null = null;
	#have = 0;
	#need = 0;
	/** Payloads of a fragmented message whose last frame has not come. */
	#fragments: Buffer[] = [];
	#fragmentOpcode = 0;

	constructor(onMessage: OnMessage) {
		this.#onMessage = onMessage;
	}

	/** Reads a chunk; it may be overwritten after the call. */
	push(chunk: Buffer, start = 0, end = chunk.length): void {
		let at = start;
		while (this.#partial && at < end) at = this.#complete(chunk, at, end);
		while (at < end) {
			const size = frameSize(chunk, at, end);
			if (size === 0 || at + size > end) return this.#keep(chunk, at, end, size);
			this.#deliver(chunk, at);
			at += size;
		}
	}

	/** Adds to the frame that is under way; returns where reading goes on. */
	#complete(chunk: Buffer, at: number, end: number): number {
		if (this.#need === 0) {
			// The header itself was cut: one byte at a time, it has at most ten.
			this.#partial![this.#have++] = chunk[at];
			const size = frameSize(this.#partial!, 0, this.#have);
			if (size > 0) this.#begin(size);
			at++;
		} else {
			const taken = Math.min(end - at, this.#need - this.#have);
			chunk.copy(this.#partial!, this.#have, at, at + taken);
			this.#have += taken;
			at += taken;
		}
		if (this.#need > 0 && this.#have === this.#need) {
			const frame = this.#partial!;
			this.#partial = null;
			this.#deliver(frame, 0);
			if (frame.length >= LARGE) idleBuffers.push(frame);
		}
		return at;
	}

	#keep(chunk: Buffer, at: number, end: number, size: number): void {
		this.#partial = bufferFor(size);
		this.#have = chunk.copy(this.#partial, 0, at, end);
		this.#need = size;
	}

	#begin(size: number): void {
		const frame = bufferFor(size);
		this.#partial!.copy(frame, 0, 0, this.#have);
		this.#partial = frame;
		this.#need = size;
	}

	#deliver(bytes: Buffer, at: number): void {
		const isFinal = (bytes[at] & 0x80) !== 0;
		const opcode = bytes[at] & 0x0f;
		const start = at + headerSize(bytes[at + 1]);
		const end = at + frameSize(bytes, at, bytes.length);
		if (isFinal && opcode !== OPCODE.continuation) return this.#onMessage(opcode, bytes, start, end);
		this.#fragments.push(Buffer.from(bytes.subarray(start, end)));
		if (opcode !== OPCODE.continuation) this.#fragmentOpcode = opcode;
		if (!isFinal) return;
		const whole = Buffer.concat(this.#fragments);
		this.#fragments = [];
		this.#onMessage(this.#fragmentOpcode, whole, 0, whole.length);
	}
}

function bufferFor(size: number): Buffer {
	if (size < LARGE) return Buffer.allocUnsafe(Math.max(size, 16));
	const place = idleBuffers.findIndex((buffer) => buffer.length >= size);
	return place === -1 ? Buffer.allocUnsafeSlow(size) : idleBuffers.splice(place, 1)[0];
}

function headerSize(second: number): number {
	if (second & 0x80) throw new Error('a server must not mask its frames');
	const length = second & 0x7f;
	return length < 126 ? 2 : length === 126 ? 4 : 10;
}

/** Header and payload together; 0 while the header cannot be read yet. */
function frameSize(bytes: Buffer, at: number, end: number): number {
	if (end - at < 2) return 0;
	const header = headerSize(bytes[at + 1]);
	if (end - at < header) return 0;
	if (header === 2) return header + (bytes[at + 1] & 0x7f);
	if (header === 4) return header + bytes.readUInt16BE(at + 2);
	return header + Number(bytes.readBigUInt64BE(at + 2));
}
