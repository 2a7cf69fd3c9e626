import { mergeAttributes, Node } from '@tiptap/core';
import type { Profile } from './profiles.ts';

/** The fields of a header block and of a signature, in the order in which a document prints them. */
export const HEADER_FIELDS = ['parent', 'agency', 'symbol', 'placeDate', 'kind', 'subject'] as const;
export const SIGNATURE_FIELDS = ['authority', 'position', 'signer'] as const;

export type HeaderFieldName = (typeof HEADER_FIELDS)[number] | (typeof SIGNATURE_FIELDS)[number];

const FIELD_NAMES: readonly string[] = [...HEADER_FIELDS, ...SIGNATURE_FIELDS];

/** What is printed before a document's symbol, `Số: `; nothing where the text says so itself. */
export function symbolPrefix(symbol: string, profile: Pick<Profile, 'symbolPrefix'>): string {
	return /^\s*(luật |bộ luật )?số/iu.test(symbol) ? '' : profile.symbolPrefix;
}

/** The block at the head: issuing body, symbol, place and date, type, subject. The national title is the profile's. */
export const DocumentHeader = Node.create({
	name: 'documentHeader',
	group: 'block',
	content: 'headerField+',
	isolating: true,
	defining: true,
	// Typing between two fields would make another one.
	allowGapCursor: false,
	parseHTML: () => [{ tag: 'div[data-document-header]' }],
	renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes({ 'data-document-header': '' }, HTMLAttributes), 0]
});

/** One field of a header block or a signature; `name` says which. */
export const HeaderField = Node.create({
	name: 'headerField',
	content: 'inline*',
	isolating: true,
	addAttributes: () => ({
		name: {
			default: 'subject',
			parseHTML: (element: HTMLElement) => {
				const name = element.getAttribute('data-field') ?? '';
				return FIELD_NAMES.includes(name) ? name : 'subject';
			},
			renderHTML: ({ name }: { name: string }) => ({ 'data-field': name })
		}
	}),
	parseHTML: () => [{ tag: 'p[data-field]', priority: 60 }],
	renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0]
});

/** Who signs: authority (`TM. ỦY BAN NHÂN DÂN`), position, name. */
export const Signature = Node.create({
	name: 'signature',
	group: 'block',
	content: 'headerField+',
	isolating: true,
	defining: true,
	// Typing between two fields would make another one.
	allowGapCursor: false,
	parseHTML: () => [{ tag: 'div[data-signature]' }],
	renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes({ 'data-signature': '' }, HTMLAttributes), 0]
});

/** Nơi nhận: one paragraph per recipient; the label is the profile's. */
export const Recipients = Node.create({
	name: 'recipients',
	group: 'block',
	content: 'paragraph+',
	isolating: true,
	defining: true,
	parseHTML: () => [{ tag: 'div[data-recipients]' }],
	renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes({ 'data-recipients': '' }, HTMLAttributes), 0]
});
