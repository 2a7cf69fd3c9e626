import * as Y from 'yjs';
import { documentSchema } from '../../documents/schema/schema.ts';
import { applyAll } from '../../text/apply.ts';
import { TextModel } from '../../text/model.ts';
import { newDoc } from '../../text/new-doc.ts';
import { writeAnew } from '../../text/write-anew.ts';
import { type Packed, unpack } from './packed.server.ts';

// What a thread does with a whole text: in the thread that serves people it would hold everybody up.

/** A text without its history, and what it was. */
export interface WrittenAnew {
	bytes: Uint8Array;
	/** Of `bytes`. */
	stateVector: Uint8Array;
	/** All of the log as one update. */
	past: Uint8Array;
	/** Client ids in `past`. */
	pastIds: number;
}

/**
 * Writes the text of a log anew. Nothing is believed: the result is read back, and must be the same document with the same
 * attributes beside it (LL2), or this throws. Null when a part of the log waits for what is not there: it may still come.
 */
export function writeLogAnew(log: Packed): WrittenAnew | null {
	const parts = unpack(log);
	const doc = load(parts);
	const { pendingStructs, pendingDs, clients } = doc.store;
	if (pendingStructs || pendingDs) return null;
	const bytes = writeAnew(doc, documentSchema);
	expectSame(doc, load([bytes]));
	return { bytes, stateVector: Y.encodeStateVectorFromUpdate(bytes), past: Y.mergeUpdates(parts), pastIds: clients.size };
}

function load(parts: readonly Uint8Array[]): Y.Doc {
	const doc = newDoc();
	applyAll(doc, parts);
	return doc;
}

function expectSame(one: Y.Doc, other: Y.Doc): void {
	const [old, anew] = [one, other].map((doc) => new TextModel(doc, documentSchema));
	if (!old.node.eq(anew.node)) throw new Error('the document differs when it is read back');
	if (tagsOf(old) !== tagsOf(anew)) throw new Error('attributes differ when they are read back');
}

/** What marks letters and is not shown. How a block is cut into parts is no difference. */
function tagsOf(model: TextModel): string {
	const tags = [...model.tags('')].sort((a, b) => (a.block < b.block ? -1 : a.block > b.block ? 1 : a.from - b.from));
	const ends = new Map<string, { from: number; to: number }[]>();
	for (const { block, name, from, to } of tags) {
		const key = `${block} ${name}`;
		const ranges = ends.get(key);
		const last = ranges?.at(-1);
		if (last?.to === from) last.to = to;
		else if (ranges) ranges.push({ from, to });
		else ends.set(key, [{ from, to }]);
	}
	return JSON.stringify([...ends].sort(([a], [b]) => (a < b ? -1 : 1)));
}
