import type { SocketLog } from './report.ts';

/** The log lines about one connection; each names it, so that an operator can follow it from end to end (OP1). */
export class Journal {
	/** 8 hexadecimal digits. */
	readonly id: string;
	readonly #log: SocketLog;
	/** When each kind of line that must not come often was last written, in milliseconds since 1970. */
	#written: Map<string, number> | null = null;

	constructor(id: string, log: SocketLog) {
		this.id = id;
		this.#log = log;
	}

	/** For what happens once in a connection's life. */
	info(message: string, fields: object): void {
		this.#log.info({ connection: this.id, ...fields }, message);
	}

	/** For details in between. */
	debug(message: string, fields: object = {}): void {
		this.#log.debug({ connection: this.id, ...fields }, message);
	}

	/** The same, but the next line of this name and reason is written only after `everyMs`. */
	debugRarely(message: string, fields: { reason?: string; fault?: string; pauseMs?: number }, everyMs = Infinity): void {
		this.#written ??= new Map();
		const key = `${message} ${fields.reason}`;
		const now = Date.now();
		if (now - (this.#written.get(key) ?? -Infinity) < everyMs) return;
		this.#written.set(key, now);
		this.debug(message, fields);
	}
}
