import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';

/** What was opened by typing: `/` the menu of blocks, `@` the list of references. */
type SuggestKind = 'slash' | 'reference';

export interface Suggestion {
	kind: SuggestKind;
	/** Position of the `/` or `@`. */
	from: number;
	to: number;
	/** What was typed behind it. */
	query: string;
}

export const suggestKey = new PluginKey<Suggestion | null>('suggest');

const TRIGGERS: Record<string, SuggestKind> = { '/': 'slash', '@': 'reference' };
const LONGEST_QUERY = 60;

export interface SuggestHandlers {
	/** A key while a list is open; true when the list used it. */
	onKey: (event: KeyboardEvent) => boolean;
}

/** Watches for `/` and `@` typed where a word begins. The text typed behind stays text until something is picked. */
export function suggestPlugin({ onKey }: SuggestHandlers): Plugin<Suggestion | null> {
	return new Plugin<Suggestion | null>({
		key: suggestKey,
		state: {
			init: () => null,
			apply: (transaction, open, _before, state) => {
				const change = transaction.getMeta(suggestKey) as { open: SuggestKind } | 'close' | undefined;
				if (change === 'close') return null;
				if (change) return read(state, change.open, state.selection.from - 1);
				if (!open || (!transaction.docChanged && !transaction.selectionSet)) return open;
				return read(state, open.kind, transaction.mapping.map(open.from, 1));
			}
		},
		props: {
			handleTextInput: (view, from, to, text) => {
				const kind = TRIGGERS[text];
				if (!kind || !view.editable || !startsHere(view.state, from, kind)) return false;
				view.dispatch(view.state.tr.insertText(text, from, to).setMeta(suggestKey, { open: kind }));
				return true;
			},
			handleKeyDown: (view, event) => {
				if (!suggestKey.getState(view.state) || view.composing || event.isComposing) return false;
				if (event.key === 'Escape') {
					view.dispatch(view.state.tr.setMeta(suggestKey, 'close'));
					return true;
				}
				return onKey(event);
			}
		}
	});
}

function read(state: EditorState, kind: SuggestKind, from: number): Suggestion | null {
	const { $from, empty } = state.selection;
	if (!empty || from < $from.start() || $from.pos <= from) return null;
	const text = $from.parent.textBetween(from - $from.start(), $from.parentOffset, undefined, '\ufffc');
	if (TRIGGERS[text.charAt(0)] !== kind || text.length > LONGEST_QUERY || /[\ufffc\n]/.test(text)) return null;
	// Two spaces in a row: the person goes on writing and wants no list.
	if (/\s\s$/.test(text) || /^.\s/.test(text)) return null;
	return { kind, from, to: $from.pos, query: text.slice(1) };
}

/** `và/hoặc` and `a@b` are text. */
function startsHere(state: EditorState, position: number, kind: SuggestKind): boolean {
	const $position = state.doc.resolve(position);
	if (!$position.parent.isTextblock) return false;
	const before = $position.parent.textBetween(0, $position.parentOffset, undefined, '\ufffc').at(-1) ?? '';
	return before === '' || /[\s\u00a0]/.test(before) || (kind === 'reference' && /[("“;,]/.test(before));
}
