import { countGaps, gapsOf, type GapCounts } from '../documents/gaps/gaps.ts';
import { numberProvisions } from '../documents/numbering/numbering.ts';
import { updatesToJson } from '../documents/schema/body.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import { documentSchema } from '../documents/schema/schema.ts';

/** How much is unfinished in a stored document, given as its updates, for a thread. */
export function countGapsOfUpdates({ updates, profile }: { updates: readonly Uint8Array[]; profile: ProfileId }): GapCounts {
	const content = updatesToJson(updates);
	const { byUid } = numberProvisions(content.content ?? [], profile);
	return countGaps(gapsOf(documentSchema.nodeFromJSON(content), (uid) => byUid.has(uid)));
}
