/** Random numbers that a seed repeats. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** In [0, 1). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = this.#state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number below `bound`. */
	below(bound: number): number {
		return Math.floor(this.next() * bound);
	}

	isLikely(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)];
	}

	/** Makes uids repeatable too, as long as a seed is played. */
	takeOverUids(): void {
		const getRandomValues = <T extends ArrayBufferView>(array: T): T => {
			const bytes = array as unknown as Uint8Array;
			for (let nth = 0; nth < bytes.length; nth++) bytes[nth] = this.below(256);
			return array;
		};
		Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues }, configurable: true });
	}
}

/** Letters each of which occurs once in a document: so each can be followed wherever it goes. */
export class Letters {
	#next = 0x4e00;

	fresh(count: number): string {
		let text = '';
		for (let nth = 0; nth < count; nth++) text += String.fromCharCode(this.#next++);
		return text;
	}

	/** A name that nobody has had. */
	name(prefix: string): string {
		return prefix + this.#next++;
	}
}

/** Draws one of these again and again, each as often as its weight says. */
export function weighted<T>(list: readonly (readonly [T, number])[], random: Random): () => T {
	const total = list.reduce((sum, [, weight]) => sum + weight, 0);
	return () => {
		let at = random.next() * total;
		return (list.find(([, weight]) => (at -= weight) < 0) ?? list[0])[0];
	};
}
