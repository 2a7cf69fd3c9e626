import type { Transaction } from '@tiptap/pm/state';
import type { Mappable } from '@tiptap/pm/transform';

/** What somebody did with the clipboard, or dragged, is an act of its own. */
const OWN_ACTS = new Set<unknown>(['paste', 'cut', 'drop']);

/** A row of edits where one goes on where the last ended, as in typing: one undo takes all of it back (UN4). */
export class EditRun {
	/** Where the last edit was, in the document by now; null when nothing goes on there. */
	#last: { from: number; to: number } | null = null;

	/** Whether these transactions, which are one edit, go on with the run. They are its last edit from then on. */
	goesOn(transactions: readonly Transaction[]): boolean {
		const isOwnAct = transactions.some((transaction) => OWN_ACTS.has(transaction.getMeta('uiEvent')));
		const last = this.#last;
		const isBeside = last !== null && transactions.length > 0 && touches(transactions[0]!, last);
		this.#last = isOwnAct ? null : changedBy(transactions);
		return isBeside && !isOwnAct;
	}

	/** What colleagues changed moves it. */
	map(by: Mappable): void {
		if (this.#last) this.#last = { from: by.map(this.#last.from, -1), to: by.map(this.#last.to, 1) };
	}
}

function touches({ mapping }: Transaction, { from, to }: { from: number; to: number }): boolean {
	let isTouched = false;
	const [first] = mapping.maps;
	first?.forEach((start, end) => {
		if (start <= to && end >= from) isTouched = true;
	});
	return isTouched;
}

/** The stretch that transactions changed, in the document after them; null when they only set marks. */
function changedBy(transactions: readonly Transaction[]): { from: number; to: number } | null {
	let changed: { from: number; to: number } | null = null;
	for (const { mapping } of transactions) {
		for (const map of mapping.maps) {
			if (changed) changed = { from: map.map(changed.from, -1), to: map.map(changed.to, 1) };
			map.forEach((_start, _end, from, to) => {
				changed = { from: Math.min(changed?.from ?? from, from), to: Math.max(changed?.to ?? to, to) };
			});
		}
	}
	return changed;
}
