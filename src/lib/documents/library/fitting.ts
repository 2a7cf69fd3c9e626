import { PROFILE_IDS, type ProfileId } from '../schema/profiles.ts';
import type { Kind } from '../schema/kinds.ts';

/**
 * The layouts a kind of document can have, the usual one first. Legal normative documents of local authorities are
 * resolutions of the People's Council and decisions of the People's Committee only (Luật 64/2025/QH15, Điều 4).
 */
export function profilesFor(kind: Kind): ProfileId[] {
	return PROFILE_IDS.filter((profile) => profile !== 'vbqppl-187' || NORMATIVE.has(kind));
}

const NORMATIVE = new Set<Kind>(['resolution', 'decision', 'other']);
