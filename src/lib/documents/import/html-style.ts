import type { JsonMark } from '../schema/json.ts';
import type { HtmlElement } from './html-tree.ts';
import type { SourceLine } from './source.ts';

/** The marks in force, by name. */
export type Marks = ReadonlySet<string>;

const TAG_MARKS: Record<string, string> = {
	b: 'bold',
	strong: 'bold',
	h1: 'bold',
	h2: 'bold',
	h3: 'bold',
	h4: 'bold',
	h5: 'bold',
	h6: 'bold',
	th: 'bold',
	i: 'italic',
	em: 'italic',
	cite: 'italic',
	u: 'underline',
	s: 'strike',
	del: 'strike',
	strike: 'strike',
	sup: 'superscript',
	sub: 'subscript'
};

const STYLE_MARKS: [RegExp, string, boolean][] = [
	[/font-weight\s*:\s*(?:bold|[6-9]00)/i, 'bold', true],
	[/font-weight\s*:\s*(?:normal|[1-5]00)/i, 'bold', false],
	[/font-style\s*:\s*italic/i, 'italic', true],
	[/font-style\s*:\s*normal/i, 'italic', false],
	[/text-decoration[^;:]*:[^;]*underline/i, 'underline', true],
	[/text-decoration[^;:]*:[^;]*line-through/i, 'strike', true],
	[/vertical-align\s*:\s*super/i, 'superscript', true],
	[/vertical-align\s*:\s*sub(?!\w|-)/i, 'subscript', true]
];

/** The marks inside an element, from its name and its style. Header cells are bold by themselves. */
export function marksInside(element: HtmlElement, outer: Marks): Marks {
	const marks = new Set(outer);
	const own = TAG_MARKS[element.tag];
	if (own && element.tag !== 'th') add(marks, own);
	const style = element.attributes.style ?? '';
	for (const [form, mark, on] of STYLE_MARKS) {
		if (!form.test(style)) continue;
		if (on) add(marks, mark);
		else marks.delete(mark);
	}
	return marks;
}

/** The alignment that an element asks for; null when it says nothing or what a paragraph has anyway. */
export function alignOf({ tag, attributes }: HtmlElement): SourceLine['align'] {
	if (tag === 'center') return 'center';
	const style = /text-align\s*:\s*(center|right)/i.exec(attributes.style ?? '')?.[1];
	const value = (style ?? attributes.align ?? '').toLowerCase();
	if (value === 'center' || value === 'right') return value;
	return (/(?:^|\s)align-(center|right)(?:\s|$)/.exec(attributes.class ?? '')?.[1] as SourceLine['align']) ?? null;
}

/** Whether an element is not shown. */
export function isHidden({ attributes }: HtmlElement): boolean {
	return /display\s*:\s*none|mso-hide\s*:\s*all/i.test(attributes.style ?? '');
}

/** Whether an element is the number that Word wrote before the text of a list paragraph. */
export function isWordNumber({ attributes }: HtmlElement): boolean {
	return /mso-list\s*:\s*ignore/i.test(attributes.style ?? '');
}

/** The marks as ProseMirror JSON. */
export function markJson(marks: Marks): JsonMark[] {
	return [...marks].map((type) => ({ type }));
}

function add(marks: Set<string>, mark: string): void {
	if (mark === 'superscript') marks.delete('subscript');
	if (mark === 'subscript') marks.delete('superscript');
	marks.add(mark);
}
