import { jsonToUpdate } from '../schema/body.ts';
import type { JsonNode } from '../schema/json.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { indexEntry, type IndexEntry } from './index-entry.server.ts';

/** The first text of a document as it will be stored. */
export interface FirstText {
	update: Uint8Array;
	entry: IndexEntry;
}

/**
 * Makes it ready to be stored. A template takes some milliseconds; a long text is a matter for a thread.
 * @throws RangeError when the content is not of this schema
 */
export function firstText(content: JsonNode, profile: ProfileId): FirstText {
	return { update: jsonToUpdate(content), entry: indexEntry(content, profile) };
}
