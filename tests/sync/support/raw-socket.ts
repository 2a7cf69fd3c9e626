import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

interface FrameShape {
	/** Last frame of its message. */
	fin?: boolean;
	/** The three reserved bits, as a number from 0 to 7. */
	reserved?: number;
	masked?: boolean;
	/** The length that the header claims, when it is not that of the payload. */
	claims?: bigint;
}

/** A WebSocket frame, right or wrong (RFC 6455 §5.2). */
export function frame(opcode: number, payload: Uint8Array = new Uint8Array(), shape: FrameShape = {}): Buffer {
	const { fin = true, reserved = 0, masked = true, claims = BigInt(payload.byteLength) } = shape;
	const header = Buffer.alloc(claims < 126n ? 2 : claims < 65_536n ? 4 : 10);
	header[0] = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
	if (header.length === 2) header[1] = Number(claims);
	else if (header.length === 4) header.writeUInt16BE(Number(claims), 2);
	else header.writeBigUInt64BE(claims, 2);
	if (header.length > 2) header[1] = header.length === 4 ? 126 : 127;
	if (!masked) return Buffer.concat([header, payload]);
	header[1] |= 0x80;
	const mask = randomBytes(4);
	const hidden = payload.map((byte, at) => byte ^ mask[at % 4]);
	return Buffer.concat([header, mask, hidden]);
}

/** A bare TCP connection to the engine that has asked for an upgrade, and can then send any bytes. */
export class RawSocket {
	readonly socket: Socket;
	/** Everything heard after the answer to the upgrade. */
	heard = Buffer.alloc(0);
	status = '';
	isClosed = false;
	readonly #answered: Promise<void>;

	constructor(
		port: number,
		documentId: string,
		person: string,
		firstBytes: Uint8Array = new Uint8Array(),
		path = `/collab/${documentId}`
	) {
		this.socket = connect(port, '127.0.0.1');
		this.socket.on('error', () => {});
		this.socket.on('close', () => (this.isClosed = true));
		this.socket.write(
			`GET ${path} HTTP/1.1\r\nHost: plenum.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
				`Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nAuthorization: Bearer ${person}\r\n\r\n`
		);
		if (firstBytes.byteLength > 0) this.socket.write(firstBytes);
		let head = '';
		this.#answered = new Promise((resolve) => {
			this.socket.on('close', () => resolve());
			this.socket.on('data', (bytes) => {
				if (this.status) return void (this.heard = Buffer.concat([this.heard, bytes]));
				head += bytes.toString('latin1');
				const end = head.indexOf('\r\n\r\n');
				if (end < 0) return;
				this.status = head.slice(9, 12);
				this.heard = Buffer.from(head.slice(end + 4), 'latin1');
				resolve();
			});
		});
	}

	/** Resolves when the upgrade was answered. */
	async open(): Promise<this> {
		await this.#answered;
		if (this.status !== '101') throw new Error(`the upgrade was answered with ${this.status || 'nothing'}`);
		return this;
	}

	/** Writes bytes and waits until the kernel has taken them, or the other side is gone. */
	async write(bytes: Uint8Array): Promise<void> {
		if (this.isClosed || this.socket.write(bytes)) return;
		await Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')]).catch(() => {});
	}

	/** The close code that was heard; 1006 when the connection ended without one, null while it has not ended. */
	get closeCode(): number | null {
		for (let at = 0; at + 2 <= this.heard.length;) {
			const short = this.heard[at + 1] & 0x7f;
			const header = short < 126 ? 2 : short === 126 ? 4 : 10;
			if (at + header > this.heard.length) break;
			const length =
				short < 126 ? short : short === 126 ? this.heard.readUInt16BE(at + 2) : Number(this.heard.readBigUInt64BE(at + 2));
			if ((this.heard[at] & 0x0f) === OPCODE.close) return length >= 2 ? this.heard.readUInt16BE(at + header) : 1005;
			at += header + length;
		}
		return this.isClosed ? 1006 : null;
	}

	end(): void {
		this.socket.destroy();
	}
}
