import * as Y from 'yjs';
import { BODY } from '../../schema/body-name.ts';
import { putBack, type RemovedBlock, removedBlocks } from './put-back.ts';

/** Origin of what is put right here: not somebody's own edit, so it is not in their undo history. */
const KEPT_TYPING = 'kept typing';

/**
 * Yjs cannot move a block: moving, joining and changing its kind delete it and write its text elsewhere, as the one who
 * does it knows the text. What a colleague is typing into it just then would go with it. So it is put back: into the
 * block of the same uid, into the text that the block was joined to, or, when there is neither, as a block of its own.
 * The server does that for all it had when the removal reached it, and says so; the page of whoever typed does it for
 * the rest, which are letters of `isMine` clients; so everybody's come back once. And when two have moved one
 * block at the same time, every device of those who may write removes the same one of the two copies.
 * Works for as long as the document lives, whether or not an editor shows it.
 */
export function keepTyping(ydoc: Y.Doc, isMine: (client: number) => boolean, mayWrite: () => boolean): void {
	const body = ydoc.getXmlFragment(BODY);
	let removed: RemovedBlock[] = [];
	const concerns = (transaction: Y.Transaction) => !transaction.local || transaction.origin === KEPT_TYPING;
	body.observe(((event: Y.YXmlEvent, transaction: Y.Transaction) => {
		if (concerns(transaction)) removed.push(...removedBlocks(event, isMine));
	}) as never);
	ydoc.on('afterTransaction', (transaction: Y.Transaction) => {
		if (!concerns(transaction) || !transaction.changed.has(body as never)) return;
		const blocks = removed;
		removed = [];
		if (!mayWrite()) return;
		ydoc.transact(() => {
			removeSecondCopies(body);
			for (const block of blocks) putBack(block, body, isMine);
		}, KEPT_TYPING);
	});
}

/** Of blocks with one uid the one that everybody picks stays; what was typed into the others is put back afterwards. */
function removeSecondCopies(body: Y.XmlFragment): void {
	const kept = new Map<unknown, Y.XmlElement>();
	const second = new Set<unknown>();
	const blocks = body.toArray();
	for (const block of blocks) {
		const uid = block instanceof Y.XmlElement ? block.getAttribute('uid') : null;
		if (!uid) continue;
		const one = block as Y.XmlElement;
		const other = kept.get(uid) ?? one;
		const stays = isOlder(other, one) ? other : one;
		if (other !== one) second.add(stays === other ? one : other);
		kept.set(uid, stays);
	}
	for (let index = blocks.length - 1; index >= 0; index--) if (second.has(blocks[index])) body.delete(index, 1);
}

function isOlder(one: Y.XmlElement, other: Y.XmlElement): boolean {
	const { id: a } = one._item!;
	const { id: b } = other._item!;
	return a.clock < b.clock || (a.clock === b.clock && a.client < b.client);
}
