import { inputRules, undoInputRule } from '@tiptap/pm/inputrules';
import { EditorState } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { linesOf, stateOf } from '../../../../../tests/support/editor-states.ts';
import type { ProfileId } from '../../schema/profiles.ts';
import { numberingPlugin } from '../numbers/numbering-state.ts';
import { keepNumber, renumberedPlugin, type Renumbered } from './renumbered.ts';
import { typedBasis, typedEnactingLine } from './typed-frame.ts';
import { typedNumber } from './typed-numbers.ts';

/** An editor without a screen: only its typing rules and the state. */
class Typist {
	state: EditorState;
	readonly told: Renumbered[] = [];

	constructor(profile: ProfileId, ...lines: string[]) {
		const { doc, selection } = stateOf(...lines);
		const rules = inputRules({ rules: [typedNumber(profile), typedBasis(profile), typedEnactingLine()] });
		const plugins = [numberingPlugin(profile), rules, renumberedPlugin((renumbered) => this.told.push(renumbered))];
		this.state = EditorState.create({ doc, selection, plugins });
	}

	type(text: string): this {
		for (const letter of text) {
			const view = { state: this.state, composing: false, dispatch: this.#apply } as unknown as EditorView;
			const { from, to } = this.state.selection;
			const rules = this.state.plugins.find(({ props }) => props.handleTextInput)!;
			const insert = () => this.state.tr.insertText(letter, from, to);
			if (!rules.props.handleTextInput!.call(rules, view, from, to, letter, insert)) this.#apply(insert());
		}
		return this;
	}

	backspace(): this {
		if (!undoInputRule(this.state, this.#apply)) throw new Error('there is nothing to take back');
		return this;
	}

	get lines(): string[] {
		return linesOf(this.state);
	}

	readonly #apply = (transaction: EditorState['tr']): void => {
		const before = this.state;
		this.state = before.apply(transaction);
		for (const { spec } of this.state.plugins) {
			spec.view?.(this as unknown as EditorView).update?.({ state: this.state } as EditorView, before);
		}
	};
}

test.each([
	['nd30', ['documentHeader: X', 'paragraph: |'], 'Căn cứ L', 'legalBasis: Căn cứ L|'],
	['nd30', ['documentHeader: X', 'paragraph: |'], 'Thực hiện N', 'paragraph: Thực hiện N|'],
	['nd30', ['legalBasis: Căn cứ A;', 'paragraph: |'], 'Theo đề nghị c', 'legalBasis: Theo đề nghị c|'],
	['nd30', ['documentHeader: X', 'paragraph: |', 'enactingLine: QUYẾT NGHỊ:'], 'Xét t', 'legalBasis: Xét t|'],
	['nd30', ['article: A', 'paragraph: |'], 'Căn cứ t', 'paragraph: Căn cứ t|'],
	['party-2026', ['documentHeader: X', 'paragraph: |'], '- Căn cứ Đ', 'legalBasis: Căn cứ Đ|'],
	['nd30', ['legalBasis: Căn cứ A;', 'paragraph: |'], 'QUYẾT NGHỊ:', 'enactingLine: QUYẾT NGHỊ:|'],
	['nd30', ['legalBasis: Căn cứ A;', 'paragraph: |'], 'NGHỊ ĐỊNH:', 'enactingLine: NGHỊ ĐỊNH:|'],
	['nd30', ['article: A', 'paragraph: |'], 'QUYẾT ĐỊNH:', 'paragraph: QUYẾT ĐỊNH:|'],
	['nd30', ['documentHeader: X', 'paragraph: |'], 'KẾ HOẠCH:', 'paragraph: KẾ HOẠCH:|']
] as const)('in %s, below %j, %j becomes %j', (profile, before, typed, line) => {
	expect(new Typist(profile, ...before).type(typed).lines[1]).toBe(line);
});

test('Backspace right after it gives the letters back as a paragraph', () => {
	expect(new Typist('nd30', 'documentHeader: X', 'paragraph: |').type('Căn cứ ').backspace().lines[1]).toBe(
		'paragraph: Căn cứ |'
	);
	const enacting = new Typist('nd30', 'documentHeader: X', 'paragraph: |').type('QUYẾT NGHỊ:').backspace();
	expect(enacting.lines[1]).toBe('paragraph: QUYẾT NGHỊ:|');
});

test('a typed number that is printed as another one is told, and can be kept', () => {
	const typist = new Typist('nd30', 'article: A', 'clause#a: B', 'clause#b: C', 'paragraph: |').type('5. ');
	expect(typist.told).toMatchObject([{ typed: '5.', printed: '3.', number: '5' }]);
	const [{ uid, number }] = typist.told;
	keepNumber(uid, number)(typist.state, (transaction) => (typist.state = typist.state.apply(transaction)));
	expect(typist.lines[3]).toBe('clause=5: |');
});

test.each([
	[['article: A', 'clause: B', 'paragraph: |'], '2. '],
	[['article: A', 'clause: B', 'paragraph: |'], '2a. '],
	[['chapter: A', 'paragraph: |'], 'Chương 2 '],
	[['clause: A', 'paragraph: |'], '- ']
] as const)('nothing is told below %j of %j', (before, typed) => {
	expect(new Typist('nd30', ...before).type(typed).told).toEqual([]);
});

test('2. typed below a paragraph of a Điều makes that paragraph khoản 1', () => {
	const typist = new Typist('nd30', 'article: A', 'paragraph: Một.', 'paragraph: |').type('2. ');
	expect(typist.lines).toEqual(['article: A', 'clause: Một.', 'clause: |']);
	expect(typist.told).toEqual([]);
	expect(new Typist('nd30', 'article: A', 'paragraph: Gồm:', 'paragraph: |').type('1. ').lines[1]).toBe('paragraph: Gồm:');
});
