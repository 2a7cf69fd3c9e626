import type { Node } from '@tiptap/pm/model';
import type { NodeView } from '@tiptap/pm/view';
import { explicitValue, isRomanSection } from '../../numbering/counters.ts';
import { isLevel, type Level } from '../../../text/levels.ts';
import { profileOf, type ProfileId } from '../../schema/profiles.ts';
import { wordsOf } from '../../schema/element-text.ts';
import { isSetAsTitle } from '../../schema/title.ts';

/** Letters in a line of the sheet, for the height of a block that was never on screen. */
const LETTERS_PER_LINE = 78;

/** Titles as screen readers count them. Not one level each: most texts use two or three, and a gap in the order confuses. */
const HEADINGS: Partial<Record<Level | 'roman', number>> = {
	part: 2,
	chapter: 2,
	roman: 2,
	section: 3,
	subsection: 3,
	article: 3
};

/**
 * A provision on the sheet. It only tells the style sheet what the block is: its sequence (`data-seq`), what an explicit
 * number does to the counter (`--set`, `--step`), whether the text reads as a title. The number itself is a CSS counter.
 */
export class ProvisionView implements NodeView {
	readonly dom: HTMLElement;
	readonly contentDOM: HTMLElement;
	#node: Node | null = null;
	readonly #profile: ProfileId;

	constructor(node: Node, profile: ProfileId) {
		this.dom = this.contentDOM = document.createElement('p');
		this.dom.dataset.provision = '';
		this.#profile = profile;
		this.dom.style.setProperty('--lines', String(Math.ceil((node.content.size + 1) / LETTERS_PER_LINE)));
		this.update(node);
	}

	update(node: Node): boolean {
		if (node.type.name !== 'provision') return false;
		if (node.attrs !== this.#node?.attrs) this.#showAttributes(node);
		if (node.content !== this.#node?.content || node.attrs.titled !== this.#node?.attrs.titled) this.#showText(node);
		this.#node = node;
		return true;
	}

	#showAttributes(node: Node): void {
		const { uid, number, mark } = node.attrs as Record<string, string | null>;
		const level: Level = isLevel(node.attrs.level) ? node.attrs.level : 'clause';
		const isRoman = isRomanSection(level, mark, profileOf(this.#profile));
		const sequence = isRoman ? 'roman' : level;
		const { dataset, style } = this.dom;
		setOrRemove(dataset, 'uid', uid);
		setOrRemove(dataset, 'number', number);
		setOrRemove(dataset, 'mark', mark);
		dataset.level = level;
		dataset.seq = sequence;
		const value = number === null ? null : explicitValue(level, isRoman, number);
		style.setProperty('--set', value === null || level === 'indent' ? null : `${sequence} ${value}`);
		style.setProperty('--step', number !== null && value === null ? '0' : null);
		const heading = HEADINGS[sequence];
		if (heading) {
			this.dom.setAttribute('role', 'heading');
			this.dom.setAttribute('aria-level', String(heading));
		} else {
			this.dom.removeAttribute('role');
			this.dom.removeAttribute('aria-level');
		}
	}

	#showText(node: Node): void {
		this.dom.classList.toggle('title', isSetAsTitle(node.attrs.titled, wordsOf(node)));
	}
}

function setOrRemove(dataset: DOMStringMap, name: string, value: string | null | undefined): void {
	if (value == null) delete dataset[name];
	else dataset[name] = value;
}
