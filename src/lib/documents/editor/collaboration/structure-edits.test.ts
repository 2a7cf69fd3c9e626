import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { redo, undo } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { documentSchema } from '../../schema/schema.ts';
import { enterInProvision } from '../structure/enter.ts';
import { backspaceAtStart, deleteAtEnd, setParagraph, shiftLevel } from '../structure/levels.ts';
import { moveBlock, moveSubtree } from '../structure/move.ts';
import { readBody } from './collaboration.ts';
import { Client, LEVELS, Server, START } from './testing.ts';

let clients: Client[] = [];
let server: Server;
/** Another node, to which every second person is connected, if there is one. */
let second: Server | null;
afterEach(() => clients.splice(0).forEach((client) => client.destroy()));

function people(count: number, nodes = 1): Client[] {
	server = new Server(START);
	second = nodes === 2 ? new Server(START) : null;
	clients = Array.from({ length: count }, () => new Client(START));
	return clients;
}

/** Until nobody has anything new for anybody. What is put back is an edit too, and others hear of it. */
function settle(all: Client[]): void {
	for (let round = 0; round < 3; round++) {
		all.forEach((client, nth) => serverOf(nth).sync(client));
		for (let hearing = 0; second && hearing < 2; hearing++) {
			server.hear(second);
			second.hear(server);
		}
		all.forEach((client, nth) => serverOf(nth).sync(client));
	}
}

const serverOf = (nth: number) => (nth % 2 && second ? second : server);

const textOf = (client: Client, uid: string) => client.doc.content.content.find((block) => block.attrs.uid === uid)?.textContent;

describe('what a colleague types into a block while somebody', () => {
	test('moves it, goes with it', () => {
		const [mover, typist] = people(2);
		mover.cursorIn(2, 0);
		mover.run(moveBlock(1));
		typist.cursorIn(2, 8);
		typist.type(' thêm');
		settle(clients);
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
		settle(clients);
		expect(textOf(mover, 'uid000000002')).toBe('Nội dung thêm số 2 của văn bản');
		expect(textOf(mover, 'uid000000003')).toBe('Nội dung số 3 của văn bản');
	});

	test('joins it to the one above, goes with it', () => {
		const [joiner, typist] = people(2);
		joiner.cursorIn(2, 10_000);
		joiner.run(deleteAtEnd);
		typist.cursorIn(3, 8);
		typist.type(' thêm');
		settle(clients);
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
		settle(clients);
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
		settle(clients);
		remover.dispatch(remover.state.tr.delete(from, from + remover.doc.child(index).nodeSize));
		typist.type('chưa biết');
		settle(clients);
		expect(textOf(remover, 'uid000000003')).toBe('chưa biết');
		expect(remover.doc.eq(typist.doc)).toBe(true);
	});

	test('removes it, is gone when that one had seen it', () => {
		const [remover, typist] = people(2);
		typist.cursorIn(3, 3);
		typist.type('đã biết ');
		settle(clients);
		let from = 0;
		for (let nth = 0; nth < 3; nth++) from += remover.doc.child(nth).nodeSize;
		remover.dispatch(remover.state.tr.delete(from, from + remover.doc.child(3).nodeSize));
		settle(clients);
		expect(typist.uids).not.toContain('uid000000003');
		expect(typist.doc.childCount).toBe(LEVELS.length - 1);
	});
});

test('letters that the mover had deleted before the move do not come back', () => {
	const [mover, typist] = people(2);
	typist.cursorIn(2, 3);
	typist.type('sai ');
	settle(clients);
	mover.cursorIn(2, 3);
	const { from } = mover.state.selection;
	mover.dispatch(mover.state.tr.delete(from, from + 4));
	mover.run(moveBlock(1));
	settle(clients);
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
	server.exchange(one, other);
	settle(clients);
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
	settle(clients);
	expect(up.uids.filter((uid) => uid === 'uid000000002')).toHaveLength(1);
	expect(textOf(up, 'uid000000002')).toBe('Nội dung thêm số 2 của văn bản');
	for (const client of clients) expect(client.doc.eq(up.doc)).toBe(true);
});

/** What the text of provision 2 and its like reads as, block by block, and that all see the same. */
function texts(): string[] {
	settle(clients);
	for (const client of clients) expect(client.doc.eq(clients[0].doc)).toBe(true);
	expect(new Set(clients[0].uids).size).toBe(clients[0].uids.length);
	return clients[0].doc.content.content.map((block) => block.textContent);
}

const START_TEXTS = LEVELS.map((_, nth) => `Nội dung số ${nth} của văn bản`);
/** The texts of the beginning with those of provision 2, or 2 and 3, replaced. */
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
		settle(clients);
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
		settle(clients);
		expect(texts().join('').split('thêm ')).toHaveLength(2);
		expect(texts().join('').replace('thêm ', '')).toBe(withTexts('Nội ', 'dung số 2 của văn bản').join(''));
	});

	test('split it, also when a reference stands in the part that both write anew', () => {
		const [one, other] = people(2);
		const { reference } = documentSchema.nodes;
		one.cursorIn(2, 15);
		one.dispatch(one.state.tr.insert(one.state.selection.from, reference.create({ target: 'uid000000000', text: 'Điều 1' })));
		settle(clients);
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
			settle(clients);
			if (who !== 'who did it further down') undo(one.state);
			if (who === 'both, one after the other') settle(clients);
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
	settle(clients);
	joinNext(joiner, 1);
	settle(clients);
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
	/** What somebody has now, to be heard of later. */
	function copyOf({ ydoc }: Client): Client {
		const copy = new Client(START);
		Y.applyUpdate(copy.ydoc, Y.encodeStateAsUpdate(ydoc), 'remote');
		clients.push(copy);
		return copy;
	}

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
		server.exchange(up, down);
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
		server.exchange(one, other);
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

test('two who begin to write in one empty block write in one text, so what others add to either stays', () => {
	const [maker, one, other, third, fourth] = people(5);
	maker.cursorIn(2, 10_000);
	maker.run(enterInProvision('nd30'));
	settle(clients);
	const write = (client: Client, words: string) => (client.cursorIn(3, 0), client.type(words));
	write(one, 'một ');
	write(other, 'hai ');
	Y.applyUpdate(third.ydoc, Y.encodeStateAsUpdate(one.ydoc), 'remote');
	Y.applyUpdate(fourth.ydoc, Y.encodeStateAsUpdate(other.ydoc), 'remote');
	server.exchange(one, other);
	write(third, 'ba ');
	write(fourth, 'bốn ');
	settle(clients);
	expect(maker.doc.child(3).textContent.trim().split(' ').sort()).toEqual(['ba', 'bốn', 'hai', 'một']);
});

interface Action {
	who: number;
	kind: 'type' | 'enter' | 'back' | 'forward' | 'down' | 'up' | 'drag' | 'deeper' | 'out' | 'plain' | 'undo' | 'redo' | 'sync';
	at: number;
	to: number;
}

const action: fc.Arbitrary<Action> = fc.record({
	who: fc.nat(4),
	kind: fc.constantFrom('type', 'type', 'type', 'enter', 'back', 'forward', 'down', 'up', 'drag', 'deeper', 'out', 'plain', 'undo', 'redo', 'sync', 'sync'),
	at: fc.nat(300),
	to: fc.nat(9)
});

/** Each letter typed is one that nobody else types, so it can be looked for afterwards. */
function perform(all: Client[], { who, kind, at, to }: Action, letter: string): 'typed' | null {
	const client = all[who];
	if (kind === 'sync') {
		const mine = serverOf(who);
		mine.sync(client);
		if (second && at % 3 === 0) mine.hear(mine === second ? server : second);
		return null;
	}
	const index = at % client.doc.childCount;
	if (!client.doc.child(index).isTextblock) return null;
	client.cursorIn(index, kind === 'back' ? 0 : kind === 'forward' ? 10_000 : at % 37);
	if (kind === 'type') client.type(letter);
	else if (kind === 'enter') client.run(enterInProvision('nd30'));
	else if (kind === 'back') client.run(backspaceAtStart);
	else if (kind === 'forward') client.run(deleteAtEnd);
	else if (kind === 'down' || kind === 'up') client.run(moveBlock(kind === 'down' ? 1 : -1));
	else if (kind === 'drag') client.run(moveSubtree(index, to % (client.doc.childCount + 1)));
	else if (kind === 'deeper' || kind === 'out') client.run(shiftLevel(kind === 'deeper' ? 1 : -1, 'nd30'));
	else if (kind === 'plain') client.run(setParagraph);
	return kind === 'type' ? 'typed' : null;
}

test('what is put back on one node survives a removal that another node hears of first', () => {
	const [typist, other, joiner] = people(3, 2);
	typeAt(typist, 7, 8, 'thêm');
	other.cursorIn(6, 0);
	other.run(setParagraph);
	joinNext(joiner, 6);
	expect(texts().join('').split('thêm')).toHaveLength(2);
});

test.each([1, 2])(
	'split, join, move and Tab by five people at once, on %i nodes, never drop a letter and never double a letter or a uid',
	{ timeout: 120_000 },
	(nodes) => {
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
				settle(all);
				const [first, ...others] = all;
				for (const other of others) expect(other.doc.toJSON()).toEqual(first.doc.toJSON());
				expect(first.doc.toJSON()).toEqual(readBody(first.ydoc, documentSchema).doc.toJSON());
				expect(letters.filter((letter) => !first.doc.textContent.includes(letter))).toEqual([]);
				const numbers = [...LEVELS.keys()].map(String);
				expect(numbers.filter((number) => first.doc.textContent.split(number).length !== 2)).toEqual([]);
				expect([...typedBy.keys()].filter((letter) => first.doc.textContent.split(letter).length > 2)).toEqual([]);
				const uids = first.uids;
				expect(uids.filter((uid, nth) => uids.indexOf(uid) !== nth)).toEqual([]);
				all.forEach((client) => client.destroy());
				clients = [];
			}),
			{ numRuns: Number(process.env.STRUCTURE_RUNS ?? 50) }
		);
	}
);
