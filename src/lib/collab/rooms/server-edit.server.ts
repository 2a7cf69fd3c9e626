import * as Y from 'yjs';
import { documentSchema } from '../../documents/schema/schema.ts';
import { tagOf } from '../../text/keys.ts';
import { TextModel } from '../../text/model.ts';
import { EditMaker, type Plan, type ReadyEdit } from '../../text/planned-edit.ts';

/** The text of a room as edits of the server need it: read once, and kept as long as its Y.Doc. */
export class ServerEdits {
	readonly #doc: Y.Doc;
	readonly #maker: EditMaker;

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		// Names of marks are counted from 0 each time, so the tag in them is a new one.
		const model = new TextModel(doc, documentSchema, tagOf(Math.floor(Math.random() * 2 ** 32)));
		this.#maker = new EditMaker(model, 'server');
	}

	get model(): TextModel {
		return this.#maker.model;
	}

	/** Plans an edit. Changes nothing; throws when it cannot be made. */
	prepare(plan: Plan): ReadyEdit {
		return this.#maker.prepare(plan);
	}

	/** Makes an edit that was just planned, as a client of this id; returns the one update that it is, null when it changed nothing. */
	make({ write }: ReadyEdit, clientId: number): Uint8Array | null {
		// Set each time: Yjs gives up an id that it sees used by an update.
		this.#doc.clientID = clientId;
		const updates: Uint8Array[] = [];
		const listen = (update: Uint8Array) => void updates.push(update);
		this.#doc.on('update', listen);
		try {
			write();
		} finally {
			this.#doc.off('update', listen);
		}
		return updates.length > 1 ? Y.mergeUpdates(updates) : (updates[0] ?? null);
	}

	destroy(): void {
		this.#maker.model.destroy();
	}
}
