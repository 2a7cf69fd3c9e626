/** The letters of a content, apart from what is said beside them: two contents may have the same letters and differ in attributes. */
import { Fragment, type Node } from '@tiptap/pm/model';
import { OPAQUE } from './leaves.ts';

/** The letters as one string, an inline element as one character that stands for just it. */
export function lettersOf(content: Fragment): string {
	let letters = '';
	content.forEach((node) => {
		letters += node.isText ? node.text : `\u{F0000}${node.type.name}/${node.attrs.uid ?? ''}\u{F0001}`;
	});
	return letters;
}

/** A content in which elements have nothing but their uid, for finding where two begin to differ in their letters. */
export function withoutAttributes(content: Fragment): Fragment {
	if (content.content.every(isBare)) return content;
	return Fragment.fromArray(
		content.content.map((node) => (isBare(node) ? node : node.type.create({ uid: node.attrs.uid }, null, node.marks)))
	);
}

/** An element without a uid has no attributes beside the letters. */
function isBare({ isText, attrs, type }: Node): boolean {
	return isText || typeof attrs.uid !== 'string' || type.name === OPAQUE;
}
