import * as Y from 'yjs';
import { newUid } from '../../../base/ids.ts';
import { alignTyping } from './aligned.ts';
import { insert, wholeOf } from './put-back.ts';
import { removeNoted } from './removals.ts';

/** Two blocks of one uid are copies of one provision when one holds this share of the other's letters. */
const COPY_SHARE = 0.5;

/**
 * Of blocks with one uid, which people make who move one provision at the same time, leaves one, with the letters of
 * both. Blocks that have nothing but the uid in common are no copies: the later one gets a uid of its own. The server
 * alone does this, and of several nodes the one that `mayRemove` the copy that goes: if all did, each would put the letters
 * in. Runs inside a transaction of the caller.
 */
export function joinSecondCopies(body: Y.XmlFragment, mayRemove: (block: Y.XmlElement) => boolean): void {
	const kept = new Map<string, Y.XmlElement>();
	for (const block of body.toArray()) {
		const uid = block instanceof Y.XmlElement ? block.getAttribute('uid') : null;
		if (!uid) continue;
		const one = block as Y.XmlElement;
		const other = kept.get(uid);
		if (!other) {
			kept.set(uid, one);
			continue;
		}
		const [stays, goes] = isOlder(other, one) ? [other, one] : [one, other];
		kept.set(uid, stays);
		if (mayRemove(goes) && !join(stays, goes)) goes.setAttribute('uid', newUid());
	}
}

/** False when the second is no copy of the first. */
function join(stays: Y.XmlElement, goes: Y.XmlElement): boolean {
	const copy = wholeOf(stays);
	const { text, ids } = wholeOf(goes).letters;
	const every = Array.from(text, () => true);
	const { missing } = alignTyping(text, every, copy.letters.text, true);
	const shared = text.length - missing.reduce((sum, { text: words }) => sum + words.length, 0);
	if (shared < Math.min(text.length, copy.letters.text.length) * COPY_SHARE) return false;
	insert(copy, missing, ids);
	removeNoted(goes);
	return true;
}

function isOlder(one: Y.XmlElement, other: Y.XmlElement): boolean {
	const { id: a } = one._item!;
	const { id: b } = other._item!;
	return a.clock < b.clock || (a.clock === b.clock && a.client < b.client);
}
