/** What a counter is, for those who read it. */
export interface CounterDescription {
	/** What an operator reads beside it. */
	help: string;
	/** What its values are; null when it is one number. */
	label: string | null;
	/** All values there can be: a client must not be able to invent new ones. */
	values: readonly string[];
}

/** A counter of one number. */
export function one(help: string): CounterDescription {
	return { help, label: null, values: [''] };
}

/** A counter of a number for each value of a label, and one for whatever else comes. */
export function split(help: string, label: string, values: readonly string[]): CounterDescription {
	return { help, label, values: [...values, 'other'] };
}

/** What a part of the process counts: plain numbers, raised in passing and read when somebody asks. */
export class Counters<Name extends string> {
	readonly #counts = new Map<Name, Map<string, number>>();

	constructor(descriptions: Record<Name, CounterDescription>) {
		for (const [name, { values }] of Object.entries<CounterDescription>(descriptions)) {
			this.#counts.set(name as Name, new Map(values.map((value) => [value, 0])));
		}
	}

	/** Adds to a counter. A value that is not among those described counts as the last of them, "other". */
	count(name: Name, by = 1, value = ''): void {
		const counts = this.#counts.get(name)!;
		const key = counts.has(value) ? value : 'other';
		counts.set(key, counts.get(key)! + by);
	}

	/** A counter's numbers by the value of its label; the one without a label has the value ''. */
	counts(name: Name): ReadonlyMap<string, number> {
		return this.#counts.get(name)!;
	}

	/** A counter's number, whatever the value of its label. */
	total(name: Name): number {
		return [...this.counts(name).values()].reduce((sum, count) => sum + count, 0);
	}
}
