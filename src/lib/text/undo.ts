/**
 * Undo of one's own edits (rules UN). That something exists is never taken back, only that it is there: so what a
 * colleague did with it meanwhile keeps its ground.
 */
import * as Y from 'yjs';
import type { Born } from './write-births.ts';
import type { TextWriter } from './writer.ts';

/** Edits within this time are taken back together (ms). */
const CAPTURE_MS = 500;

/** The undo manager of one person's editor. `origin` is that of their edits, which `writer` makes. */
export function undoOf(doc: Y.Doc, writer: TextWriter, origin: unknown, captureTimeout = CAPTURE_MS): Y.UndoManager {
	const manager = new Y.UndoManager(doc as never, { trackedOrigins: new Set([origin]), captureTimeout });
	const spare = ({ stackItem, origin: of }: { stackItem: { insertions: unknown }; origin: unknown }) => {
		if (of === origin) spareBorn(stackItem.insertions as Insertions, doc.clientID, writer.born);
	};
	manager.on('stack-item-added', spare);
	manager.on('stack-item-updated', spare);
	return manager;
}

type Insertions = { clients: Map<number, { clock: number; len: number }[]> };

/** Takes ranges of clocks out of what an undo would delete. */
function spareBorn({ clients }: Insertions, client: number, born: readonly Born[]): void {
	let ranges = clients.get(client);
	if (!ranges || born.length === 0) return;
	for (const { clock, length } of born) {
		ranges = ranges.flatMap((range) => {
			const left = { clock: range.clock, len: Math.min(range.len, clock - range.clock) };
			const right = {
				clock: Math.max(range.clock, clock + length),
				len: range.clock + range.len - Math.max(range.clock, clock + length)
			};
			return [left, right].filter(({ len }) => len > 0);
		});
	}
	clients.set(client, ranges);
}
