import { DOMSerializer, type Fragment, type Node } from '@tiptap/pm/model';
import type { EditorState } from '@tiptap/pm/state';
import { isRomanSection } from '../../numbering/counters.ts';
import type { Numbering } from '../../numbering/numbering.ts';
import { printReference } from '../../references/references.ts';
import { symbolPrefix } from '../../schema/frame.ts';
import { profileOf, type Profile, type ProfileId } from '../../schema/profiles.ts';
import { wordsOf } from '../../schema/element-text.ts';
import { isSetAsTitle } from '../../schema/title.ts';
import { attachedLines } from '../frame/appendix-marks.ts';
import { numberingOf } from '../numbers/numbering-state.ts';

/** Set in capitals or bold on the sheet; elsewhere this says so. The schema reads through it. */
const LOOK = 'data-look';
/** Computed, and no part of the document. */
const PRINTED = 'data-printed';

/** A selected part of the document as HTML in which everything that is printed is there. */
export function printedDom(content: Fragment, state: EditorState, profileId: ProfileId): DocumentFragment {
	const dom = DOMSerializer.fromSchema(state.schema).serializeFragment(content) as DocumentFragment;
	const numbering = numberingOf(state);
	const profile = profileOf(profileId);
	const attached = attachedLines(state.doc, profile);
	const notes = new Notes(state.doc);
	const blocks = [...dom.childNodes];
	content.forEach((node, _offset, index) => {
		const at = blocks[index];
		if (at instanceof HTMLElement && !node.isInline) {
			const hasBeginning = index > 0 || beginsWithBlock(state);
			printBlock(at, node, hasBeginning ? numbering : null, profile);
			printReferences(at, node.attrs.uid ?? null, numbering);
		}
		const said = node.type.name === 'appendix' ? attached.get(node.attrs.uid) : undefined;
		const isUnderHeader = content.maybeChild(index + 1)?.type.name === 'documentHeader';
		if (said) (blocks[index + (isUnderHeader ? 1 : 0)] as HTMLElement).after(line(said));
	});
	if (content.firstChild?.isInline) printReferences(dom, homeOf(state), numbering);
	notes.print(dom);
	return dom;
}

/** Whether the selection takes the first block from its beginning, and more than a part of it. */
function beginsWithBlock({ selection }: EditorState): boolean {
	const { $from, $to } = selection;
	if ($from.parentOffset > 0) return false;
	return !$from.sameParent($to) || !$from.parent.isTextblock || $to.parentOffset === $to.parent.content.size;
}

function homeOf({ selection: { $from } }: EditorState): string | null {
	return $from.depth > 0 ? ($from.node(1).attrs.uid ?? null) : null;
}

/** What stands before, around or behind a block on the sheet. Without `numbering` its beginning is not there. */
function printBlock(element: HTMLElement, node: Node, numbering: Numbering | null, profile: Profile): void {
	switch (node.type.name) {
		case 'provision': {
			const label = numbering?.byUid.get(node.attrs.uid)?.label;
			const level = node.attrs.level as keyof Profile['titles'];
			const isRoman = isRomanSection(level, node.attrs.mark, profile);
			const style = profile.titles[isRoman ? 'romanSection' : level];
			const isTitle = style && (level !== 'article' || isSetAsTitle(node.attrs.titled, wordsOf(node)));
			if (isTitle) look(element, style.bold ? 'font-weight: bold' : '');
			if (style?.align === 'center') element.style.textAlign = 'center';
			if (label)
				element.prepend(printed(`${label}${style?.titleBelow ? '' : ' '}`, { bold: style?.bold, breakAfter: style?.titleBelow }));
			return;
		}
		case 'legalBasis':
			if (numbering && profile.legalBasis.prefix) element.prepend(printed(profile.legalBasis.prefix));
			return;
		case 'appendix': {
			const label = numbering?.byUid.get(node.attrs.uid)?.label;
			look(element, 'font-weight: bold');
			element.style.textAlign = 'center';
			if (label) element.prepend(printed(label, { bold: true, breakAfter: node.content.size > 0 }));
			return;
		}
		case 'enactingLine':
			look(element, 'font-weight: bold');
			element.style.textAlign = 'center';
			return;
		case 'documentHeader':
			return printHeader(element, profile);
		case 'recipients':
			if (numbering) element.prepend(line(profile.recipients.label));
			return;
	}
}

/** The national title, or the Party's, with the marks that the profile prints, row by row as on the sheet. */
function printHeader(header: HTMLElement, profile: Profile): void {
	const field = (...names: string[]) =>
		[...header.querySelectorAll<HTMLElement>(names.map((name) => `[data-field="${name}"]`).join(', '))].at(-1);
	const symbol = field('symbol');
	const prefix = symbol?.textContent && symbolPrefix(symbol.textContent, profile);
	if (prefix) symbol!.prepend(printed(prefix));
	const { agencyMark, right, subjectMark } = profile.header;
	const title = field('kind', 'subject');
	if (subjectMark && title?.textContent) title.after(line(subjectMark));
	const mark = agencyMark && field('agency')?.textContent ? [line(agencyMark)] : [];
	const rows = [...mark, ...right.map(({ text }) => line(text))];
	const left = field('parent', 'agency');
	if (left) left.after(...rows);
	else header.prepend(...rows);
}

/** References in the form that they print now, with the full one for where the provision around them is another. */
function printReferences(root: ParentNode, home: string | null, numbering: Numbering): void {
	for (const element of root.querySelectorAll<HTMLElement>('[data-reference]')) {
		const { target, scope } = element.dataset;
		const now = target ? printReference(target, numbering, { from: home, scope: scope ?? null }) : null;
		if (now === null) continue;
		element.dataset.text = numbering.citation(target!) ?? now;
		element.textContent = now;
	}
}

/** The footnotes of a document and the numbers that they have in it. */
class Notes {
	readonly #numbers = new Map<string, number>();

	constructor(doc: Node) {
		doc.descendants((node) => {
			if (node.type.name === 'footnote') this.#numbers.set(node.attrs.uid, this.#numbers.size + 1);
		});
	}

	/** Writes the numbers where the notes are, and their texts behind everything. */
	print(dom: DocumentFragment): void {
		const texts: HTMLElement[] = [];
		for (const element of dom.querySelectorAll<HTMLElement>('[data-footnote]')) {
			const number = this.#numbers.get(element.dataset.uid ?? '') ?? texts.length + 1;
			element.textContent = `[${number}]`;
			texts.push(line(`[${number}] ${element.dataset.text ?? ''}`));
		}
		dom.append(...texts);
	}
}

/** Words that are printed and not stored. */
function printed(text: string, { bold = false, breakAfter = false } = {}): HTMLElement {
	const element = document.createElement(bold ? 'b' : 'span');
	element.setAttribute(PRINTED, '');
	element.textContent = text;
	if (breakAfter) element.append(document.createElement('br'));
	return element;
}

function line(text: string): HTMLElement {
	const element = document.createElement('p');
	element.setAttribute(PRINTED, '');
	element.textContent = text;
	return element;
}

/** How a block's words look here, for programs that know nothing of its kind. */
function look(element: HTMLElement, css: string): void {
	if (!css) return;
	const inner = document.createElement('span');
	inner.setAttribute(LOOK, '');
	inner.setAttribute('style', css);
	inner.append(...element.childNodes);
	element.append(inner);
}
