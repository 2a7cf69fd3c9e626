import { getSchema, type Extensions } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Image } from '@tiptap/extension-image';
import { Italic } from '@tiptap/extension-italic';
import { BulletList } from '@tiptap/extension-list/bullet-list';
import { ListItem } from '@tiptap/extension-list/item';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Strike } from '@tiptap/extension-strike';
import { TableKit } from '@tiptap/extension-table';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';
import { Appendix, EnactingLine, LegalBasis, Provision } from './blocks.ts';
import { DocumentHeader, HeaderField, Recipients, Signature } from './frame.ts';
import { Identity } from './identity.ts';
import { Footnote, Placeholder, Reference, Subscript, Superscript } from './inline.ts';
import { Opaque, OpaqueBlock } from './opaque.ts';

/** Major version of the document schema; a client with another one is refused before any sync. */
export const SCHEMA_VERSION = 2;

const ALIGNMENTS = ['left', 'center', 'right', 'justify'];

/** Typing `**`, `_` or `- ` means those characters in an administrative text, so the marks have no typing rules. */
const plainTyping = { addInputRules: () => [], addPasteRules: () => [] };

const AlignedParagraph = Paragraph.extend({
	addAttributes: () => ({
		align: {
			default: null as string | null,
			parseHTML: (element: HTMLElement) => {
				const align = element.style.textAlign || element.getAttribute('align') || '';
				return ALIGNMENTS.includes(align) ? align : null;
			},
			renderHTML: ({ align }: { align?: string }) => (align ? { style: `text-align: ${align}` } : {})
		}
	}),
	// What is copied carries what is printed beside the text, and how it looks (editor/copy): neither is content.
	parseHTML: () => [
		{ tag: '[data-printed]', ignore: true, priority: 100 },
		{ tag: '[data-look]', skip: true, priority: 100 },
		{ tag: 'p' }
	]
});

const DocumentImage = Image.extend({
	addAttributes: () => ({
		src: { default: null as string | null },
		alt: { default: null as string | null },
		width: {
			default: null as number | null,
			parseHTML: (element: HTMLElement) => Number.parseInt(element.getAttribute('width') ?? '', 10) || null
		}
	}),
	addInputRules: () => []
});

/**
 * Every node and mark of a document, without behaviour of our own: usable on the server, where no DOM exists. The
 * editor adds commands, keys and node views beside them.
 */
export const documentExtensions: Extensions = [
	Document,
	AlignedParagraph,
	Text,
	DocumentHeader,
	HeaderField,
	LegalBasis,
	EnactingLine,
	Provision,
	BulletList.extend({ addInputRules: () => [] }),
	ListItem,
	TableKit,
	DocumentImage,
	Signature,
	Recipients,
	Appendix,
	HardBreak,
	Reference,
	Footnote,
	Placeholder,
	Opaque,
	OpaqueBlock,
	Identity,
	Bold.extend(plainTyping),
	Italic.extend(plainTyping),
	Underline,
	Strike.extend(plainTyping),
	Superscript,
	Subscript
];

/** The ProseMirror schema of a document. */
export const documentSchema = getSchema(documentExtensions);
