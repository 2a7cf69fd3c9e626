import * as Y from 'yjs';
import { leaveOne } from './leave-one.ts';
import { changesMoves, type Move, newMoves } from './moves.ts';
import { putBack, type RemovedBlock, removedBlocks } from './put-back.ts';
import { knownOf, noteKnown } from './removals.ts';
import { joinSecondCopies } from './second-copies.ts';
import { changedTables, straighten } from './straight-tables.ts';
import { BODY } from '../../schema/body-name.ts';

/** Of so many new blocks a node remembers that they came to it first. */
const OURS_MAX = 500;

/**
 * The server's part in keeping what is typed into a provision that somebody moves, joins or removes (MS8). When the
 * removal arrives, perhaps after hours, those who typed may be gone; the server has their letters and puts them back.
 * And of the copies that two make who move, split or join a provision at the same time it leaves one; and it makes tables
 * straight to which people added rows and columns at the same time (MS10).
 */
export class TypingKeeper {
	readonly #doc: Y.Doc;
	readonly #body: Y.XmlFragment;
	#removed: RemovedBlock[] = [];
	#added: Y.Item[] = [];
	/** Blocks that came to this node first, the last of them. */
	readonly #ours = new Set<Y.Item>();
	#hasMoves = false;
	readonly #tables = new Set<Y.XmlElement>();
	/** Notes of moves that have been seen to. */
	readonly #seen = new WeakSet<Move>();

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.#body = doc.getXmlFragment(BODY);
		this.#body.observe(((event: Y.YXmlEvent) => void this.#added.push(...event.changes.added)) as never);
		this.#body.observeDeep((events) => void this.#removed.push(...removedBlocks(events, () => true)));
		doc.on('afterTransaction', (transaction: Y.Transaction) => {
			this.#hasMoves ||= changesMoves(transaction);
			for (const table of changedTables(transaction, this.#body)) this.#tables.add(table);
		});
	}

	/**
	 * Sees to what the last changes removed and to second copies among what they added. Of what would be wrong if several
	 * nodes did it, only as far as no other node does: `isOurs` when they came to this one first. Notes what it puts back, so
	 * that whoever typed it does not do it again. Returns the updates of that, usually none.
	 */
	seeTo(isOurs: boolean): Uint8Array[] {
		const added = this.#added.splice(0);
		if (isOurs) this.#remember(added);
		// What was put back here is nobody else's.
		const isMine = ({ client }: { client: number }) => isOurs || client === this.#doc.clientID;
		const all = this.#removed.filter(({ letters }) => letters.ids.some(isMine));
		const removed = all.filter(({ item }) => knownOf(this.#doc, item.id) !== null);
		// The note about a removal may be among what waits for a predecessor.
		this.#removed = this.#doc.store.pendingStructs ? all.filter((block) => !removed.includes(block)) : [];
		if (removed.length === 0 && added.length === 0 && !this.#hasMoves && this.#tables.size === 0) return [];
		const unexplained = this.#removed;
		const updates: Uint8Array[] = [];
		const listen = (update: Uint8Array) => void updates.push(update);
		this.#doc.on('update', listen);
		this.#doc.transact((transaction) => {
			for (const block of removed) {
				const isPutBack = putBack(block, this.#body, (client) => isMine({ client }));
				if (isPutBack && isOurs) noteKnown(this.#doc, block.item.id, block.letters.ids.map(({ client }) => client), block.before);
			}
			if (this.#hasMoves) leaveOne(this.#doc, this.#body, newMoves(this.#doc, this.#seen), transaction);
			for (const table of this.#tables) if (!table._item!.deleted) straighten(table);
			if (added.length > 0) joinSecondCopies(this.#body, (block) => isOurs || this.#ours.has(block._item!));
		});
		this.#doc.off('update', listen);
		this.#removed = unexplained;
		this.#added = [];
		this.#hasMoves = false;
		this.#tables.clear();
		return updates;
	}

	#remember(added: readonly Y.Item[]): void {
		for (const item of added) this.#ours.add(item);
		for (const item of this.#ours) {
			if (this.#ours.size <= OURS_MAX) break;
			this.#ours.delete(item);
		}
	}
}
