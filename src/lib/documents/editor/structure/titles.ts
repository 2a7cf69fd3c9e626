import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { wordsOf } from '../../schema/element-text.ts';
import { isSetAsTitle, readsAsTitle } from '../../schema/title.ts';
import { changedBlocks } from '../numbers/sequence.ts';
import { isOwnEdit } from '../shared-text/shared-text.ts';
import { type Block, blockAt, levelOf, rangeOf, selectedBlocks } from './blocks.ts';

/** The uid of the Điều that is being written for the first time, with the caret in it; null when none is. */
const key = new PluginKey<string | null>('titles');

/**
 * Whether a Điều has a title or is text is decided once, and does not change with each full stop: a new one looks like
 * the Điều before it while its first line is written, and is what that line reads like when the caret leaves it. One of
 * an older text stays what it looked like before the first edit.
 */
export function titles(): Plugin<string | null> {
	return new Plugin<string | null>({
		key,
		state: {
			init: () => null,
			apply: (transaction, uid) => {
				const change = transaction.getMeta(key) as { fresh: string | null } | undefined;
				return change ? change.fresh : uid;
			}
		},
		appendTransaction: (transactions, before, state) => {
			const transaction = transactions.some(isOwnEdit) ? decideChanged(before.doc, state) : state.tr;
			decideLeft(transaction, state);
			return transaction.docChanged || transaction.getMeta(key) ? transaction : null;
		}
	});
}

/** Whether the Điều of a block is set as a title; one whose first line ends now, as the line reads. */
export function isTitleNow(state: EditorState, { node }: Block, text = wordsOf(node)): boolean {
	const isFresh = key.getState(state) === node.attrs.uid;
	return isSetAsTitle(isFresh ? null : node.attrs.titled, text);
}

/** Says of the selected Điều that their text is a title, or is not. */
export function setTitled(titled: boolean): Command {
	return (state, dispatch) => {
		const { fromIndex, toIndex } = selectedBlocks(state);
		const transaction = state.tr.setMeta(key, { fresh: null });
		for (let index = fromIndex; index < toIndex; index++) {
			if (levelOf(state.doc.child(index)) !== 'article') continue;
			transaction.setNodeAttribute(rangeOf(state.doc, index, index).from, 'titled', titled);
		}
		if (!transaction.docChanged) return false;
		dispatch?.(transaction.scrollIntoView());
		return true;
	};
}

function decideChanged(before: Node, state: EditorState): Transaction {
	const transaction = state.tr;
	const changed = changedBlocks(before, state.doc);
	for (let index = changed?.from ?? 0; index < (changed?.toAfter ?? 0); index++) {
		const block = state.doc.child(index);
		if (levelOf(block) !== 'article' || block.attrs.titled !== null || block.content.size === 0) continue;
		const old = childWithUid(before, changed!.from, changed!.toBefore, block.attrs.uid);
		const wasArticle = old !== null && levelOf(old) === 'article';
		const isFresh = wasArticle && old.content.size === 0;
		const titled = isFresh ? (titledBefore(state.doc, index) ?? true) : readsAsTitle(wordsOf(wasArticle ? old : block));
		transaction.setNodeAttribute(rangeOf(state.doc, index, index).from, 'titled', titled);
		if (isFresh) transaction.setMeta(key, { fresh: block.attrs.uid });
	}
	return transaction;
}

function decideLeft(transaction: Transaction, state: EditorState): void {
	const fresh = key.getState(state);
	if (!fresh || blockAt(state.selection.$head)?.node.attrs.uid === fresh) return;
	transaction.setMeta(key, { fresh: null });
	state.doc.forEach((block, position) => {
		if (block.attrs.uid !== fresh || levelOf(block) !== 'article' || block.content.size === 0) return;
		const titled = readsAsTitle(wordsOf(block));
		if (titled !== block.attrs.titled) transaction.setNodeAttribute(position, 'titled', titled);
	});
}

function childWithUid(doc: Node, from: number, to: number, uid: unknown): Node | null {
	for (let index = from; index < to; index++) if (doc.child(index).attrs.uid === uid) return doc.child(index);
	return null;
}

/** What the nearest Điều above is; null when there is none. */
function titledBefore(doc: Node, index: number): boolean | null {
	for (let at = index - 1; at >= 0; at--) {
		const block = doc.child(at);
		if (levelOf(block) === 'article' && block.content.size > 0) return isSetAsTitle(block.attrs.titled, wordsOf(block));
	}
	return null;
}
