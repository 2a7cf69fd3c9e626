import type { Node } from '@tiptap/pm/model';
import type { Command, Transaction } from '@tiptap/pm/state';
import { levelOf, rangeOf, textBlock } from './blocks.ts';

/** The index of the Điều whose own text a block is: nothing but plain blocks stands between them. Null for any other. */
export function articleOfText(doc: Node, index: number): number | null {
	let at = index;
	while (at >= 0 && TEXT.has(doc.child(at).type.name)) at--;
	return at >= 0 && at < index && levelOf(doc.child(at)) === 'article' ? at : null;
}

/** The paragraphs of the Điều in whose own text the caret is become its khoản 1, 2, …; empty ones stay. */
export const divideIntoClauses: Command = (state, dispatch) => {
	const block = textBlock(state, 'paragraph');
	const article = block && articleOfText(state.doc, block.index);
	if (!block || article === null) return false;
	const { doc, tr: transaction } = state;
	for (let index = article + 1; index < doc.childCount && TEXT.has(doc.child(index).type.name); index++) {
		const { type, content, attrs } = doc.child(index);
		if (type.name !== 'paragraph' || content.size === 0) continue;
		const { from } = rangeOf(doc, index, index);
		transaction.setNodeMarkup(from, state.schema.nodes.provision, { uid: attrs.uid, level: 'clause' });
	}
	if (!transaction.docChanged) return false;
	dispatch?.(transaction.scrollIntoView());
	return true;
};

/** Where `2. ` is typed below a first paragraph without a number, that is khoản 1: so what is typed is true. */
export function divideAbove(transaction: Transaction, doc: Node, index: number, typed: number): void {
	const article = articleOfText(doc, index);
	if (article === null) return;
	const above: number[] = [];
	for (let at = article + 1; at < index; at++) {
		const { type, content } = doc.child(at);
		if (type.name === 'paragraph' && content.size > 0) above.push(at);
	}
	if (typed !== above.length + 1) return;
	for (const at of above) {
		const attrs = { uid: doc.child(at).attrs.uid, level: 'clause' };
		transaction.setNodeMarkup(rangeOf(doc, at, at).from, doc.type.schema.nodes.provision, attrs);
	}
}

const TEXT = new Set(['paragraph', 'bulletList', 'table', 'image']);
