import { mergeAttributes, Node } from '@tiptap/core';
import { isLevel, isTitled, levelRank } from '../../text/levels.ts';

/** Căn cứ: one legal basis. The profile prints what stands before it (`- ` in Party documents). */
export const LegalBasis = Node.create({
	name: 'legalBasis',
	group: 'block',
	content: 'inline*',
	addAttributes: () => ({ uid: dataAttribute('uid') }),
	parseHTML: () => [{ tag: 'p[data-legal-basis]', priority: 60 }],
	renderHTML: ({ HTMLAttributes }) => ['p', mergeAttributes({ 'data-legal-basis': '' }, HTMLAttributes), 0]
});

/** The centred line before the first provision: `QUYẾT NGHỊ:`. */
export const EnactingLine = Node.create({
	name: 'enactingLine',
	group: 'block',
	content: 'inline*',
	parseHTML: () => [{ tag: 'p[data-enacting-line]', priority: 60 }],
	renderHTML: ({ HTMLAttributes }) => ['p', mergeAttributes({ 'data-enacting-line': '' }, HTMLAttributes), 0]
});

/**
 * A provision: part … indent. Attributes: `level`; `uid` (stable); `mark` (null or 'roman', only of a section);
 * `number` (null = computed, else the printed number without its words: '5a', 'IV', 'thứ nhất'); `titled` (whether the
 * text of a Điều is a title; null = as it reads, schema/title.ts).
 * The text never contains the number. Provisions are flat: the tree is computed from the levels.
 */
export const Provision = Node.create({
	name: 'provision',
	group: 'block',
	content: 'inline*',
	defining: true,
	addAttributes: () => ({
		uid: dataAttribute('uid'),
		level: {
			default: 'clause',
			parseHTML: (element: HTMLElement) => {
				const level = element.getAttribute('data-level');
				return isLevel(level) ? level : 'clause';
			},
			renderHTML: ({ level }: { level: string }) => ({ 'data-level': level })
		},
		mark: dataAttribute('mark'),
		number: dataAttribute('number'),
		titled: {
			default: null as boolean | null,
			parseHTML: (element: HTMLElement) => ({ true: true, false: false })[element.dataset.titled ?? ''] ?? null,
			renderHTML: ({ titled }: { titled: boolean | null }) => (titled === null ? {} : { 'data-titled': String(titled) })
		}
	}),
	parseHTML: () => [{ tag: 'p[data-provision]', priority: 60 }],
	renderHTML: ({ node, HTMLAttributes }) => [
		'p',
		mergeAttributes({ 'data-provision': '' }, headingRole(node.attrs.level), HTMLAttributes),
		0
	]
});

/**
 * An appendix (`Phụ lục I`, numbered when there are several) or an attachment (an attached programme or regulation,
 * no number). The text is its title; an attachment with a header block of its own has none and is titled by it.
 * All blocks up to the next appendix belong to it, and the counters start again.
 */
export const Appendix = Node.create({
	name: 'appendix',
	group: 'block',
	content: 'inline*',
	defining: true,
	addAttributes: () => ({
		uid: dataAttribute('uid'),
		kind: {
			default: 'appendix',
			parseHTML: (element: HTMLElement) => (element.getAttribute('data-kind') === 'attachment' ? 'attachment' : 'appendix'),
			renderHTML: ({ kind }: { kind: string }) => ({ 'data-kind': kind })
		},
		number: dataAttribute('number')
	}),
	parseHTML: () => [{ tag: 'p[data-appendix]', priority: 60 }],
	renderHTML: ({ HTMLAttributes }) => [
		'p',
		mergeAttributes({ 'data-appendix': '', role: 'heading', 'aria-level': '2' }, HTMLAttributes),
		0
	]
});

/** An attribute kept in `data-NAME`; null when absent. */
function dataAttribute(name: string) {
	return {
		default: null as string | null,
		parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) || null,
		renderHTML: (attributes: Record<string, unknown>) =>
			attributes[name] == null ? {} : { [`data-${name}`]: String(attributes[name]) }
	};
}

/** Titles are headings to a screen reader: Phần 2, Chương 2, Mục 3, Tiểu mục 4, Điều 5. */
function headingRole(level: unknown): Record<string, string> {
	if (!isLevel(level) || !isTitled(level)) return {};
	return { role: 'heading', 'aria-level': String(Math.max(2, levelRank(level) + 1)) };
}
