/** Updates to be merged, packed into one piece of memory that can be handed over. */
export interface MergeTask {
	id: number;
	bytes: Uint8Array<ArrayBuffer>;
	/** Where each update ends in `bytes`. */
	ends: Uint32Array<ArrayBuffer>;
}

export type MergeAnswer =
	| { id: number; bytes: Uint8Array<ArrayBuffer>; stateVector: Uint8Array<ArrayBuffer>; tookMs: number }
	/** `parts` are the positions of the updates that cannot be read. */
	| { id: number; complaint: string; parts: readonly number[] };

export function pack(id: number, parts: readonly Uint8Array[]): MergeTask {
	const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
	const ends = new Uint32Array(parts.length);
	let end = 0;
	parts.forEach((part, nth) => {
		bytes.set(part, end);
		end += part.byteLength;
		ends[nth] = end;
	});
	return { id, bytes, ends };
}

export function unpack({ bytes, ends }: MergeTask): Uint8Array[] {
	return Array.from(ends, (end, nth) => bytes.subarray(nth === 0 ? 0 : ends[nth - 1], end));
}
