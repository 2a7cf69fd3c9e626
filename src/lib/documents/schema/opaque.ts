import { mergeAttributes, Node } from '@tiptap/core';

/** What a later version put into a text and this one does not know: it stands there, and stays. */
export const Opaque = Node.create({
	name: 'opaque',
	group: 'inline',
	inline: true,
	atom: true,
	selectable: false,
	addAttributes: () => ({ is: { default: null as unknown, rendered: false, parseHTML: () => null } }),
	renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes({ 'data-opaque': '' }, HTMLAttributes)]
});

/** A block of a kind that only a later version knows. */
export const OpaqueBlock = Node.create({
	name: 'opaqueBlock',
	group: 'block',
	atom: true,
	addAttributes: () => ({
		uid: { default: null as string | null, rendered: false, parseHTML: () => null },
		is: { default: null as string | null, rendered: false, parseHTML: () => null }
	}),
	renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes({ 'data-opaque-block': '' }, HTMLAttributes)]
});
