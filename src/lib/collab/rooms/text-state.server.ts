import * as Y from 'yjs';

/** What a node has of a text, short enough to be told: equal states mean equal texts. */
export interface TextState {
	stateVector: Uint8Array;
	/** Digest of everything deleted, which state vectors do not show. */
	deletions: string;
}

/** Whether one state vector lacks items that another has, and whether it has more. Throws when either is malformed. */
export function compareVectors(mine: Uint8Array, theirs: Uint8Array): { lacks: boolean; hasMore: boolean } {
	const [here, there] = [mine, theirs].map((vector) => Y.decodeStateVector(vector));
	const isBeyond = (one: Map<number, number>, other: Map<number, number>) =>
		[...one].some(([client, clock]) => clock > (other.get(client) ?? 0));
	return { lacks: isBeyond(there, here), hasMore: isBeyond(here, there) };
}
