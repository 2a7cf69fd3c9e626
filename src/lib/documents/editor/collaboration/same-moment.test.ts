import { redo, undo } from '@tiptap/y-tiptap';
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { BODY } from '../../schema/body-name.ts';
import { documentSchema } from '../../schema/schema.ts';
import { enterInProvision } from '../structure/enter.ts';
import { backspaceAtStart, deleteAtEnd, setParagraph, shiftLevel } from '../structure/levels.ts';
import { moveBlock, moveSubtree } from '../structure/move.ts';
import { type Client, copyOf, everybodyLeaves, insertBreak, LEVELS, nodeOf, people, removeBreak, Server, settle, START } from './testing.ts';

afterEach(everybodyLeaves);

/** What all see in the end, block by block. */
function texts(): string[] {
	const all = settle();
	const [{ doc, uids }] = all;
	for (const client of all) expect(client.doc.eq(doc)).toBe(true);
	expect(new Set(uids).size).toBe(uids.length);
	return doc.content.content.map((block) => block.textContent);
}

const START_TEXTS = LEVELS.map((_, nth) => `Nội dung số ${nth} của văn bản`);
/** The texts of the beginning with others instead of that of provision 2. */
const withTexts = (...instead: string[]) => [...START_TEXTS.slice(0, 2), ...instead, ...START_TEXTS.slice(3)];
const split = (client: Client, index: number, offset: number) => (client.cursorIn(index, offset), client.run(enterInProvision('nd30')));
const joinNext = (client: Client, index: number) => (client.cursorIn(index, 10_000), client.run(deleteAtEnd));
const typeAt = (client: Client, index: number, offset: number, words: string) => (client.cursorIn(index, offset), client.type(words));

describe('two at the same moment', () => {
	test('split one provision at one place: it is split once', () => {
		const [one, other] = people(2);
		split(one, 2, 9);
		split(other, 2, 9);
		expect(texts()).toEqual(withTexts('Nội dung ', 'số 2 của văn bản'));
	});

	test.each([[4, 9], [9, 4]])('split one provision at %i and at %i: the split further up counts', (at, otherAt) => {
		const [one, other] = people(2);
		split(one, 2, at);
		split(other, 2, otherAt);
		expect(texts()).toEqual(withTexts('Nội ', 'dung số 2 của văn bản'));
	});

	test('split one provision beside what is no block: it is split once all the same', () => {
		const [one, other] = people(2);
		one.ydoc.getXmlFragment(BODY).push([new Y.XmlText('lạc')]);
		nodeOf(one).exchange(one, other);
		split(one, 2, 9);
		split(other, 2, 9);
		expect(texts()).toEqual(withTexts('Nội dung ', 'số 2 của văn bản'));
	});

	test('join the same two provisions: the text of the second is there once', () => {
		const [one, other, third] = people(3);
		joinNext(one, 2);
		joinNext(other, 2);
		typeAt(third, 3, 8, ' thêm');
		expect(texts()).toEqual([...START_TEXTS.slice(0, 2), `${START_TEXTS[2]}Nội dung thêm số 3 của văn bản`, ...START_TEXTS.slice(4)]);
	});

	test('join one provision to the one above and the one below to it: no letter twice', () => {
		const [one, other] = people(2);
		joinNext(one, 1);
		joinNext(other, 2);
		expect(texts().join('')).toHaveLength(START_TEXTS.join('').length);
	});

	test('split it and join it to the one above: it is joined, with what is typed into the new part', () => {
		const [splitter, joiner, typist] = people(3);
		split(splitter, 2, 9);
		Y.applyUpdate(typist.ydoc, Y.encodeStateAsUpdate(splitter.ydoc), 'remote');
		typeAt(typist, 3, 2, ' thêm');
		joinNext(joiner, 1);
		expect(texts()).toEqual([START_TEXTS[0], `${START_TEXTS[1]}Nội dung số thêm 2 của văn bản`, ...START_TEXTS.slice(3)]);
	});

	test('split it and move it: it is moved whole', () => {
		const [splitter, mover] = people(2);
		split(splitter, 2, 9);
		mover.cursorIn(2, 0);
		mover.run(moveBlock(1));
		expect(texts()).toEqual([...START_TEXTS.slice(0, 2), START_TEXTS[3], START_TEXTS[2], ...START_TEXTS.slice(4)]);
	});

	test('make it plain text: it is one paragraph', () => {
		const [one, other] = people(2);
		for (const client of [one, other]) {
			client.cursorIn(3, 0);
			client.run(setParagraph);
		}
		expect(texts()).toEqual(START_TEXTS);
		expect(one.doc.child(3).type.name).toBe('paragraph');
	});

	test('make a paragraph a provision with Tab: it is one provision', () => {
		const [one, other] = people(2);
		one.cursorIn(3, 0);
		one.run(setParagraph);
		settle();
		for (const client of [one, other]) {
			client.cursorIn(3, 0);
			client.run(shiftLevel(1, 'nd30'));
		}
		expect(texts()).toEqual(START_TEXTS);
		expect(one.doc.child(3).type.name).toBe('provision');
	});

	test('move it, and each had typed into it: it is there once, with the words of both in their places', () => {
		const [up, down] = people(2);
		typeAt(up, 2, 3, 'một');
		typeAt(down, 2, 8, 'hai');
		up.cursorIn(2, 0);
		up.run(moveBlock(1));
		down.cursorIn(2, 0);
		down.run(moveSubtree(2, 8));
		expect(texts().filter((text) => text.includes('2'))).toEqual(['Nộimột dunghai số 2 của văn bản']);
	});

	test('split it while a third adds to one of the new parts: what was added stays', () => {
		const [one, other, typist] = people(3);
		split(one, 2, 4);
		split(other, 2, 9);
		Y.applyUpdate(typist.ydoc, Y.encodeStateAsUpdate(other.ydoc), 'remote');
		typeAt(typist, 3, 0, 'thêm ');
		settle();
		expect(texts().join('').split('thêm ')).toHaveLength(2);
		expect(texts().join('').replace('thêm ', '')).toBe(withTexts('Nội ', 'dung số 2 của văn bản').join(''));
	});

	test('split it, and two more move the new part that does not stay, and type into it', () => {
		const [one, other, up, down] = people(4);
		split(other, 2, 9);
		for (const client of [up, down]) Y.applyUpdate(client.ydoc, Y.encodeStateAsUpdate(other.ydoc), 'remote');
		split(one, 2, 4);
		up.cursorIn(3, 0);
		up.run(moveBlock(1));
		down.cursorIn(3, 0);
		down.run(moveSubtree(3, 9));
		for (const [client, words] of [[up, 'thêm'], [down, 'nữa']] as const) {
			typeAt(client, client.doc.content.content.findIndex((block) => block.textContent === 'số 2 của văn bản'), 2, words);
		}
		// The node hears of all of it in one update.
		const courier = copyOf(one);
		for (const { ydoc } of [up, down]) Y.applyUpdate(courier.ydoc, Y.encodeStateAsUpdate(ydoc), 'remote');
		nodeOf(one).sync(courier);
		const text = texts().join('');
		for (const words of ['thêm', 'nữa', ...LEVELS.keys()]) expect(text.split(String(words))).toHaveLength(2);
		expect(text).toHaveLength(START_TEXTS.join('').length + 'thêmnữa'.length);
	});

	test('split it, also when a reference stands in the part that both write anew', () => {
		const [one, other] = people(2);
		const { reference } = documentSchema.nodes;
		one.cursorIn(2, 15);
		one.dispatch(one.state.tr.insert(one.state.selection.from, reference.create({ target: 'uid000000000', text: 'Điều 1' })));
		settle();
		split(one, 2, 9);
		split(other, 2, 4);
		texts();
		let count = 0;
		one.doc.descendants((node) => void (count += Number(node.type === reference)));
		expect(count).toBe(1);
	});

	test.each(['who did it further up', 'who did it further down', 'both, one after the other', 'both at the same moment'])(
		'split it and then undo it, %s: no letter is lost or there twice',
		(who) => {
			const [one, other] = people(2);
			split(one, 2, 4);
			split(other, 2, 9);
			settle();
			if (who !== 'who did it further down') undo(one.state);
			if (who === 'both, one after the other') settle();
			if (who !== 'who did it further up') undo(other.state);
			const whole = who === 'who did it further down' ? withTexts('Nội ', 'dung số 2 của văn bản') : START_TEXTS;
			expect(texts()).toEqual(whole);
			for (const client of [one, other]) redo(client.state);
			expect(texts().join('')).toBe(START_TEXTS.join(''));
		}
	);

	test('split it, and one undoes that before hearing of the other', () => {
		const [one, other] = people(2);
		split(one, 2, 4);
		split(other, 2, 9);
		undo(one.state);
		expect(texts().join('')).toBe(START_TEXTS.join(''));
		redo(one.state);
		expect(texts().join('')).toBe(START_TEXTS.join(''));
	});
});

test('undo of a split whose first part somebody joined to the provision above leaves the second where it is', () => {
	const [splitter, joiner] = people(2);
	split(splitter, 2, 9);
	settle();
	joinNext(joiner, 1);
	settle();
	undo(splitter.state);
	expect(texts()).toEqual([START_TEXTS[0], `${START_TEXTS[1]}Nội dung `, 'số 2 của văn bản', ...START_TEXTS.slice(3)]);
});

test('undo takes back typing also when it was written anew in the same step', () => {
	const [typist] = people(1);
	typeAt(typist, 2, 9, 'sai ');
	split(typist, 2, 9);
	undo(typist.state);
	expect(texts()).toEqual(START_TEXTS);
});

test('two nodes that hear of two splits in another order leave the same copy', () => {
	const [one, other] = people(2, 2);
	split(one, 2, 4);
	split(other, 2, 9);
	expect(texts()).toEqual(withTexts('Nội ', 'dung số 2 của văn bản'));
});

describe('two nodes, each of which puts right what it has heard before they hear of each other,', () => {
	test('carry what was typed between the copies of a moved provision, which is there once', () => {
		const [up, down] = people(2);
		typeAt(up, 2, 3, 'một');
		typeAt(down, 2, 8, 'hai');
		up.cursorIn(2, 0);
		up.run(moveBlock(1));
		down.cursorIn(2, 0);
		down.run(moveSubtree(2, 8));
		const [upCopy, downCopy] = [copyOf(up), copyOf(down)];
		new Server(START).exchange(upCopy, downCopy);
		nodeOf(up).exchange(up, down);
		expect(texts().filter((text) => text.includes('2'))).toEqual(['Nộimột dunghai số 2 của văn bản']);
	});

	test('lose no letter when one of them knows that a split was undone, in a step of more than the split', () => {
		const [one, other] = people(2);
		one.cursorIn(2, 0);
		const { from } = one.state.selection;
		one.dispatch(one.state.tr.delete(from, from + 4));
		split(one, 2, 5);
		split(other, 2, 7);
		const [before, otherCopy] = [copyOf(one), copyOf(other)];
		undo(one.state);
		new Server(START).exchange(before, otherCopy);
		nodeOf(one).exchange(one, other);
		expect(texts().join('')).toBe(START_TEXTS.join(''));
	});
});

test('typing notes nothing, and a note that is none harms nobody', () => {
	const [typist, splitter, other] = people(3);
	typeAt(typist, 2, 4, 'một');
	typist.dispatch(typist.state.tr.delete(typist.state.selection.from - 1, typist.state.selection.from));
	expect(typist.ydoc.share.has('moves')).toBe(false);
	const self = { client: 7, since: 0, runs: [[7, 0, 0, 1e9]] };
	typist.ydoc.getArray('moves').push([null, 'note', { client: 1 }, { client: 1, since: 0, runs: [[1, 2]] }, self, self]);
	split(splitter, 2, 4);
	split(other, 2, 9);
	expect(texts().join('')).toHaveLength(START_TEXTS.join('').length + 2);
});

test('what is put back on one node survives a removal that another node hears of first', () => {
	const [typist, other, joiner] = people(3, 2);
	typeAt(typist, 7, 8, 'thêm');
	other.cursorIn(6, 0);
	other.run(setParagraph);
	joinNext(joiner, 6);
	expect(texts().join('').split('thêm')).toHaveLength(2);
});

describe('what a colleague types into a provision while somebody', () => {
	test.each([
		[3, 'Nộixy dung |số 2 của văn bản'],
		[9, 'Nội dung xy|số 2 của văn bản'],
		[11, 'Nội dung |sốxy 2 của văn bản'],
		[100, 'Nội dung |số 2 của văn bảnxy']
	])('splits it at 9, at %i: goes with the letters around it', (at, wanted) => {
		const [one, other] = people(2);
		split(one, 2, 9);
		typeAt(other, 2, at, 'x');
		other.type('y');
		expect(texts().slice(2, 4).join('|')).toBe(wanted);
	});

	test('splits it, stays where it is typed after that is known', () => {
		const [one, other] = people(2);
		split(one, 2, 9);
		settle();
		typeAt(other, 2, 100, 'x');
		expect(texts().slice(2, 4)).toEqual(['Nội dung x', 'số 2 của văn bản']);
	});

	test('takes some words out of it and puts them elsewhere, stays when those words were known to that one', () => {
		const [one, other] = people(2);
		typeAt(other, 2, 9, 'mới ');
		settle();
		const at = one.doc.resolve(0).posAtIndex(2) + 1;
		const words = one.doc.slice(at + 4, at + 9).content;
		const transaction = one.state.tr.delete(at + 4, at + 9);
		one.dispatch(transaction.insert(transaction.mapping.map(one.doc.resolve(0).posAtIndex(3) + 1), words));
		expect(texts().slice(2, 4)).toEqual(['Nội mới số 2 của văn bản', 'dung Nội dung số 3 của văn bản']);
	});
});

describe('an inline element', () => {
	/** The inline content of provision 2, `|` for a line break. */
	const inline = () => {
		texts();
		const block = settle()[0].doc.child(2);
		return block.textBetween(0, block.content.size, '', '|');
	};
	const breakAt = (client: Client, offset: number) => (client.cursorIn(2, offset), insertBreak(client));

	test.each([
		[0, 0, '|xyNội dung số 2 của văn bản'],
		[0, 8, '|Nội dungxy số 2 của văn bản'],
		[8, 3, 'Nộixy dung| số 2 của văn bản'],
		[8, 0, 'xyNội dung| số 2 của văn bản'],
		[4, 0, 'xyNội |dung số 2 của văn bản'],
		[22, 24, 'Nội dung số 2 của văn |bảxyn']
	])('put in at %i while a colleague types at %i: no letter is lost', (at, typedAt, wanted) => {
		const [one, other] = people(2);
		breakAt(one, at);
		typeAt(other, 2, typedAt, 'xy');
		expect(inline()).toBe(wanted);
	});

	test.each([[0, 4], [4, 20], [4, 8], [8, 8], [25, 4]])('put in at %i and at %i by two: the text is there once', (at, otherAt) => {
		const [one, other] = people(2);
		breakAt(one, at);
		breakAt(other, otherAt);
		expect(inline().replaceAll('|', '')).toBe(START_TEXTS[2]);
		expect(inline().split('|')).toHaveLength(3);
	});

	test('put in by one who then joins the provision to the one above, and another by a second: the text is there once', () => {
		const [one, other] = people(2);
		breakAt(one, 9);
		breakAt(other, 13);
		breakAt(other, 10);
		one.cursorIn(2, 0);
		one.run(backspaceAtStart);
		expect(texts().join('')).toBe(START_TEXTS.join(''));
	});

	test('taken out while a colleague types in front of it and another behind it: nothing of that is lost', () => {
		const [one, other, third] = people(3);
		breakAt(one, 13);
		settle();
		removeBreak(one);
		typeAt(other, 2, 13, 'trước');
		typeAt(third, 2, 14, 'sau');
		expect(inline()).toBe('Nội dung số 2trướcsau của văn bản');
		typeAt(one, 2, 18, '!');
		expect(inline()).toBe('Nội dung số 2trước!sau của văn bản');
	});

	test('put in between letters with marks: they keep them', () => {
		const [one] = people(1);
		one.cursorIn(2, 4);
		one.dispatch(one.state.tr.addMark(one.state.selection.from, one.state.selection.from + 8, documentSchema.marks.bold.create()));
		breakAt(one, 8);
		texts();
		const runs: string[] = [];
		settle()[0].doc.child(2).forEach((child) => void runs.push((child.marks.length ? '*' : '') + (child.text ?? '|')));
		expect(runs).toEqual(['Nội ', '*dung', '|', '* số ', '2 của văn bản']);
		expect(copyOf(one).doc.eq(one.doc)).toBe(true);
	});

	test('of two that one person puts in, undo takes back the second with the text whole', () => {
		const [one, other] = people(2);
		breakAt(one, 8);
		settle();
		breakAt(other, 4);
		settle();
		undo(other.state);
		expect(inline()).toBe('Nội dung| số 2 của văn bản');
	});
});
