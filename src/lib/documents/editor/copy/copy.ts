import type { DOMSerializer, Fragment } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { ProfileId } from '../../schema/profiles.ts';
import { printedDom } from './printed-dom.ts';
import { textOfDom } from './text-of-dom.ts';

/**
 * Copying, cutting and dragging out: what leaves the editor says what is printed, with its numbers, references, footnotes
 * and the lines of the frame, whatever it is pasted into. Pasted back here only the structure counts: what was computed is
 * marked (`data-printed`) and left out by the schema.
 */
export function copyPlugin(profile: ProfileId): Plugin {
	let view: EditorView | null = null;
	const print = (content: Fragment) => printedDom(content, view!.state, profile);
	return new Plugin({
		view: (own) => {
			view = own;
			return {};
		},
		props: {
			clipboardTextSerializer: ({ content }) => textOfDom(print(content)),
			clipboardSerializer: { serializeFragment: print } as unknown as DOMSerializer
		}
	});
}
