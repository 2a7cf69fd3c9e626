/** Updates in one piece of memory: a thread is given them as such, since thousands of small pieces take long to hand over. */
export interface Packed {
	bytes: Uint8Array;
	/** Where each update ends in `bytes`. */
	ends: Uint32Array;
}

export function pack(parts: readonly Uint8Array[]): Packed {
	const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
	const ends = new Uint32Array(parts.length);
	let end = 0;
	parts.forEach((part, nth) => {
		bytes.set(part, end);
		end += part.byteLength;
		ends[nth] = end;
	});
	return { bytes, ends };
}

export function unpack({ bytes, ends }: Packed): Uint8Array[] {
	return Array.from(ends, (end, nth) => bytes.subarray(nth === 0 ? 0 : ends[nth - 1], end));
}
