import * as Y from 'yjs';
import { carry } from './carry.ts';
import { Copies } from './copies.ts';
import { type Move, noteMove } from './moves.ts';
import { readLetters, type Unit } from './rewritten.ts';

/** Notes of a hostile client may name anything; after so many looks nothing more is found. */
const LOOKS_MAX = 100_000;

/**
 * Letters that were typed on this page among letters that somebody wrote anew elsewhere, without knowing of them, go where
 * those went: of a provision that is split behind the caret they would else stand at the end of the first part. Only the
 * page knows which they are: what it types after it has heard of the change belongs where it is typed. Runs inside a
 * transaction of the caller, which has to be the next one after the change came.
 */
export function goAlong(doc: Y.Doc, moves: readonly Move[], transaction: Y.Transaction): void {
	const typed = Y.getState(doc.store, doc.clientID);
	const looks = { left: LOOKS_MAX };
	let copies: Copies | null = null;
	for (const { client, runs, knows } of moves) {
		if (!knows || client === doc.clientID) continue;
		const known = typeof knows[doc.clientID] === 'number' ? knows[doc.clientID] : 0;
		if (known >= typed) continue;
		const isUnknown = (item: Y.Item | null): item is Y.Item =>
			item !== null && !item.deleted && item.content instanceof Y.ContentString && item.id.client === doc.clientID && item.id.clock >= known;
		for (const run of neighbours(doc, runs, isUnknown, looks)) take(doc, run, (copies ??= new Copies(doc)), transaction);
	}
}

/** Runs of such letters that stand right behind a letter written anew, or in front of one where their text begins. */
function neighbours(
	doc: Y.Doc,
	runs: Move['runs'],
	isUnknown: (item: Y.Item | null) => item is Y.Item,
	looks: { left: number }
): Y.Item[][] {
	const found = new Map<Y.Item, Y.Item[]>();
	for (const [client, clock, , length] of runs) {
		const end = Math.min(clock + length, Y.getState(doc.store, client));
		for (let at = clock; at < end && looks.left > 0; looks.left--) {
			const item = Y.getItem(doc.store, Y.createID(client, at));
			at = item.id.clock + item.length;
			if (!(item instanceof Y.Item) || !item.deleted) continue;
			if (isUnknown(item.right)) found.set(item.right, following(item.right, isUnknown));
			let first = item.left;
			while (isUnknown(first) && first.left) first = first.left;
			if (isUnknown(first)) found.set(first, following(first, isUnknown));
		}
	}
	return [...found.values()];
}

function following(first: Y.Item, isUnknown: (item: Y.Item | null) => item is Y.Item): Y.Item[] {
	const items: Y.Item[] = [];
	for (let item: Y.Item | null = first; isUnknown(item); item = item.right) items.push(item);
	return items;
}

function take(doc: Y.Doc, items: readonly Y.Item[], copies: Copies, transaction: Y.Transaction): void {
	const { left } = items[0];
	const { right } = items.at(-1)!;
	const before = left?.deleted ? copies.livingBelow(left.lastId) : undefined;
	const behind = !left && right?.deleted ? copies.livingBelow(right.id) : undefined;
	if (!before && !behind) return;
	const units: Unit[] = [];
	for (const item of items) readLetters(item, units);
	const since = Y.getState(doc.store, doc.clientID);
	noteMove(doc, since, carry(units, before, behind, transaction));
}
