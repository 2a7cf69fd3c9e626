import type { Level } from '../text/levels.ts';
import { readsAsTitle } from '../documents/schema/title.ts';

/**
 * Whether the text of a provision is a title, printed bold, or running text, of which only the number is.
 *
 * The model does not tell the two apart, print does: `Điều 1. Phạm vi điều chỉnh` against `Điều 1. Ban hành kèm theo
 * Nghị quyết này ….` in an individual decision. A title is short and does not end like a sentence (`.` `;` `:` `,`,
 * a closing quotation after one of them, or `./.`). A khoản is titled only when, besides, something stands under it:
 * Nghị định 30/2020/NĐ-CP prints such a title bold, and `1. Mục đích` with points below is one. Parts, chapters, sections and
 * subsections have nothing but titles; points and indents have none.
 */
export function isTitle(level: Level, text: string, hasChildren: boolean): boolean {
	switch (level) {
		case 'part':
		case 'chapter':
		case 'section':
		case 'subsection':
			return true;
		case 'article':
			return readsAsTitle(text);
		case 'clause':
			return hasChildren && readsAsTitle(text);
		default:
			return false;
	}
}
