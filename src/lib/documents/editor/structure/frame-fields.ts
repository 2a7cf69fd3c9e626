import { type Command, TextSelection } from '@tiptap/pm/state';

/**
 * Enter and Tab in a field of the header or the signature go to the next field, Shift Tab to the one before, as in a
 * form; none of them adds a field.
 */
export function goToField(by: 1 | -1): Command {
	return (state, dispatch) => {
		const { $from } = state.selection;
		if ($from.parent.type.name !== 'headerField') return false;
		if (!dispatch) return true;
		const target = TextSelection.findFrom(state.doc.resolve(by === 1 ? $from.after() : $from.before()), by, true);
		if (target) dispatch(state.tr.setSelection(target).scrollIntoView());
		return true;
	};
}

/** A line of Nơi nhận has no level to change, and the key does not leave the text. */
export const keepTabInRecipients: Command = ({ selection: { $from } }) =>
	$from.depth === 2 && $from.node(1).type.name === 'recipients';
