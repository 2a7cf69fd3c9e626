import { Extension } from '@tiptap/core';

/** Never in HTML: what is copied and pasted is something new. */
const hidden = { default: null as string | null, rendered: false, parseHTML: () => null };

/** By what the text model knows blocks, rows, columns, references and placeholders that nothing else points at (`lib/text/SPEC.md`). */
export const Identity = Extension.create({
	name: 'identity',
	addGlobalAttributes: () => [
		{
			types: [
				'documentHeader',
				'enactingLine',
				'paragraph',
				'table',
				'tableRow',
				'image',
				'signature',
				'reference',
				'placeholder'
			],
			attributes: { uid: hidden }
		},
		{ types: ['tableCell', 'tableHeader'], attributes: { col: hidden } }
	]
});
