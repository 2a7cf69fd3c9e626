const GENERATION = 1024;
/** Bytes of a long message that make its key. */
const SAMPLES = 48;

/**
 * Remembers what was read from a message. Everybody in a room gets the same bytes, so each is parsed once and found
 * again by comparing bytes. Bounded: the older half is forgotten when the newer one is full.
 */
export class FrameMemo<T> {
	#young = new Map<number, { bytes: Buffer; value: T }[]>();
	#old = new Map<number, { bytes: Buffer; value: T }[]>();
	#count = 0;

	/** What `parse` made of these bytes, now or earlier. `parse` gets a copy that it may keep. */
	read(source: Buffer, start: number, end: number, parse: (bytes: Buffer) => T): T {
		const key = keyOf(source, start, end);
		const known = find(this.#young.get(key), source, start, end) ?? find(this.#old.get(key), source, start, end);
		if (known) return known.value;
		const bytes = Buffer.allocUnsafe(end - start);
		source.copy(bytes, 0, start, end);
		const value = parse(bytes);
		if (++this.#count > GENERATION) {
			this.#old = this.#young;
			this.#young = new Map();
			this.#count = 1;
		}
		const alike = this.#young.get(key);
		if (alike) alike.push({ bytes, value });
		else this.#young.set(key, [{ bytes, value }]);
		return value;
	}
}

function find<E extends { bytes: Buffer }>(entries: E[] | undefined, source: Buffer, start: number, end: number): E | undefined {
	return entries?.find(({ bytes }) => bytes.length === end - start && source.compare(bytes, 0, bytes.length, start, end) === 0);
}

function keyOf(source: Buffer, start: number, end: number): number {
	const step = Math.max(1, (end - start) / SAMPLES);
	let key = end - start;
	for (let at = start; at < end; at += step) key = (Math.imul(key, 31) + source[Math.floor(at)]) | 0;
	return key;
}
