import { expect, test } from 'vitest';
import { Unsaved } from './unsaved.ts';

test('[CL3] an answer covers the edits made before the question, and no later one', () => {
	const unsaved = new Unsaved();
	unsaved.edited();
	unsaved.edited();
	const question = unsaved.ask(true);
	unsaved.edited();
	unsaved.answered(question);
	expect(unsaved.pending).toBe(1);
	unsaved.answered(unsaved.ask(true));
	expect(unsaved.pending).toBe(0);
});

test('[CL3] edits of an earlier visit stay pending until a question that came after them is answered', () => {
	const unsaved = new Unsaved();
	const early = unsaved.ask(false);
	unsaved.inherit(4);
	expect(unsaved.answered(early)).toEqual({ coversInherited: false });
	expect(unsaved.pending).toBe(4);
	expect(unsaved.answered(unsaved.ask(true))).toEqual({ coversInherited: true });
	expect(unsaved.pending).toBe(0);
});

test('[CL3] an answer from a lost connection, or to no question, says nothing', () => {
	const unsaved = new Unsaved();
	unsaved.edited();
	const question = unsaved.ask(true);
	unsaved.forgetQuestions();
	unsaved.answered(question);
	unsaved.answered(99);
	expect(unsaved.pending).toBe(1);
});
