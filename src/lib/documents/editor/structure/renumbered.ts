import { type Command, Plugin } from '@tiptap/pm/state';
import { fromRoman } from '../../numbering/numerals.ts';
import { numberingOf } from '../numbers/numbering-state.ts';
import { rangeOf } from './blocks.ts';
import { TYPED, type Typed } from './typed-numbers.ts';

/** A number that was typed, and what is printed in its place because the order of the text has it so. */
export interface Renumbered {
	uid: string;
	/** As typed: `5.`, `Điều 5.` */
	typed: string;
	/** As printed: `3.`, `Điều 3.` */
	printed: string;
	/** The typed number without its words, as a provision keeps it. */
	number: string;
}

/** Says when a typed number is printed as another one. */
export function renumberedPlugin(tell: (renumbered: Renumbered) => void): Plugin {
	let typed: Typed | null = null;
	return new Plugin({
		filterTransaction: (transaction) => {
			const meta = transaction.getMeta(TYPED) as Typed | true | undefined;
			if (meta) typed = meta === true ? null : meta;
			return true;
		},
		view: () => ({
			update: ({ state }) => {
				if (!typed) return;
				const { uid, text } = typed;
				typed = null;
				const printed = numberingOf(state).byUid.get(uid)?.label;
				const number = numberIn(text);
				if (printed && number && !isSameNumber(number, numberIn(printed))) tell({ uid, typed: text, printed, number });
			}
		})
	});
}

/** Gives a provision an explicit number, from which those after it go on. */
export function keepNumber(uid: string, number: string): Command {
	return (state, dispatch) => {
		const entry = numberingOf(state).byUid.get(uid);
		if (!entry) return false;
		const { from } = rangeOf(state.doc, entry.index, entry.index);
		dispatch?.(state.tr.setNodeAttribute(from, 'number', number));
		return true;
	};
}

function numberIn(text: string): string {
	return /[\p{L}\d]+(?=[^\p{L}\d]*$)/u.exec(text.normalize('NFC'))?.[0] ?? '';
}

/** `Chương 2` is printed as `Chương II`. */
function isSameNumber(a: string, b: string): boolean {
	const value = (number: string) => (/^\d+$/.test(number) ? Number(number) : fromRoman(number));
	return a.toLowerCase() === b.toLowerCase() || (value(a) !== null && value(a) === value(b));
}
