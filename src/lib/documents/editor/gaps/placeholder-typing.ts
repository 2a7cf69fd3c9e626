import { InputRule, inputRules } from '@tiptap/pm/inputrules';
import { type EditorState, NodeSelection, Plugin } from '@tiptap/pm/state';
import { newUid } from '../../../base/ids.ts';
import { findPlaceholders } from '../../gaps/placeholders.ts';
import { TYPED } from '../structure/typed-numbers.ts';

/** The placeholder that is selected; null when none is. */
export function selectedPlaceholder({ selection }: EditorState): NodeSelection | null {
	return selection instanceof NodeSelection && selection.node.type.name === 'placeholder' ? selection : null;
}

/**
 * What is typed while a placeholder is selected takes its place, with the formatting of what it stands in: also from an
 * input method, whose composition needs a place for the caret before it begins, and from the keyboard of a phone, which
 * sends no keys.
 */
export function placeholderTyping(): Plugin {
	return new Plugin({
		props: {
			handleDOMEvents: {
				compositionstart: (view) => {
					const selected = view.editable && selectedPlaceholder(view.state);
					if (!selected) return false;
					view.dispatch(view.state.tr.deleteSelection().setStoredMarks(selected.node.marks));
					return false;
				},
				beforeinput: (view, event) => {
					const selected = view.editable && selectedPlaceholder(view.state);
					if (!selected || event.isComposing || !event.data || !TYPES.has(event.inputType)) return false;
					event.preventDefault();
					view.dispatch(view.state.tr.insertText(event.data).scrollIntoView());
					return true;
				}
			}
		}
	});
}

const TYPES = new Set(['insertText', 'insertReplacementText']);

/**
 * Typing rule: `[tên cơ quan]` is a placeholder when its last bracket is typed. Backspace right after it, or undo, puts
 * the letters back.
 */
export function typedPlaceholders(): Plugin {
	const rule = new InputRule(/\[[^[\]]+\]$/u, (state, [typed], start, end) => {
		const { parent, parentOffset } = state.doc.resolve(start);
		const before = parent.textBetween(0, parentOffset, undefined, '\ufffc');
		const found = findPlaceholders(before + typed).find(({ from }) => from === before.length);
		if (!found) return null;
		const { placeholder } = state.schema.nodes;
		const made = placeholder.create({ uid: newUid(), label: found.label }, null, state.doc.resolve(end).marks());
		return state.tr.setMeta(TYPED, true).replaceWith(start, end, made);
	});
	return inputRules({ rules: [rule] });
}
