import type { Level } from '../text/levels.ts';
import { isSetAsTitle } from '../documents/schema/title.ts';

/**
 * Whether the text of a provision is a title, printed bold, or running text, of which only the number is.
 *
 * What was decided of a Điều holds (`titled`). Where nothing was, print tells the two apart: `Điều 1. Phạm vi điều chỉnh` against `Điều 1. Ban hành kèm theo
 * Nghị quyết này ….` in an individual decision. A title is short and does not end like a sentence (`.` `;` `:` `,`,
 * a closing quotation after one of them, or `./.`). A khoản is titled only when, besides, something stands under it:
 * Nghị định 30/2020/NĐ-CP prints such a title bold, and `1. Mục đích` with points below is one. Parts, chapters, sections and
 * subsections have nothing but titles; points and indents have none.
 */
export function isTitle(level: Level, text: string, hasChildren: boolean, titled: unknown = null): boolean {
	switch (level) {
		case 'part':
		case 'chapter':
		case 'section':
		case 'subsection':
			return true;
		case 'article':
			return isSetAsTitle(titled, text);
		case 'clause':
			return hasChildren && isSetAsTitle(titled, text);
		default:
			return false;
	}
}
