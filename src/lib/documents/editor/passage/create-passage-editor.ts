import { Editor, Extension, type JSONContent } from '@tiptap/core';
import { UndoRedo } from '@tiptap/extensions/undo-redo';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { documentExtensions } from '../../schema/schema.ts';

export interface PassageEditorOptions {
	element: HTMLElement;
	/** What stands in the block: ProseMirror's JSON. */
	content: readonly unknown[];
	/** Name of the text field. */
	label: string;
	/** Id of what says what is wrong with it. */
	describedBy?: string;
	onchange: (content: readonly unknown[]) => void;
}

/**
 * An editor of what stands in one block, with the schema of documents and a history of its own: footnotes, references and
 * marks are kept. It has no second block: Enter breaks the line, and what is pasted comes as one.
 */
export function createPassageEditor({ element, content, label, describedBy, onchange }: PassageEditorOptions): Editor {
	const oneBlock = Extension.create({
		name: 'oneBlock',
		priority: 1000,
		addKeyboardShortcuts: () => ({ Enter: ({ editor }) => editor.commands.setHardBreak(), Tab: () => false }),
		addProseMirrorPlugins: () => [
			new Plugin({
				filterTransaction: ({ doc }) => doc.childCount === 1 && doc.child(0).type.name === 'paragraph',
				props: { transformPasted: (slice) => new Slice(inlineOf(slice.content), 0, 0) }
			})
		]
	});
	return new Editor({
		element: { mount: element },
		injectCSS: false,
		enableInputRules: false,
		enablePasteRules: false,
		extensions: [...documentExtensions, UndoRedo, oneBlock],
		content: {
			type: 'doc',
			content: [{ type: 'paragraph', ...(content.length > 0 && { content: [...content] as JSONContent[] }) }]
		},
		editorProps: {
			attributes: {
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-label': label,
				...(describedBy && { 'aria-describedby': describedBy }),
				lang: 'vi',
				autocorrect: 'off'
			}
		},
		onUpdate: ({ editor }) => onchange((editor.state.doc.child(0).content.toJSON() as unknown[] | null) ?? [])
	});
}

/** What stands in blocks, one behind another with a space between. */
function inlineOf(content: Fragment): Fragment {
	const found: Node[] = [];
	const add = (fragment: Fragment) =>
		fragment.forEach((node) => {
			if (node.isInline) return void found.push(node);
			const last = found.at(-1);
			if (node.isTextblock && last && node.content.size > 0) found.push(node.type.schema.text(' '));
			add(node.content);
		});
	add(content);
	return Fragment.fromArray(found);
}
