import * as Y from 'yjs';
import { putBack, type RemovedBlock, removedBlocks } from '../../documents/editor/collaboration/put-back.ts';
import { knownOf, noteKnown } from '../../documents/editor/collaboration/removals.ts';
import { BODY } from '../../documents/schema/body-name.ts';

/**
 * The server's part in keeping what is typed into a provision that somebody moves, joins or removes (MS8). When the
 * removal arrives, perhaps after hours, those who typed may be gone; the server has their letters and puts them back.
 */
export class TypingKeeper {
	readonly #doc: Y.Doc;
	readonly #body: Y.XmlFragment;
	#removed: RemovedBlock[] = [];

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.#body = doc.getXmlFragment(BODY);
		this.#body.observe(((event: Y.YXmlEvent) => void this.#removed.push(...removedBlocks(event, () => true))) as never);
	}

	/**
	 * Puts back what the last changes removed unknowingly, and notes it, so that whoever typed it does not do it again.
	 * Returns the updates of that, usually none.
	 */
	putBack(): Uint8Array[] {
		const removed = this.#removed.filter(({ item }) => knownOf(this.#doc, item.id) !== null);
		this.#removed = [];
		if (removed.length === 0) return [];
		const updates: Uint8Array[] = [];
		const listen = (update: Uint8Array) => void updates.push(update);
		this.#doc.on('update', listen);
		this.#doc.transact(() => {
			for (const block of removed) {
				if (putBack(block, this.#body, () => true)) noteKnown(this.#doc, block.item.id, block.letters.ids);
			}
		});
		this.#doc.off('update', listen);
		return updates;
	}

	/** Another node sees to what the last changes removed. */
	leaveAlone(): void {
		this.#removed = [];
	}
}
