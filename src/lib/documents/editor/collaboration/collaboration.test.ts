import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { TextSelection } from '@tiptap/pm/state';
import { undo } from '@tiptap/y-tiptap';
import { inlineOf, node } from '../../schema/json.ts';
import { bodyToJson, jsonToUpdate } from '../../schema/body.ts';
import { documentSchema } from '../../schema/schema.ts';
import { numberProvisions } from '../../numbering/numbering.ts';
import { numberingOf } from '../numbers/numbering-state.ts';
import { enterInProvision } from '../structure/enter.ts';
import { backspaceAtStart, shiftLevel } from '../structure/levels.ts';
import { moveBlock } from '../structure/move.ts';
import { readBody } from './collaboration.ts';
import { Client, Server } from './testing.ts';

const start = jsonToUpdate({
	type: 'doc',
	content: [
		node('legalBasis', { uid: 'base00000000' }, inlineOf('Căn cứ Luật;')),
		...['article', 'clause', 'point', 'clause', 'article', 'clause'].map((level, index) =>
			node('provision', { uid: `uid00000000${index}`, level }, inlineOf(`Nội dung số ${index}`))
		),
		node('bulletList', null, [node('listItem', null, [node('paragraph', null, inlineOf('mục'))])]),
		node('paragraph', null, inlineOf('Cuối'))
	]
});

let server: Server;
beforeEach(() => (server = new Server(start)));

function cursorTo(client: Client, at: number, head = at): void {
	const size = client.doc.content.size;
	const place = (position: number) => client.doc.resolve(Math.min(size, Math.max(0, position)));
	client.dispatch(client.state.tr.setSelection(TextSelection.between(place(at), place(head))));
}

function type(client: Client, text: string): void {
	client.dispatch(client.state.tr.insertText(text));
}

test('a remote letter leaves every other block the same node, and moves positions exactly', () => {
	const [mine, theirs] = [new Client(start), new Client(start)];
	cursorTo(mine, mine.doc.content.size - 3);
	const before = mine.doc;
	const cursor = mine.state.selection.from;
	cursorTo(theirs, 20);
	type(theirs, 'x');
	server.exchange(mine, theirs);
	const changed = before.content.content.filter((block, index) => block !== mine.doc.child(index));
	expect(changed).toHaveLength(1);
	expect(mine.state.selection.from).toBe(cursor + 1);
	expect(mine.doc.eq(theirs.doc)).toBe(true);
});

test('the cursor stays at its letter when somebody writes in front of it in the same block', () => {
	const [mine, theirs] = [new Client(start), new Client(start)];
	cursorTo(mine, 20);
	type(mine, 'A');
	server.exchange(mine, theirs);
	cursorTo(theirs, 19);
	type(theirs, 'zzz');
	server.exchange(mine, theirs);
	type(mine, 'B');
	server.exchange(mine, theirs);
	expect(mine.doc.textContent).toContain('AB');
	expect(mine.doc.eq(theirs.doc)).toBe(true);
});

test('undo takes back one’s own typing only', () => {
	const [mine, theirs] = [new Client(start), new Client(start)];
	cursorTo(mine, 20);
	type(mine, 'của tôi');
	server.exchange(mine, theirs);
	cursorTo(theirs, 40);
	type(theirs, 'của bạn');
	server.exchange(mine, theirs);
	undo(mine.state);
	server.exchange(mine, theirs);
	expect(mine.doc.textContent).not.toContain('của tôi');
	expect(mine.doc.textContent).toContain('của bạn');
	expect(mine.doc.eq(theirs.doc)).toBe(true);
});

test('a provision that I made stays when a colleague has written in it since', () => {
	const [mine, theirs] = [new Client(start), new Client(start)];
	cursorTo(mine, mine.doc.child(0).nodeSize + mine.doc.child(1).nodeSize + mine.doc.child(2).nodeSize - 1);
	mine.run(enterInProvision('nd30'));
	server.exchange(mine, theirs);
	cursorTo(theirs, mine.state.selection.from);
	type(theirs, 'bạn viết');
	server.exchange(mine, theirs);
	undo(mine.state);
	server.exchange(mine, theirs);
	expect(theirs.doc.textContent).toContain('bạn viết');
	expect(mine.doc.eq(theirs.doc)).toBe(true);
});

test('a letter typed as base and tone becomes one letter', () => {
	const client = new Client(start);
	cursorTo(client, 20);
	type(client, 'ê');
	type(client, '\u0301');
	expect(client.doc.textContent).toContain('ế');
	expect(JSON.stringify(bodyToJson(client.ydoc)).normalize('NFC')).toBe(JSON.stringify(bodyToJson(client.ydoc)));
});

test('two who move the same provision at once leave one of it, with what each typed into theirs', () => {
	const [mine, theirs] = [new Client(start), new Client(start)];
	for (const client of [mine, theirs]) {
		cursorTo(client, 20);
		client.run(moveBlock(1));
	}
	type(mine, 'x');
	type(theirs, 'y');
	server.exchange(mine, theirs);
	expect(mine.doc.eq(theirs.doc)).toBe(true);
	expect(duplicates(mine)).toEqual([]);
	const moved = mine.doc.content.content.filter((block) => block.textContent.includes('số 0'));
	expect(moved.map((block) => [...block.textContent].sort().join(''))).toEqual([[...'Nội dung số 0xy'].sort().join('')]);
});

interface Action {
	who: number;
	kind: 'type' | 'enter' | 'back' | 'delete' | 'down' | 'up' | 'deeper' | 'out' | 'undo' | 'sync' | 'paste';
	at: number;
	length: number;
}

const action: fc.Arbitrary<Action> = fc.record({
	who: fc.nat(2),
	kind: fc.constantFrom('type', 'enter', 'back', 'delete', 'down', 'up', 'deeper', 'out', 'undo', 'sync', 'paste'),
	at: fc.nat(400),
	length: fc.nat(30)
});

function perform(clients: Client[], { who, kind, at, length }: Action): void {
	const client = clients[who % clients.length] as Client;
	if (kind === 'sync') return server.sync(client);
	if (kind === 'undo') return void undo(client.state);
	const place = at % Math.max(1, client.doc.content.size);
	cursorTo(client, place, kind === 'delete' ? place + length : place);
	const { $from } = client.state.selection;
	if (kind === 'type') type(client, 'ữ');
	else if (kind === 'enter') client.run(enterInProvision('nd30'));
	else if (kind === 'delete') client.dispatch(client.state.tr.deleteSelection());
	else if (kind === 'down' || kind === 'up') client.run(moveBlock(kind === 'down' ? 1 : -1));
	else if (kind === 'deeper' || kind === 'out') client.run(shiftLevel(kind === 'deeper' ? 1 : -1, 'nd30'));
	else if (kind === 'paste' && $from.depth > 0) {
		client.dispatch(client.state.tr.insert($from.after(1), client.doc.child($from.index(0))));
	} else if (kind === 'back' && $from.depth === 1) {
		cursorTo(client, $from.start(1));
		client.run(backspaceAtStart);
	}
}

function duplicates(client: Client): string[] {
	const uids = client.doc.content.content.map((block) => block.attrs.uid as string | undefined).filter((uid) => uid);
	return uids.filter((uid, index) => uids.indexOf(uid) !== index) as string[];
}

test('whatever three people do, in any order: one text, the same on every screen, with every uid once', () => {
	fc.assert(
		fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
			server = new Server(start);
			const clients = [new Client(start), new Client(start), new Client(start)];
			for (const each of actions) {
				perform(clients, each);
				for (const client of clients) {
					// What is on the screen is what Yjs has, and what a newcomer would read.
					expect(client.doc.toJSON()).toEqual(readBody(client.ydoc, documentSchema).doc.toJSON());
					client.doc.check();
				}
			}
			server.exchange(...clients);
			server.exchange(...clients);
			const [first, ...others] = clients as [Client, ...Client[]];
			for (const other of others) expect(other.doc.toJSON()).toEqual(first.doc.toJSON());
			cursorTo(first, 2);
			type(first, 'x');
			expect(duplicates(first)).toEqual([]);
			const fresh = numberProvisions(first.doc.content.content, 'nd30');
			expect(numberingOf(first.state).entries).toEqual(fresh.entries);
			for (const client of clients) client.destroy();
		}),
		{ numRuns: 60 }
	);
});
