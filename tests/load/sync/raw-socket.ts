import { createConnection, type Socket } from 'node:net';
import { FrameReader, maskedFrame, OPCODE } from './frames.ts';

/** All sockets read into one buffer: a read and the handling of what it brought happen without a pause in between. */
const READ_BUFFER = Buffer.allocUnsafeSlow(256 * 1024);

export interface RawSocketOptions {
	port: number;
	path: string;
	headers: Record<string, string>;
	onOpen(): void;
	/** A whole binary message, valid only during the call, and the time at which its last bytes were read. */
	onMessage(bytes: Buffer, start: number, end: number, now: number): void;
	/** The close code, or what went wrong instead. Not called after `destroy`. */
	onClose(reason: string): void;
}

/** A WebSocket client reduced to what a load generator needs: no events, no queues, no objects per frame. */
export class RawSocket {
	readonly #socket: Socket;
	readonly #options: RawSocketOptions;
	readonly #frames: FrameReader;
	#isOpen = false;
	#handshake = '';
	#closed = 'connection lost';
	#isDone = false;
	#now = 0;

	constructor(options: RawSocketOptions) {
		this.#options = options;
		this.#frames = new FrameReader((opcode, bytes, start, end) => this.#hear(opcode, bytes, start, end));
		this.#socket = createConnection({
			host: '127.0.0.1',
			port: options.port,
			noDelay: true,
			onread: {
				buffer: READ_BUFFER,
				callback: (size) => {
					this.#read(size);
					return true;
				}
			}
		});
		this.#socket.on('connect', () => this.#socket.write(request(options)));
		this.#socket.on('error', (error) => (this.#closed = error.message));
		this.#socket.on('close', () => {
			if (!this.#isDone) options.onClose(this.#closed);
		});
	}

	send(message: Uint8Array): void {
		this.#socket.write(maskedFrame(message));
	}

	/** Ends the connection without a farewell. */
	destroy(): void {
		this.#isDone = true;
		this.#socket.destroy();
	}

	#read(size: number): void {
		this.#now = performance.now();
		if (this.#isOpen) return this.#frames.push(READ_BUFFER, 0, size);
		this.#handshake += READ_BUFFER.toString('latin1', 0, size);
		const end = this.#handshake.indexOf('\r\n\r\n');
		if (end === -1) return;
		if (!this.#handshake.startsWith('HTTP/1.1 101 ')) {
			this.#closed = this.#handshake.slice(0, this.#handshake.indexOf('\r\n'));
			return void this.#socket.destroy();
		}
		const rest = Buffer.from(this.#handshake.slice(end + 4), 'latin1');
		this.#handshake = '';
		this.#isOpen = true;
		this.#options.onOpen();
		if (rest.length > 0) this.#frames.push(rest);
	}

	#hear(opcode: number, bytes: Buffer, start: number, end: number): void {
		if (opcode === OPCODE.binary) this.#options.onMessage(bytes, start, end, this.#now);
		else if (opcode === OPCODE.ping) this.#socket.write(maskedFrame(bytes.subarray(start, end), OPCODE.pong));
		else if (opcode === OPCODE.close) {
			this.#closed = end - start < 2 ? 'closed' : `closed ${bytes.readUInt16BE(start)} ${bytes.toString('utf8', start + 2, end)}`;
			this.#socket.destroy();
		}
	}
}

function request({ port, path, headers }: RawSocketOptions): string {
	const lines = [
		`GET ${path} HTTP/1.1`,
		`Host: 127.0.0.1:${port}`,
		'Connection: Upgrade',
		'Upgrade: websocket',
		'Sec-WebSocket-Version: 13',
		'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
		...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
	];
	return `${lines.join('\r\n')}\r\n\r\n`;
}
