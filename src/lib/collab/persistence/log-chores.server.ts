import * as Y from 'yjs';
import { applyAll } from '../../text/apply.ts';
import { newDoc } from '../../text/new-doc.ts';
import { deletionsOf } from './deletions.server.ts';
import { mergeVerified } from './merge.server.ts';
import { type Packed, unpack } from './packed.server.ts';

// What threads do with whole logs: in the thread that serves people it would hold everybody up.

/** A merged update, and its state vector. */
export interface Merged {
	bytes: Uint8Array;
	stateVector: Uint8Array;
	/** Time that merging and verifying took. */
	tookMs: number;
}

/** One update that holds what all parts hold, verified. Throws Unmergeable, of which name and parts reach the caller. */
export function mergeLog(log: Packed): Merged {
	const began = performance.now();
	const bytes = mergeVerified(unpack(log));
	return { bytes, stateVector: Y.encodeStateVectorFromUpdate(bytes), tookMs: performance.now() - began };
}

/**
 * What a log holds beyond a state vector, and all that it deletes, as one update. What waits for a predecessor is left
 * out: it is missing from nobody's text, and would be called new again and again.
 */
export function missingFrom({ log, stateVector }: { log: Packed; stateVector: Uint8Array }): Uint8Array {
	const doc = load(log);
	doc.store.pendingStructs = doc.store.pendingDs = null;
	return Y.encodeStateAsUpdate(doc, stateVector);
}

/** A digest of everything the log deletes. */
export function deletionsIn(log: Packed): string {
	return deletionsOf(load(log));
}

function load(log: Packed): Y.Doc {
	const doc = newDoc();
	applyAll(doc, unpack(log));
	return doc;
}
