import * as Y from 'yjs';
import { applyAll } from '../../text/apply.ts';
import { newDoc } from '../../text/new-doc.ts';
import { type ClientRanges, RangeCollector, without } from './ranges.server.ts';
import { digestOf } from './text-digest.server.ts';

/** The parts cannot be merged, or the result does not hold what they hold. `parts` are the positions of the culprits, if known. */
export class Unmergeable extends Error {
	readonly parts: readonly number[];

	constructor(message: string, parts: readonly number[] = []) {
		super(message);
		this.name = 'Unmergeable'; // what is left of the class when it comes from a thread
		this.parts = parts;
	}
}

/**
 * Merges a snapshot and updates into one update that takes as little room as Yjs allows: only a document collects what
 * was deleted. Nothing is believed: the result is read back and compared (CO3). Throws Unmergeable.
 */
export function mergeVerified(parts: readonly Uint8Array[]): Uint8Array {
	const { bytes, held } = merge(parts);
	expectHeld(bytes, held);
	return bytes;
}

/** What a merged update must hold. */
export interface Held {
	/** What the parts name, found by reading them. */
	named: Omit<Contents, 'text'>;
	/** What the document made of them holds. */
	merged: Contents;
}

/** The merged update, not verified yet, and what it must hold. Throws Unmergeable when a part cannot be read. */
export function merge(parts: readonly Uint8Array[]): { bytes: Uint8Array; held: Held } {
	const named = namedBy(parts);
	const doc = load(parts);
	const merged = contentsOf(doc);
	const bytes = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return { bytes, held: { named, merged } };
}

/** Reads the update into a document of its own and throws Unmergeable when that lacks or adds something. */
export function expectHeld(bytes: Uint8Array, { named, merged }: Held): void {
	const doc = load([bytes]);
	const found = contentsOf(doc);
	doc.destroy();
	expectAll(named.structs, found.structs, 'structs of the log are missing');
	expectAll(named.deletes, found.deletes, 'deletions of the log are missing');
	for (const [one, other] of [
		[merged, found],
		[found, merged]
	]) {
		expectAll(one.structs, other.structs, 'structs differ after reading back');
		expectAll(one.deletes, other.deletes, 'deletions differ after reading back');
	}
	if (merged.text !== found.text) throw new Unmergeable('the text differs after reading back');
}

interface Contents {
	/** Every struct, integrated or still waiting for a predecessor. */
	structs: ClientRanges;
	/** Everything deleted, or to be deleted when it comes. */
	deletes: ClientRanges;
	/** Which items are to be seen, in which order, as a digest. */
	text: string;
}

function load(parts: readonly Uint8Array[]): Y.Doc {
	const doc = newDoc();
	try {
		applyAll(doc, parts);
	} catch (error) {
		throw new Unmergeable(`Yjs cannot apply the rows: ${(error as Error).message}`);
	}
	return doc;
}

/** What the parts name, read without applying them. Throws with the parts that cannot be read. */
function namedBy(parts: readonly Uint8Array[]): Omit<Contents, 'text'> {
	const structs = new RangeCollector();
	const deletes = new RangeCollector();
	const unreadable: number[] = [];
	parts.forEach((part, nth) => {
		try {
			collect(Y.decodeUpdate(part), structs, deletes);
		} catch {
			unreadable.push(nth);
		}
	});
	if (unreadable.length > 0) throw new Unmergeable('rows cannot be read', unreadable);
	return { structs: structs.ranges(), deletes: deletes.ranges() };
}

function contentsOf(doc: Y.Doc): Contents {
	const structs = new RangeCollector();
	const deletes = new RangeCollector();
	const { store } = doc;
	for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) structs.add(client, 0, clock);
	collect({ structs: [], ds: Y.createDeleteSetFromStructStore(store) }, structs, deletes);
	if (store.pendingStructs) collect(Y.decodeUpdateV2(store.pendingStructs.update), structs, deletes);
	if (store.pendingDs) collect(Y.decodeUpdateV2(store.pendingDs), structs, deletes);
	return { structs: structs.ranges(), deletes: deletes.ranges(), text: digestOf(doc) };
}

function collect(update: ReturnType<typeof Y.decodeUpdate>, structs: RangeCollector, deletes: RangeCollector): void {
	for (const struct of update.structs) {
		if (struct instanceof Y.Skip) continue;
		const { client, clock } = struct.id;
		structs.add(client, clock, clock + struct.length);
	}
	for (const [client, ranges] of update.ds.clients) {
		for (const { clock, len } of ranges) deletes.add(client, clock, clock + len);
	}
}

function expectAll(expected: ClientRanges, found: ClientRanges, complaint: string): void {
	if (without(expected, found).size > 0) throw new Unmergeable(complaint);
}
