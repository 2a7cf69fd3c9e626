import { bringsText, type CheckedUpdate } from './check-update.server.ts';
import type { Body } from './body.server.ts';
import type { Connection } from './connection.server.ts';

/** Whose updates a text had no room for (DS1), so that they are asked again once there is room (DS3). */
export class SizeRefusals {
	readonly #body: Body;
	readonly #bound: number;
	/** And how many bytes that was. */
	readonly #refused = new Map<Connection, number>();

	/** `bound`: the most bytes that the encoded text may have. */
	constructor(body: Body, bound: number) {
		this.#body = body;
		this.#bound = bound;
	}

	/** True when these updates, of so many bytes, would make the text too long. What only deletes never does. */
	concern(bytes: number, updates: readonly CheckedUpdate[]): boolean {
		return !this.#body.hasRoomFor(bytes, this.#bound) && updates.some((update) => bringsText(this.#body.doc, update));
	}

	/** An update of so many bytes was refused. */
	add(connection: Connection, bytes: number): void {
		this.#refused.set(connection, bytes);
	}

	forget(connection: Connection): void {
		this.#refused.delete(connection);
	}

	/** Those for whose update there is room now; they are forgotten. */
	takeFitting(): Connection[] {
		const fitting = [...this.#refused].filter(([, bytes]) => this.#body.hasRoomFor(bytes, this.#bound));
		for (const [connection] of fitting) this.#refused.delete(connection);
		return fitting.map(([connection]) => connection);
	}
}
