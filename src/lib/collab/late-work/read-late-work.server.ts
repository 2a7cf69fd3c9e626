import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { readVersionOne } from '../../documents/schema/migrate.ts';
import { documentSchema, SCHEMA_VERSION } from '../../documents/schema/schema.ts';
import { applyAll } from '../../text/apply.ts';
import { readDocument } from '../../text/body.ts';
import { faultIn } from '../../text/door.ts';
import { type LateWork, lateWork } from '../../text/late-work.ts';
import { newDoc } from '../../text/new-doc.ts';
import { checkUpdate } from '../rooms/check-update.server.ts';

/** A body of an epoch that is over, with what devices brought of it before, and what one brings now. */
export interface PastBody {
	parts: Uint8Array[];
	schemaVersion: number;
	update: Uint8Array;
}

/** What the device did, null when nothing of it is new, and its update without what is known; or why it cannot be read. */
export type ReadLateWork = { work: LateWork | null; news: Uint8Array } | { fault: string };

/** Reads what a device brings of a body that was replaced, for a thread: a long text is read twice. */
export function readLateWork({ parts, schemaVersion, update }: PastBody): ReadLateWork {
	try {
		const { structs } = checkUpdate(update);
		const fault = schemaVersion === SCHEMA_VERSION ? faultIn(structs) : null;
		if (fault !== null) return { fault };
		const read = schemaVersion === SCHEMA_VERSION ? readPresent : readVersionOne;
		const work = lateWork(read(parts), read([...parts, update]));
		return { work, news: Y.diffUpdate(update, Y.encodeStateVectorFromUpdate(Y.mergeUpdates(parts))) };
	} catch (error) {
		return { fault: (error as Error).message };
	}
}

function readPresent(updates: readonly Uint8Array[]): Node {
	const doc = newDoc();
	applyAll(doc, updates);
	if (doc.store.pendingStructs) throw new RangeError('a part of the work waits for what is not there');
	const node = readDocument(doc, documentSchema);
	doc.destroy();
	return node;
}
