/** The part of the browser's storage that is needed. */
export type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * What people have written and the server does not have yet, as a browser keeps it: under the name of each, so that whoever
 * uses it next is shown nothing of it. Where the browser keeps nothing it lives as long as the page.
 */
export class PersonStorage {
	readonly #prefix: string;
	readonly #storage: Kept | undefined;

	constructor(prefix: string, storage: Kept | undefined) {
		this.#prefix = prefix;
		this.#storage = storage;
	}

	/** What was kept of a person about something; null when there is nothing that can be read. */
	read(personId: string, about: string): unknown {
		try {
			return JSON.parse(this.#storage?.getItem(this.#nameOf(personId, about)) ?? 'null');
		} catch {
			return null;
		}
	}

	/** Keeps it; null keeps nothing any more. False where the browser does not. */
	keep(personId: string, about: string, value: unknown): boolean {
		const name = this.#nameOf(personId, about);
		try {
			if (value === null) this.#storage?.removeItem(name);
			else this.#storage?.setItem(name, JSON.stringify(value));
			return this.#storage !== undefined;
		} catch {
			return false;
		}
	}

	/** About how many things something of a person is kept. */
	count(personId: string): number {
		return this.#namesOf(personId).length;
	}

	/** Removes all of a person: when they sign out and say so. */
	forget(personId: string): void {
		for (const name of this.#namesOf(personId)) this.#storage?.removeItem(name);
	}

	#namesOf(personId: string): string[] {
		const names = Array.from({ length: this.#storage?.length ?? 0 }, (_, nth) => this.#storage?.key(nth) ?? '');
		return names.filter((name) => name.startsWith(this.#nameOf(personId, '')));
	}

	#nameOf(personId: string, about: string): string {
		return `${this.#prefix}${personId}:${about}`;
	}
}

/** A storage of the browser; undefined where it is switched off. */
export function storageOf(find: () => Storage): Kept | undefined {
	try {
		return find();
	} catch {
		return undefined;
	}
}
