import * as Y from 'yjs';
import { ById } from './by-id.ts';
import { carry, remove } from './carry.ts';
import { Copies, type Copy } from './copies.ts';
import { type Move, type Moved, MOVES_MAX, noteMove } from './moves.ts';
import { removeNoted } from './removals.ts';
import { type Unit, unitsOf } from './rewritten.ts';

/** A letter that is there twice: the copy that goes, and the one that stays. */
interface Doubled {
	goes: Copy;
	stays: Y.ID;
}

/**
 * Of letters that two people wrote anew at the same moment, because both split, joined or moved the block that they were
 * in, leaves one copy: that of the move of more letters. This follows from the notes alone, so that all who do it do the
 * same. A block that the other move made is taken away when nothing is left in it. Runs inside a transaction of the caller.
 */
export function leaveOne(doc: Y.Doc, body: Y.XmlFragment, added: readonly Move[], transaction: Y.Transaction): void {
	const doubled = findDoubled(new Copies(doc), added);
	const gone = doubled.values().map(({ goes }) => goes.id);
	if (gone.length === 0) return;
	const blocks = new Map<Y.XmlElement, Unit[]>();
	for (const id of gone) {
		const block = blockOf(body, id);
		if (block && !blocks.has(block)) blocks.set(block, unitsOf(block));
	}
	remove(transaction, gone);
	for (const [block, units] of blocks) clearUp(body, block, units, doubled, transaction);
}

/** By the ids of the copies that go. */
function findDoubled(copies: Copies, added: readonly Move[]): ById<Doubled> {
	const doubled = new ById<Doubled>();
	for (const id of copies.contested(added)) {
		const branches = copies.copiesOf(id).map((copy) => copies.livingOf(copy)).filter((living) => living.length > 0);
		for (const goes of branches.slice(1).flat()) doubled.set(goes.id, { goes, stays: branches[0][0].id });
	}
	// What would stay here may go for the sake of a third copy.
	for (const letter of doubled.values()) {
		let steps = MOVES_MAX;
		for (let next = doubled.get(letter.stays); next && steps-- > 0; next = doubled.get(next.stays)) letter.stays = next.stays;
	}
	return doubled;
}

/** Sees to what is left in a block after the second copies of letters are gone; `units` are those that were in it. */
function clearUp(
	body: Y.XmlFragment,
	block: Y.XmlElement,
	units: readonly Unit[],
	doubled: ById<Doubled>,
	transaction: Y.Transaction
): void {
	const gone = units.map(({ id }) => doubled.get(id));
	if (!gone.some((letter) => letter && isMadeBy(block, letter.goes))) return;
	const isCopy = gone.some((letter) => letter && isSameProvision(block, blockOf(body, letter.stays)));
	const { doc } = transaction;
	const since = Y.getState(doc.store, doc.clientID);
	const moved: Moved[] = [];
	for (let from = 0; from < units.length; from++) {
		if (gone[from]) continue;
		let to = from;
		while (to < units.length && !gone[to]) to++;
		const [before, behind] = [gone[from - 1], gone[to]];
		// What was typed within the text goes with it. What was typed in front of it or behind it may stand by itself.
		if (isCopy || (before && behind)) moved.push(...carry(units.slice(from, to), before?.stays, behind?.stays, transaction));
		from = to;
	}
	noteMove(doc, since, moved);
	if (unitsOf(block).length > 0) return;
	removeNoted(block);
}

function blockOf(body: Y.XmlFragment, id: Y.ID): Y.XmlElement | null {
	let type = Y.getItem(body.doc!.store, id).parent as Y.AbstractType<unknown> | null;
	while (type?._item && type._item.parent !== body) type = type._item.parent as Y.AbstractType<unknown>;
	return type instanceof Y.XmlElement ? type : null;
}

/** True when the move that wrote this letter also made its block. */
function isMadeBy({ _item }: Y.XmlElement, { id, move }: Copy): boolean {
	return _item!.id.client === id.client && _item!.id.clock >= move.since && _item!.id.clock < id.clock;
}

function isSameProvision(one: Y.XmlElement, other: Y.XmlElement | null): boolean {
	const uid = one.getAttribute('uid');
	return Boolean(uid) && one !== other && uid === other?.getAttribute('uid');
}
