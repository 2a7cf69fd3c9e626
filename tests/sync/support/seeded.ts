/** Numbers from 0 to 1 that the seed alone decides (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** The seeds of a test: SEED=… runs one alone, SEEDS=… so many, from FIRST_SEED=… on. */
export function seedsFor(count: number): number[] {
	const { SEED, SEEDS, FIRST_SEED } = process.env;
	if (SEED) return [Number(SEED)];
	return Array.from({ length: Number(SEEDS ?? count) }, (_, nth) => Number(FIRST_SEED ?? 1) + nth);
}
