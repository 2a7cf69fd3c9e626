import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';

/** Makes `doc` hold exactly these blocks, with one step as small as it can be. */
export function stepBetween(doc: Node, blocks: readonly Node[], transaction: Transaction): Transaction {
	const content = Fragment.fromArray([...blocks]);
	const next = doc.copy(content);
	const from = doc.content.findDiffStart(content);
	if (from === null) return transaction;
	const end = doc.content.findDiffEnd(content);
	if (end) {
		const overlap = Math.max(0, from - Math.min(end.a, end.b));
		const to = end.b + overlap;
		const slice = from > to ? Slice.empty : next.slice(from, to);
		const result = transaction.maybeStep(new ReplaceStep(from, end.a + overlap, slice));
		if (!result.failed && transaction.doc.eq(next)) return transaction;
	}
	if (transaction.steps.length > 0) throw new Error('the step between two documents does not lead to the second');
	return transaction.step(new ReplaceStep(0, doc.content.size, new Slice(content, 0, 0)));
}
