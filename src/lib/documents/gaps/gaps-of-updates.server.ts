import { numberProvisions } from '../numbering/numbering.ts';
import { updatesToJson } from '../schema/body.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { documentSchema } from '../schema/schema.ts';
import { countGaps, type GapCounts, gapsOf } from './gaps.ts';

/** How much is unfinished in a stored document, given as its updates: what the editor counts of it. For a thread. */
export function gapCountsOfUpdates({ updates, profile }: { updates: readonly Uint8Array[]; profile: ProfileId }): GapCounts {
	const body = documentSchema.nodeFromJSON(updatesToJson(updates));
	const { byUid } = numberProvisions(body.content.content, profile);
	return countGaps(gapsOf(body, (uid) => byUid.has(uid)));
}
