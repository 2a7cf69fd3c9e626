import type { Node } from '@tiptap/pm/model';
import type { Command, Transaction } from '@tiptap/pm/state';
import type { Finding } from '../../spelling/findings.ts';
import { beginUndoStep } from '../shared-text/history.ts';

/**
 * Puts findings right, as an edit of one's own that one undo takes back. Those whose letters are no longer there are left
 * alone; false when none is there.
 */
export function mend(findings: readonly Finding[]): Command {
	return (state, dispatch) => {
		const there = findings.filter((finding) => finding.replacement !== null && isThere(state.doc, finding));
		if (there.length === 0) return false;
		if (!dispatch) return true;
		const transaction = state.tr;
		for (const finding of there.toSorted((a, b) => b.from - a.from)) replaceLetters(transaction, finding);
		beginUndoStep(state);
		dispatch(transaction);
		return true;
	};
}

/** The words around a finding, to tell one from another: `…` where the text goes on. */
export function around(doc: Node, { from, to }: Pick<Finding, 'from' | 'to'>): { before: string; behind: string } {
	if (to > doc.content.size) return { before: '', behind: '' };
	const $from = doc.resolve(from);
	const end = doc.resolve(to).end();
	const start = Math.max($from.start(), from - SHOWN);
	const stop = Math.min(end, to + SHOWN);
	const before = doc.textBetween(start, from, ' ', ' ');
	const behind = doc.textBetween(to, stop, ' ', ' ');
	return {
		before: start > $from.start() ? `…${before.replace(/^\S*\s+/u, '')}` : before,
		behind: stop < end ? `${behind.replace(/\s+\S*$/u, '')}…` : behind
	};
}

/** Letters shown on either side. */
const SHOWN = 14;

function isThere(doc: Node, { from, to, text }: Finding): boolean {
	if (to > doc.content.size) return false;
	const $from = doc.resolve(from);
	return $from.parent.isTextblock && to <= $from.end() && doc.textBetween(from, to, '\n', '\ufffc') === text;
}

/** Only the letters that differ, so that those beside them keep their marks. */
function replaceLetters(transaction: Transaction, { from, to, text, replacement }: Finding): void {
	if (replacement === null) return;
	const most = Math.min(text.length, replacement.length);
	let head = 0;
	while (head < most && text[head] === replacement[head]) head++;
	let tail = 0;
	while (tail < most - head && text.at(-1 - tail) === replacement.at(-1 - tail)) tail++;
	const letters = replacement.slice(head, replacement.length - tail);
	if (letters) transaction.insertText(letters, from + head, to - tail);
	else transaction.delete(from + head, to - tail);
}
