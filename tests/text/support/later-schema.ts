import { Extension, getSchema, Mark, Node } from '@tiptap/core';
import { documentExtensions } from '../../../src/lib/documents/schema/schema.ts';

/** What a later version may add: a mark, an element among letters, a kind of block, and an attribute of provisions. */
const Highlight = Mark.create({ name: 'highlight', addAttributes: () => ({ colour: { default: 'yellow' } }) });

const Formula = Node.create({
	name: 'formula',
	group: 'inline',
	inline: true,
	atom: true,
	addAttributes: () => ({ uid: { default: null }, tex: { default: '' } })
});

const Note = Node.create({
	name: 'note',
	group: 'block',
	content: 'inline*',
	addAttributes: () => ({ uid: { default: null }, tone: { default: 'plain' } })
});

const Status = Extension.create({
	name: 'status',
	addGlobalAttributes: () => [{ types: ['provision'], attributes: { status: { default: null } } }]
});

/** The schema of a page that knows all of today's, and these. */
export const laterSchema = getSchema([...documentExtensions, Highlight, Formula, Note, Status]);
