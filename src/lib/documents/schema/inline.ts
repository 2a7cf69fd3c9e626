import { Mark, mergeAttributes, Node } from '@tiptap/core';
import { bracketed } from './element-text.ts';

/**
 * A cross-reference. `target` is the uid it points at, `text` the form last printed (kept when the target is gone),
 * `scope` 'document' when it is printed in full from the document's root, null when it may be shortened.
 */
export const Reference = Node.create({
	name: 'reference',
	group: 'inline',
	inline: true,
	atom: true,
	addAttributes: () => ({
		target: {
			default: null as string | null,
			parseHTML: (element: HTMLElement) => element.getAttribute('data-target') || null,
			renderHTML: ({ target }: { target?: string }) => (target ? { 'data-target': target } : {})
		},
		text: {
			default: '',
			// What is copied shows the short form that is printed and carries the full one.
			parseHTML: (element: HTMLElement) => (element.dataset.text ?? element.textContent ?? '').normalize('NFC'),
			renderHTML: () => ({})
		},
		scope: {
			default: null as string | null,
			parseHTML: (element: HTMLElement) => (element.getAttribute('data-scope') === 'document' ? 'document' : null),
			renderHTML: ({ scope }: { scope?: string }) => (scope ? { 'data-scope': scope } : {})
		}
	}),
	parseHTML: () => [{ tag: 'span[data-reference]', priority: 60 }],
	renderHTML: ({ node, HTMLAttributes }) => [
		'span',
		mergeAttributes({ 'data-reference': '' }, HTMLAttributes),
		String(node.attrs.text)
	],
	renderText: ({ node }) => String(node.attrs.text)
});

/** A footnote: its place is here, its `text` is printed at the foot of the page. Numbers are computed. */
export const Footnote = Node.create({
	name: 'footnote',
	group: 'inline',
	inline: true,
	atom: true,
	addAttributes: () => ({
		uid: {
			default: null as string | null,
			parseHTML: (element: HTMLElement) => element.getAttribute('data-uid') || null,
			renderHTML: ({ uid }: { uid?: string }) => (uid ? { 'data-uid': uid } : {})
		},
		text: {
			default: '',
			parseHTML: (element: HTMLElement) => (element.getAttribute('data-text') ?? '').normalize('NFC'),
			renderHTML: ({ text }: { text: string }) => ({ 'data-text': text })
		}
	}),
	parseHTML: () => [{ tag: 'span[data-footnote]', priority: 60 }],
	renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes({ 'data-footnote': '' }, HTMLAttributes)]
});

/** A place to fill in: `label` says with what. It is printed in brackets; what is typed on it takes its place. */
export const Placeholder = Node.create({
	name: 'placeholder',
	group: 'inline',
	inline: true,
	atom: true,
	addAttributes: () => ({
		label: {
			default: '…',
			parseHTML: (element: HTMLElement) => (element.textContent ?? '').normalize('NFC').replace(/^\[|\]$/gu, ''),
			rendered: false
		}
	}),
	parseHTML: () => [{ tag: 'span[data-placeholder]', priority: 60 }],
	renderHTML: ({ node, HTMLAttributes }) => [
		'span',
		mergeAttributes({ 'data-placeholder': '' }, HTMLAttributes),
		bracketed(String(node.attrs.label))
	],
	renderText: ({ node }) => bracketed(String(node.attrs.label))
});

export const Superscript = Mark.create({
	name: 'superscript',
	excludes: 'subscript superscript',
	parseHTML: () => [{ tag: 'sup' }, { style: 'vertical-align=super' }],
	renderHTML: ({ HTMLAttributes }) => ['sup', HTMLAttributes, 0]
});

export const Subscript = Mark.create({
	name: 'subscript',
	excludes: 'subscript superscript',
	parseHTML: () => [{ tag: 'sub' }, { style: 'vertical-align=sub' }],
	renderHTML: ({ HTMLAttributes }) => ['sub', HTMLAttributes, 0]
});
