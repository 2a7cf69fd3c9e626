import { afterEach, describe, expect, test } from 'vitest';
import { enterInProvision } from '../structure/enter.ts';
import { deleteAtEnd } from '../structure/levels.ts';
import { moveBlock } from '../structure/move.ts';
import { type Client, everybodyLeaves, insertBreak, nodeOf, people, settle } from './testing.ts';

afterEach(everybodyLeaves);

/** The block of the caret with `^` where the caret is. */
function atCaret({ state }: Client): string {
	const { parent, parentOffset } = state.selection.$from;
	return `${parent.textBetween(0, parentOffset, '', '|')}^${parent.textBetween(parentOffset, parent.content.size, '', '|')}`;
}

describe('the caret of a colleague goes with its letter when somebody', () => {
	test.each([[9, 'Nội dung ^số 2 của văn bản'], [0, '^Nội dung số 2 của văn bản'], [100, 'Nội dung số 2 của văn bản^']])(
		'moves the provision (at %i)',
		(offset, wanted) => {
			const [mover, typist] = people(2);
			typist.cursorIn(2, offset);
			mover.cursorIn(2, 3);
			mover.run(moveBlock(1));
			settle();
			expect(atCaret(typist)).toBe(wanted);
		}
	);

	test('splits the provision in front of it', () => {
		const [splitter, typist] = people(2);
		typist.cursorIn(2, 100);
		splitter.cursorIn(2, 9);
		splitter.run(enterInProvision('nd30'));
		settle();
		expect(atCaret(typist)).toBe('số 2 của văn bản^');
	});

	test('joins the provision to the one above', () => {
		const [joiner, typist] = people(2);
		typist.cursorIn(3, 8);
		joiner.cursorIn(2, 100);
		joiner.run(deleteAtEnd);
		settle();
		expect(atCaret(typist)).toBe('Nội dung số 2 của văn bảnNội dung^ số 3 của văn bản');
	});

	test('puts a line break into the text', () => {
		const [one, typist] = people(2);
		typist.cursorIn(2, 3);
		one.cursorIn(2, 8);
		insertBreak(one);
		settle();
		expect(atCaret(typist)).toBe('Nội^ dung| số 2 của văn bản');
	});

	test('moves the provision, also behind what was typed unknown to that one', () => {
		const [mover, typist] = people(2);
		mover.cursorIn(2, 3);
		mover.run(moveBlock(1));
		typist.cursorIn(2, 8);
		typist.type(' mới');
		nodeOf(mover).exchange(mover, typist);
		settle();
		expect(atCaret(typist)).toBe('Nội dung mới^ số 2 của văn bản');
		typist.type('!');
		expect(atCaret(typist)).toBe('Nội dung mới!^ số 2 của văn bản');
	});
});
