import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { chainCommands, splitBlock } from '@tiptap/pm/commands';
import { redo, undo } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { documentSchema } from '../../schema/schema.ts';
import { enterInProvision } from '../structure/enter.ts';
import { backspaceAtStart, deleteAtEnd, setParagraph, shiftLevel } from '../structure/levels.ts';
import { moveBlock, moveSubtree } from '../structure/move.ts';
import { readBody } from './collaboration.ts';
import { type Client, everybodyLeaves, hearOthers, insertBreak, LEVELS, nodeOf, people, removeBreak, settle } from './testing.ts';

afterEach(everybodyLeaves);

const textOf = (client: Client, uid: string) => client.doc.content.content.find((block) => block.attrs.uid === uid)?.textContent;

describe('what a colleague types into a block while somebody', () => {
	test('moves it, goes with it', () => {
		const [mover, typist] = people(2);
		mover.cursorIn(2, 0);
		mover.run(moveBlock(1));
		typist.cursorIn(2, 8);
		typist.type(' thêm');
		settle();
		expect(textOf(mover, 'uid000000002')).toBe('Nội dung thêm số 2 của văn bản');
		expect(mover.doc.eq(typist.doc)).toBe(true);
		expect(mover.doc.content.content.map((block) => block.attrs.uid).indexOf('uid000000002')).toBe(3);
	});

	test('moves its neighbour, stays in it', () => {
		const [mover, typist] = people(2);
		mover.cursorIn(3, 0);
		mover.run(moveBlock(-1));
		typist.cursorIn(2, 8);
		typist.type(' thêm');
		settle();
		expect(textOf(mover, 'uid000000002')).toBe('Nội dung thêm số 2 của văn bản');
		expect(textOf(mover, 'uid000000003')).toBe('Nội dung số 3 của văn bản');
	});

	test('joins it to the one above, goes with it', () => {
		const [joiner, typist] = people(2);
		joiner.cursorIn(2, 10_000);
		joiner.run(deleteAtEnd);
		typist.cursorIn(3, 8);
		typist.type(' thêm');
		settle();
		expect(joiner.doc.textContent).toContain('Nội dung thêm số 3 của văn bản');
		expect(joiner.doc.eq(typist.doc)).toBe(true);
		expect(joiner.doc.childCount).toBe(LEVELS.length - 1);
	});

	test('makes it plain text, stays in it', () => {
		const [one, typist] = people(2);
		one.cursorIn(3, 0);
		one.run(setParagraph);
		typist.cursorIn(3, 8);
		typist.type(' thêm');
		settle();
		expect(one.doc.child(3).type.name).toBe('paragraph');
		expect(one.doc.child(3).textContent).toBe('Nội dung thêm số 3 của văn bản');
	});

	test('removes it, comes back as a block of its own, and only that', () => {
		const [remover, typist] = people(2);
		const index = 3;
		let from = 0;
		for (let nth = 0; nth < index; nth++) from += remover.doc.child(nth).nodeSize;
		typist.cursorIn(index, 3);
		typist.type('đã biết ');
		settle();
		remover.dispatch(remover.state.tr.delete(from, from + remover.doc.child(index).nodeSize));
		typist.type('chưa biết');
		settle();
		expect(textOf(remover, 'uid000000003')).toBe('chưa biết');
		expect(remover.doc.eq(typist.doc)).toBe(true);
	});

	test('removes it, is gone when that one had seen it', () => {
		const [remover, typist] = people(2);
		typist.cursorIn(3, 3);
		typist.type('đã biết ');
		settle();
		let from = 0;
		for (let nth = 0; nth < 3; nth++) from += remover.doc.child(nth).nodeSize;
		remover.dispatch(remover.state.tr.delete(from, from + remover.doc.child(3).nodeSize));
		settle();
		expect(typist.uids).not.toContain('uid000000003');
		expect(typist.doc.childCount).toBe(LEVELS.length - 1);
	});
});

test('letters that the mover had deleted before the move do not come back', () => {
	const [mover, typist] = people(2);
	typist.cursorIn(2, 3);
	typist.type('sai ');
	settle();
	mover.cursorIn(2, 3);
	const { from } = mover.state.selection;
	mover.dispatch(mover.state.tr.delete(from, from + 4));
	mover.run(moveBlock(1));
	settle();
	expect(textOf(typist, 'uid000000002')).toBe('Nội dung số 2 của văn bản');
});

test('of two who type into a block that a third moves, each letter comes back once', () => {
	const [mover, one, other] = people(3);
	mover.cursorIn(1, 0);
	mover.run(moveBlock(1));
	one.cursorIn(1, 3);
	one.type('một');
	other.cursorIn(1, 100);
	other.type('hai');
	nodeOf(one).exchange(one, other);
	settle();
	expect(textOf(mover, 'uid000000001')).toBe('Nộimột dung số 1 của văn bảnhai');
});

test('two who move one provision at the same time leave one of it, with what a third typed into it', () => {
	const [up, down, typist] = people(3);
	up.cursorIn(2, 0);
	up.run(moveBlock(1));
	down.cursorIn(2, 0);
	down.run(moveSubtree(2, 8));
	typist.cursorIn(2, 8);
	typist.type(' thêm');
	const all = settle();
	expect(up.uids.filter((uid) => uid === 'uid000000002')).toHaveLength(1);
	expect(textOf(up, 'uid000000002')).toBe('Nội dung thêm số 2 của văn bản');
	for (const client of all) expect(client.doc.eq(up.doc)).toBe(true);
});

test('two who begin to write in one empty block write in one text, so what others add to either stays', () => {
	const [maker, one, other, third, fourth] = people(5);
	maker.cursorIn(2, 10_000);
	maker.run(enterInProvision('nd30'));
	settle();
	const write = (client: Client, words: string) => (client.cursorIn(3, 0), client.type(words));
	write(one, 'một ');
	write(other, 'hai ');
	Y.applyUpdate(third.ydoc, Y.encodeStateAsUpdate(one.ydoc), 'remote');
	Y.applyUpdate(fourth.ydoc, Y.encodeStateAsUpdate(other.ydoc), 'remote');
	nodeOf(one).exchange(one, other);
	write(third, 'ba ');
	write(fourth, 'bốn ');
	settle();
	expect(maker.doc.child(3).textContent.trim().split(' ').sort()).toEqual(['ba', 'bốn', 'hai', 'một']);
});

interface Action {
	who: number;
	kind: 'type' | 'enter' | 'break' | 'unbreak' | 'bold' | 'back' | 'forward' | 'down' | 'up' | 'drag' | 'deeper' | 'out' | 'plain' | 'undo' | 'redo' | 'sync';
	at: number;
	to: number;
}

const action: fc.Arbitrary<Action> = fc.record({
	who: fc.nat(4),
	kind: fc.constantFrom('type', 'type', 'type', 'enter', 'break', 'unbreak', 'bold', 'back', 'forward', 'down', 'up', 'drag', 'deeper', 'out', 'plain', 'undo', 'redo', 'sync', 'sync'),
	at: fc.nat(300),
	to: fc.nat(9)
});

/** Makes a few letters behind the cursor bold. */
function embolden(client: Client, letters: number): void {
	const { tr, selection, schema } = client.state;
	const text = selection.$from.nodeAfter;
	if (text?.isText) client.dispatch(tr.addMark(selection.from, selection.from + Math.min(letters, text.nodeSize), schema.marks.bold.create()));
}

/** Each letter typed is one that nobody else types, so it can be looked for afterwards. */
function perform(all: Client[], { who, kind, at, to }: Action, letter: string): 'typed' | null {
	const client = all[who];
	if (kind === 'sync') {
		nodeOf(client).sync(client);
		if (at % 3 === 0) hearOthers(client);
		return null;
	}
	const index = at % client.doc.childCount;
	if (!client.doc.child(index).isTextblock) return null;
	client.cursorIn(index, kind === 'back' ? 0 : kind === 'forward' ? 10_000 : at % 37);
	if (kind === 'type') client.type(letter);
	else if (kind === 'enter') client.run(chainCommands(enterInProvision('nd30'), splitBlock));
	else if (kind === 'break') insertBreak(client);
	else if (kind === 'unbreak') removeBreak(client);
	else if (kind === 'bold') embolden(client, to);
	else if (kind === 'back') client.run(backspaceAtStart);
	else if (kind === 'forward') client.run(deleteAtEnd);
	else if (kind === 'down' || kind === 'up') client.run(moveBlock(kind === 'down' ? 1 : -1));
	else if (kind === 'drag') client.run(moveSubtree(index, to % (client.doc.childCount + 1)));
	else if (kind === 'deeper' || kind === 'out') client.run(shiftLevel(kind === 'deeper' ? 1 : -1, 'nd30'));
	else if (kind === 'plain') client.run(setParagraph);
	return kind === 'type' ? 'typed' : null;
}

test.each([
	['one node', 1],
	['two nodes', 2]
] as const)(
	'split, join, move, Tab and line breaks by five people at once, on %s, never drop a letter and never double a letter or a uid',
	{ timeout: 120_000 },
	(_, nodes) => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
				const all = people(5, nodes);
				const letters: string[] = [];
				const typedBy = new Map<string, number>();
				actions.forEach((each, nth) => {
					const letter = String.fromCharCode(0xe000 + nth);
					if (each.kind === 'undo' || each.kind === 'redo') {
						const before = all[each.who].doc.textContent;
						(each.kind === 'undo' ? undo : redo)(all[each.who].state);
						const after = all[each.who].doc.textContent;
						// One's own letters may be undone; those of others may not.
						for (const gone of [...before].filter((one) => typedBy.has(one) && !after.includes(one))) {
							expect(typedBy.get(gone), 'a letter of somebody else was undone').toBe(each.who);
							if (letters.includes(gone)) letters.splice(letters.indexOf(gone), 1);
						}
					} else if (perform(all, each, letter) === 'typed') {
						letters.push(letter);
						typedBy.set(letter, each.who);
					}
					for (const client of all) client.doc.check();
				});
				settle();
				const [first, ...others] = all;
				for (const other of others) expect(other.doc.toJSON()).toEqual(first.doc.toJSON());
				expect(first.doc.toJSON()).toEqual(readBody(first.ydoc, documentSchema).doc.toJSON());
				expect(letters.filter((letter) => !first.doc.textContent.includes(letter))).toEqual([]);
				const numbers = [...LEVELS.keys()].map(String);
				expect(numbers.filter((number) => first.doc.textContent.split(number).length !== 2)).toEqual([]);
				expect([...typedBy.keys()].filter((letter) => first.doc.textContent.split(letter).length > 2)).toEqual([]);
				const uids = first.uids;
				expect(uids.filter((uid, nth) => uids.indexOf(uid) !== nth)).toEqual([]);
				everybodyLeaves();
			}),
			{ numRuns: Number(process.env.STRUCTURE_RUNS ?? 50) }
		);
	}
);
