import { undoInputRule } from '@tiptap/pm/inputrules';
import { EditorState, NodeSelection, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { stateOf } from '../../../../../tests/support/editor-states.ts';
import { numberingPlugin } from '../numbers/numbering-state.ts';
import { typedPlaceholders } from './placeholder-typing.ts';
import { gapsNow, leavePlaceholder, nextGap, selectGap } from './walk-gaps.ts';

/** An editor without a screen: letters go through the typing rules, as they do from a keyboard. */
class Page {
	state: EditorState;
	readonly #rules = typedPlaceholders();

	constructor(...lines: string[]) {
		const { doc, selection } = stateOf(...lines);
		this.state = EditorState.create({ doc, selection, plugins: [numberingPlugin('nd30'), this.#rules] });
	}

	readonly dispatch = (transaction: Transaction) => void (this.state = this.state.apply(transaction));

	type(letters: string): void {
		for (const letter of letters) {
			const { from, to } = this.state.selection;
			const view = { state: this.state, dispatch: this.dispatch, composing: false } as unknown as EditorView;
			const insert = () => this.state.tr.insertText(letter);
			if (!this.#rules.props.handleTextInput?.call(this.#rules, view, from, to, letter, insert)) this.dispatch(insert());
		}
	}

	get text(): string {
		return this.state.doc.textBetween(0, this.state.doc.content.size, '/', ({ attrs }) => `<${attrs.label}>`);
	}

	/** What is selected: a placeholder in brackets, or the letters. */
	get selected(): string {
		const { selection, doc } = this.state;
		if (selection instanceof NodeSelection) return `<${selection.node.attrs.label}>`;
		return doc.textBetween(selection.from, selection.to);
	}
}

test('brackets around words are a placeholder when the last one is typed; taken back they are letters', () => {
	const page = new Page('clause: Giao | chủ trì');
	page.type('[cơ quan]');
	expect(page.text).toBe('Giao <cơ quan> chủ trì');
	expect(undoInputRule(page.state, page.dispatch)).toBe(true);
	expect(page.text).toBe('Giao [cơ quan] chủ trì');
});

test('what else is typed in brackets stays as it is', () => {
	const page = new Page('clause: Xem |');
	page.type('[1], “bỏ […]”');
	expect(page.text).toBe('Xem [1], “bỏ […]”');
});

test('what is typed on a placeholder takes its place and its formatting', () => {
	const page = new Page('clause: Giao | chủ trì');
	page.dispatch(page.state.tr.addMark(1, 6, page.state.schema.marks.bold.create()));
	page.type('[cơ quan]');
	const [gap] = gapsNow(page.state);
	selectGap(gap!)(page.state, page.dispatch);
	page.type('Sở');
	expect(page.text).toBe('Giao Sở chủ trì');
	expect(page.state.doc.rangeHasMark(6, 8, page.state.schema.marks.bold)).toBe(true);
});

test('Tab goes from one placeholder to the next and round, and is left to the levels anywhere else', () => {
	const page = new Page('clause: Giao |', 'clause:', 'clause: [việc] và [hạn]');
	page.type('[cơ quan]');
	expect(leavePlaceholder(1)(page.state)).toBe(false);
	selectGap(gapsNow(page.state)[0]!)(page.state, page.dispatch);
	expect(page.selected).toBe('<cơ quan>');
	leavePlaceholder(-1)(page.state, page.dispatch);
	expect(page.selected).toBe('[hạn]');
});

test('F8 goes from the caret to the next gap of any kind, Shift F8 to the one before, and round', () => {
	const page = new Page('clause: Giao [cơ quan] |chủ trì', 'clause:', 'clause: [việc] trước [hạn]');
	const gaps = gapsNow(page.state);
	const visited = (by: 1 | -1, times: number) =>
		Array.from({ length: times }, () => {
			const nth = nextGap(gaps, page.state.selection, by);
			selectGap(gaps[nth]!)(page.state, page.dispatch);
			return nth;
		});
	expect(gaps.map(({ kind }) => kind)).toEqual(['placeholder', 'empty-provision', 'placeholder', 'placeholder']);
	expect(visited(1, 5)).toEqual([1, 2, 3, 0, 1]);
	expect(visited(-1, 3)).toEqual([0, 3, 2]);
	expect(nextGap([], page.state.selection, 1)).toBe(-1);
	page.dispatch(page.state.tr.setSelection(TextSelection.create(page.state.doc, 6)));
	expect(visited(1, 1)).toEqual([0]);
});
