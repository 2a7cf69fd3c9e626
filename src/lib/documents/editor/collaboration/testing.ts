import type { Node } from '@tiptap/pm/model';
import { EditorState, TextSelection, type Command, type Plugin, type PluginView, type Transaction } from '@tiptap/pm/state';
import { tableEditing } from '@tiptap/pm/tables';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import { jsonToUpdate } from '../../schema/body.ts';
import { inlineOf, node } from '../../schema/json.ts';
import { documentSchema } from '../../schema/schema.ts';
import type { ProfileId } from '../../schema/profiles.ts';
import { numberingPlugin } from '../numbers/numbering-state.ts';
import { normalForm } from '../structure/normal-form.ts';
import { leavingOthersEdits } from '../structure/shared-table.ts';
import { uidGuard } from '../structure/uid-guard.ts';
import { collaborationPlugins, readBody } from './collaboration.ts';
import { keepTyping } from './keep-typing.ts';
import { TypingKeeper } from './typing-keeper.ts';

/** What the tests of structure edits begin with: provisions `uid000000000`, `uid000000001` … */
export const LEVELS = ['article', 'clause', 'point', 'point', 'clause', 'article', 'clause', 'clause'];
export const START = jsonToUpdate({
	type: 'doc',
	content: LEVELS.map((level, nth) => node('provision', { uid: `uid00000000${nth}`, level }, inlineOf(`Nội dung số ${nth} của văn bản`)))
});

/** The application's editor without a browser: the state and the plugins of the real one, on a document. */
export class Editing {
	state: EditorState;
	/** Nothing is drawn; the editor asks it where the caret is all the same. */
	readonly dom = { ownerDocument: new EventTarget() };
	readonly #views: PluginView[];

	constructor(ydoc: Y.Doc, profile: ProfileId = 'nd30') {
		const { doc, mapping } = readBody(ydoc, documentSchema);
		const plugins = [...collaborationPlugins(ydoc, documentSchema, mapping), numberingPlugin(profile), uidGuard(), normalForm(), leavingOthersEdits(tableEditing())];
		this.state = EditorState.create({ doc, plugins });
		this.#views = plugins.flatMap((plugin: Plugin) => plugin.spec.view?.(this as unknown as EditorView) ?? []);
	}

	get doc(): Node {
		return this.state.doc;
	}

	get text(): string {
		return this.doc.textContent;
	}

	/** The uids of the blocks that have one, in order. */
	get uids(): string[] {
		return this.doc.content.content.flatMap((block) => (block.attrs.uid as string | null) ?? []);
	}

	dispatch(transaction: Transaction): void {
		const before = this.state;
		this.state = before.applyTransaction(transaction).state;
		for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
	}

	run(command: Command): boolean {
		return command(this.state, (transaction) => this.dispatch(transaction));
	}

	/** Puts the cursor `offset` letters into the block at `index`, or as far as its text goes. */
	cursorIn(index: number, offset: number): void {
		let position = 1;
		for (let nth = 0; nth < index; nth++) position += this.doc.child(nth).nodeSize;
		const within = Math.min(offset, this.doc.child(index).content.size);
		this.dispatch(this.state.tr.setSelection(TextSelection.create(this.doc, position + within)));
	}

	type(text: string): void {
		this.dispatch(this.state.tr.insertText(text));
	}

	hasFocus(): boolean {
		return false;
	}

	destroy(): void {
		for (const view of this.#views) view.destroy?.();
	}
}

/** One person at an editor, with a document of their own. */
export class Client extends Editing {
	readonly ydoc: Y.Doc;

	constructor(update: Uint8Array, profile?: ProfileId) {
		const ydoc = new Y.Doc();
		Y.applyUpdate(ydoc, update);
		super(ydoc, profile);
		this.ydoc = ydoc;
		keepTyping(ydoc, (client) => client === ydoc.clientID, () => true);
	}

	override destroy(): void {
		super.destroy();
		this.ydoc.destroy();
	}
}

/** Puts a line break where the cursor is. */
export function insertBreak(editing: Editing): void {
	const { tr, schema } = editing.state;
	editing.dispatch(tr.replaceSelectionWith(schema.nodes.hardBreak.create(), false));
}

/** Takes the first line break of the text out. */
export function removeBreak(editing: Editing): void {
	let at: number | null = null;
	editing.doc.descendants(({ type }, position) => {
		if (type.name === 'hardBreak') at ??= position;
	});
	if (at !== null) editing.dispatch(editing.state.tr.delete(at, at + 1));
}

/** The server's document: whoever syncs hands over what it has and takes what it lacks. */
export class Server {
	readonly #ydoc = new Y.Doc();
	readonly #keeper: TypingKeeper;

	constructor(update: Uint8Array) {
		Y.applyUpdate(this.#ydoc, update);
		this.#keeper = new TypingKeeper(this.#ydoc);
	}

	/** Until each of them has what all have. */
	exchange(...clients: Client[]): void {
		for (let round = 0; round < 2; round++) for (const client of clients) this.sync(client);
	}

	/** Takes what another node has, as over the bus. */
	hear(other: Server): void {
		Y.applyUpdate(this.#ydoc, Y.encodeStateAsUpdate(other.#ydoc, Y.encodeStateVector(this.#ydoc)));
		this.#keeper.seeTo(false);
	}

	sync({ ydoc }: Client): void {
		Y.applyUpdate(this.#ydoc, Y.encodeStateAsUpdate(ydoc, Y.encodeStateVector(this.#ydoc)));
		this.#keeper.seeTo(true);
		Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(this.#ydoc, Y.encodeStateVector(ydoc)), 'remote');
	}
}

let clients: Client[] = [];
let nodes: Server[] = [];

/** So many people with the text of the beginning, on one node, or on two, every second one on the other. */
export function people(count: number, nodeCount: 1 | 2 = 1, start = START): Client[] {
	nodes = Array.from({ length: nodeCount }, () => new Server(start));
	clients = Array.from({ length: count }, () => new Client(start));
	return clients;
}

export function everybodyLeaves(): void {
	for (const client of clients.splice(0)) client.destroy();
}

/** The node that this person is on. */
export function nodeOf(client: Client): Server {
	return nodes[clients.indexOf(client) % nodes.length];
}

/** The node of this person hears what the other has, if there is another. */
export function hearOthers(client: Client): void {
	for (const node of nodes) if (node !== nodeOf(client)) nodeOf(client).hear(node);
}

/** One more, who has what this person has now. */
export function copyOf({ ydoc }: Client): Client {
	const copy = new Client(START);
	Y.applyUpdate(copy.ydoc, Y.encodeStateAsUpdate(ydoc), 'remote');
	clients.push(copy);
	return copy;
}

/**
 * Until nobody has anything new for anybody. What is put back is an edit too, and others hear of it. Returns all who are
 * there.
 */
export function settle(): Client[] {
	for (let round = 0; round < 3; round++) {
		for (const client of clients) nodeOf(client).sync(client);
		for (let hearing = 0; hearing < 2; hearing++) clients.slice(0, nodes.length).forEach(hearOthers);
		for (const client of clients) nodeOf(client).sync(client);
	}
	return clients;
}
