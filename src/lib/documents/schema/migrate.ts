/** Brings stored bodies of earlier versions to the form of this one (`lib/text/SPEC.md`). Pure: what is stored stays as it is. */
import type { Node } from '@tiptap/pm/model';
import { documentToUpdate } from '../../text/body.ts';
import { readBodyV1 } from './body-v1.ts';
import { complete } from './complete.ts';
import { documentSchema } from './schema.ts';

export interface Migrated {
	/** All of the new body, without the history of the old one. */
	update: Uint8Array;
	/** How many nodes and runs of text the old body had of kinds that nobody knows; their letters are there. */
	unknown: number;
}

/**
 * The body that some stored updates amount to, in the form of this version.
 * @throws RangeError when nothing leads from that version to this one, or when the updates are not all of a body
 */
export function migrate({ updates, from }: { updates: readonly Uint8Array[]; from: number }): Migrated {
	if (from !== 1) throw new RangeError(`no stored body of version ${from} can be brought up: version 1 can`);
	const { json, unknown } = readBodyV1(updates);
	return { update: documentToUpdate(documentSchema.nodeFromJSON(complete(json))), unknown };
}

/** The same as a document. Uids are the same each time, whatever was added since. @throws RangeError as above */
export function readVersionOne(updates: readonly Uint8Array[]): Node {
	return documentSchema.nodeFromJSON(complete(readBodyV1(updates).json));
}
