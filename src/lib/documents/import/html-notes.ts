import type { HtmlElement } from './html-tree.ts';

/** The footnotes of a page: what each says, and how to know their parts. */
export interface Notes {
	/** The text of the note that a link leads to; null when the element is no such link. */
	textOfLink(element: HtmlElement): string | null;
	/** Whether an element is the body of a note, which is printed elsewhere. */
	isBody(element: HtmlElement): boolean;
}

const BODY_ID = /^_?(?:.*-)?(?:footnote|endnote|ftn|edn)-?\d+$/i;
const BACK_LINK = /^#_?(?:.*-)?(?:footnote|endnote|ftn|edn)-?ref-?\d+$/i;

/** Finds the footnotes that Word and mammoth write. */
export function findNotes(root: HtmlElement): Notes {
	const texts = new Map<string, string>();
	const visit = (element: HtmlElement) => {
		const id = element.attributes.id ?? '';
		if (element.tag !== 'a' && BODY_ID.test(id)) texts.set(keyOf(id), noteText(element));
		for (const child of element.children) if (typeof child !== 'string') visit(child);
	};
	visit(root);
	return {
		textOfLink: ({ tag, attributes }) => {
			const target = attributes.href ?? '';
			if (tag !== 'a' || !target.startsWith('#') || BACK_LINK.test(target)) return null;
			return texts.get(keyOf(target.slice(1))) ?? null;
		},
		isBody: ({ tag, attributes }) => tag !== 'a' && BODY_ID.test(attributes.id ?? '')
	};
}

function keyOf(id: string): string {
	return id.replace(/^_/, '').toLowerCase();
}

/** The text of a note without the link back. */
function noteText(element: HtmlElement): string {
	const own = (node: HtmlElement | string): string => {
		if (typeof node === 'string') return node;
		if (node.tag === 'a' && BACK_LINK.test(node.attributes.href ?? '')) return '';
		const inner = node.children.map(own).join('');
		return node.tag === 'p' || node.tag === 'br' ? `${inner} ` : inner;
	};
	return own(element).normalize('NFC').replace(/\s+/g, ' ').trim();
}
