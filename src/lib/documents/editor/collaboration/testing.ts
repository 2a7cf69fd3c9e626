import type { Node } from '@tiptap/pm/model';
import { EditorState, type Command, type Plugin, type PluginView, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import { documentSchema } from '../../schema/schema.ts';
import type { ProfileId } from '../../schema/profiles.ts';
import { numberingPlugin } from '../numbers/numbering-state.ts';
import { normalForm } from '../structure/normal-form.ts';
import { uidGuard } from '../structure/uid-guard.ts';
import { collaborationPlugins, readBody } from './collaboration.ts';
import { keepTyping } from './keep-typing.ts';
import { TypingKeeper } from './typing-keeper.ts';

/** One person's editor without a browser: the state, the plugins of the real one, and a Y.Doc of its own. */
export class Client {
	state: EditorState;
	readonly ydoc: Y.Doc;
	#views: PluginView[];

	constructor(update: Uint8Array, profile: ProfileId = 'nd30') {
		this.ydoc = new Y.Doc();
		Y.applyUpdate(this.ydoc, update);
		const { doc, mapping } = readBody(this.ydoc, documentSchema);
		const plugins = [
			...collaborationPlugins(this.ydoc, documentSchema, mapping),
			numberingPlugin(profile),
			uidGuard(),
			normalForm()
		];
		keepTyping(this.ydoc, (client) => client === this.ydoc.clientID, () => true);
		this.state = EditorState.create({ doc, plugins });
		this.#views = plugins.flatMap((plugin: Plugin) => plugin.spec.view?.(this as unknown as EditorView) ?? []);
	}

	get doc(): Node {
		return this.state.doc;
	}

	dispatch(transaction: Transaction): void {
		const before = this.state;
		this.state = before.applyTransaction(transaction).state;
		for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
	}

	run(command: Command): boolean {
		return command(this.state, (transaction) => this.dispatch(transaction));
	}

	hasFocus(): boolean {
		return false;
	}

	destroy(): void {
		for (const view of this.#views) view.destroy?.();
		this.ydoc.destroy();
	}
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

	sync({ ydoc }: Client): void {
		Y.applyUpdate(this.#ydoc, Y.encodeStateAsUpdate(ydoc, Y.encodeStateVector(this.#ydoc)));
		this.#keeper.seeTo(true);
		Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(this.#ydoc, Y.encodeStateVector(ydoc)), 'remote');
	}
}
