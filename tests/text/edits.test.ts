import { Fragment } from '@tiptap/pm/model';
import { deleteRow } from '@tiptap/pm/tables';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { documentSchema as schema } from '../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../src/lib/text/body.ts';
import {
	belongingTo,
	insertAfter,
	move,
	NotFound,
	type Passage,
	PassageChanged,
	quotable,
	remove,
	removeTag,
	replaceContent,
	type Replacement,
	setTag
} from '../../src/lib/text/edits.ts';
import { restore } from '../../src/lib/text/restore.ts';
import { EditMaker, type Plan } from '../../src/lib/text/planned-edit.ts';
import { caretIn, expectSame } from './support/people.ts';
import { Person, provisions, sync } from './support/person.ts';
import { runIn, tableOf } from './support/tables.ts';

const LEVELS = ['article', 'clause', 'clause', 'article', 'clause', 'clause'];
const TEXTS = ['Phạm vi', 'một hai ba bốn năm', 'sáu bảy tám', 'Đối tượng', 'chín mười', 'mười một'];
const START = provisions(LEVELS, (nth) => TEXTS[nth]);

/** A person's machine at which edits are made from outside the editor, as the server makes them. */
class Server extends Person {
	readonly maker = new EditMaker(this.shared.model, 'server');
	readonly updates: Uint8Array[] = [];

	constructor(start = START, clientId = 13) {
		super(start, { clientId });
		this.ydoc.on('update', (update: Uint8Array) => this.updates.push(update));
	}

	/** Makes an edit; returns what the plan did. */
	edit<Result>(plan: (edit: Parameters<Plan>[0]) => Result): Result {
		let result!: Result;
		this.maker.prepare((edit) => void (result = plan(edit))).write();
		return result;
	}
}

function both(start = START): [Person, Server] {
	return [new Person(start, { clientId: 11 }), new Server(start)];
}

const text = (words: string, ...marks: string[]) =>
	schema.text(
		words,
		marks.map((name) => schema.marks[name].create())
	);
const inline = (...nodes: ReturnType<typeof text>[]) => Fragment.fromArray(nodes);
const clause = (uid: string | null, words: string) => schema.nodes.provision.create({ uid, level: 'clause' }, text(words));
const uidsOf = ({ leaves }: Person) => leaves.map(({ uid }) => uid);
const passage = (uid: string, offset: number, quote: string, prefix = '', suffix = ''): Passage => ({
	uid,
	offset,
	quote,
	prefix,
	suffix
});

/** The letters with a tag, block by block. */
function tagged({ shared: { model }, leaves }: Person, name: string): string[] {
	return [...model.tags(name)].map(({ block, from, to }) => {
		const leaf = leaves.find(({ uid }) => uid === block);
		return leaf ? leaf.node.textBetween(from, to, '', '*') : `${block} ${from}–${to}`;
	});
}

function type(person: Person, uid: string, offset: number, words: string): void {
	caretIn(person, uid, offset);
	person.type(words);
}

function expectBoth(a: Person, server: Server): void {
	sync(a, server);
	expectSame(a, server);
}

describe('a replaced provision', () => {
	test('keeps what a colleague types, marks and puts into the words that stay, at the same moment (WR2)', () => {
		const [a, server] = both();
		a.mark(1, 4, 7);
		type(a, '#1', 17, 'X');
		a.footnote(1, 10, 'note');
		server.edit((edit) => replaceContent(edit, '#1', inline(text('MỘT hai ba BỐN năm'))));
		expectBoth(a, server);
		expect(a.texts[1]).toBe('MỘT <bold:hai> ba[footnote] BỐN nă' + 'Xm');
	});

	test('keeps the letters of its words: a stretch between two changes is not written again (WR2)', () => {
		const [, server] = both();
		server.edit((edit) => replaceContent(edit, '#1', inline(text('MỘT hai ba BỐN năm'))));
		const inserted = Y.decodeUpdate(server.updates[0]).structs.flatMap((struct) =>
			struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : []
		);
		expect(inserted.sort()).toEqual(['BỐN', 'MỘT']);
		expect(server.corrections).toBe(0);
	});

	test('that nothing is left of has just the new words (WR1)', () => {
		const [a, server] = both();
		server.edit((edit) => replaceContent(edit, '#1', inline(text('khác hẳn'))));
		expectBoth(a, server);
		expect(a.texts[1]).toBe('khác hẳn');
	});

	test('has the marks and elements of the new content, also where the words stay (WR2)', () => {
		const [a, server] = both();
		const note = schema.nodes.footnote.create({ uid: 'note', text: 'cũ' });
		server.edit((edit) =>
			replaceContent(edit, '#1', Fragment.fromArray([text('một '), text('hai', 'bold'), text(' ba bốn năm'), note]))
		);
		server.edit((edit) =>
			replaceContent(
				edit,
				'#1',
				Fragment.fromArray([
					text('một '),
					text('hai', 'italic'),
					text(' ba năm'),
					note.type.create({ ...note.attrs, text: 'mới' })
				])
			)
		);
		expectBoth(a, server);
		expect(a.texts[1]).toBe('một <italic:hai> ba năm[footnote]');
		expect(a.leaves[1].node.lastChild!.attrs).toEqual({ uid: 'note', text: 'mới' });
	});

	test('two marks that are set one after the other have two names (MK1)', () => {
		const [, server] = both();
		for (const at of ['#1', '#2']) server.edit((edit) => replaceContent(edit, at, inline(text('đậm', 'bold'))));
		const names = ['#1', '#2'].map(
			(uid) => Object.keys((server.ydoc.getText(uid).toDelta() as { attributes: object }[])[0].attributes)[0]
		);
		expect(new Set(names).size).toBe(2);
	});

	test('made from an older wording changes only what differs from that, and what came since stays (WR2)', () => {
		const [a, server] = both();
		type(a, '#1', 18, ' sáu');
		a.mark(1, 4, 7);
		a.delete(1, 11, 15);
		sync(a, server);
		server.edit((edit) =>
			replaceContent(edit, '#1', [{ type: 'text', text: 'MỘT hai ba bốn năm' }], [{ type: 'text', text: TEXTS[1] }])
		);
		expectBoth(a, server);
		expect(a.texts[1]).toBe('MỘT <bold:hai> ba năm sáu');
	});

	test('where a colleague has done the same already is not changed twice (WR2)', () => {
		const [a, server] = both();
		type(a, '#1', 7, ' rưỡi');
		sync(a, server);
		server.edit((edit) => replaceContent(edit, '#1', inline(text('một hai rưỡi ba bốn NĂM')), inline(text(TEXTS[1]))));
		expectBoth(a, server);
		expect(a.texts[1]).toBe('một hai rưỡi ba bốn NĂM');
	});

	test('where a colleague wrote another word has both words whole (WR2)', () => {
		const [a, server] = both();
		a.delete(1, 9, 10);
		type(a, '#1', 9, 'ảy');
		sync(a, server);
		server.edit((edit) => replaceContent(edit, '#1', inline(text('một hai BA bốn năm')), inline(text(TEXTS[1]))));
		expectBoth(a, server);
		expect(a.texts[1]).toBe('một hai BAbảy bốn năm');
	});

	test('is taken back by its own inverse, and what colleagues did since stays (UN1)', () => {
		const [a, server] = both();
		const inverse = server.edit((edit) =>
			replaceContent(edit, '#1', Fragment.fromArray([text('MỘT '), text('hai', 'bold'), text(' BỐN năm')]))
		);
		sync(a, server);
		expect(a.texts[1]).toBe('MỘT <bold:hai> BỐN năm');
		type(a, '#1', 15, ' sáu');
		a.footnote(1, 7, 'note');
		type(a, '#1', 1, 'x');
		sync(a, server);
		const { uid, content, from } = JSON.parse(JSON.stringify(inverse)) as Replacement;
		server.edit((edit) => replaceContent(edit, uid, content, from));
		expectBoth(a, server);
		expect(a.texts[1]).toBe('mộtx hai[footnote] ba bốn năm sáu');
	});

	test('an element without a uid of its own gets one (WR6)', () => {
		const [a, server] = both();
		a.footnote(2, 0, 'note');
		sync(a, server);
		const note = (uid: string | null) => schema.nodes.footnote.create({ uid, text: 'chú' });
		server.edit((edit) => replaceContent(edit, '#1', Fragment.fromArray([text('một'), note('note'), note(null)])));
		expectBoth(a, server);
		const uids = a.leaves.flatMap(({ node }) =>
			node.children.flatMap(({ isText, attrs }) => (isText ? [] : (attrs.uid as string)))
		);
		expect(uids).toHaveLength(3);
		expect(new Set(uids).size).toBe(3);
		expect(uids).not.toContain(null);
	});

	test('of thousands of words has the new ones too (WR1)', () => {
		const words = Array.from({ length: 3_000 }, (_word, nth) => `chữ${nth}`);
		const [a, server] = both(provisions(['clause'], () => words.join(' ')));
		const wanted = words.toReversed().join(' ');
		server.edit((edit) => replaceContent(edit, '#0', inline(text(wanted))));
		expectBoth(a, server);
		expect(a.texts[0]).toBe(wanted);
	});
});

describe('a tag', () => {
	test('set on a passage in which a colleague types at that moment is over what was typed, too (MK3)', () => {
		const [a, server] = both();
		type(a, '#1', 6, 'XY');
		server.edit((edit) => setTag(edit, passage('#1', 4, 'hai ba'), 'comment:7'));
		expectBoth(a, server);
		expect(tagged(a, 'comment:7')).toEqual(['haXYi ba']);
	});

	test('is found by what stood around it where the passage has moved, else not set at all (MK3)', () => {
		const [a, server] = both(provisions(['clause'], () => 'a hai b hai c'));
		type(a, '#0', 0, 'mở đầu ');
		sync(a, server);
		server.edit((edit) => setTag(edit, passage('#0', 6, 'hai', 'b ', ' c'), 'comment:7'));
		expect([...server.shared.model.tags('comment:7')]).toEqual([{ block: '#0', name: 'comment:7', from: 15, to: 18 }]);
		const before = server.updates.length;
		for (const [wrong, error] of [
			[passage('#0', 0, 'hai'), PassageChanged],
			[passage('#0', 0, 'ba', 'b ', ' c'), PassageChanged],
			[passage('#0', 0, ''), PassageChanged],
			[passage('#9', 0, 'hai'), NotFound],
			[passage('r0:c0', 0, 'hai'), NotFound]
		] as const)
			expect(() => server.edit((edit) => setTag(edit, wrong, 'comment:8'))).toThrow(error);
		expect(() => server.edit((edit) => setTag(edit, passage('#0', 9, 'hai'), 'bold~x'))).toThrow(RangeError);
		expect(server.updates.length).toBe(before);
	});

	test('counts elements as one letter, and is set over them (MK3)', () => {
		const [a, server] = both();
		a.footnote(1, 4, 'note');
		sync(a, server);
		expect(quotable(server.leaves[1].node.content)).toBe('một \uFFFChai ba bốn năm');
		server.edit((edit) => setTag(edit, passage('#1', 4, '\uFFFChai'), 'comment:7'));
		expectBoth(a, server);
		expect(tagged(a, 'comment:7')).toEqual(['*hai']);
	});

	test('stands in a cell over lines of it (MK3)', () => {
		const [a, server] = both(tableOf(['một', 'hai/ba'], ['x', 'y']));
		server.edit((edit) => setTag(edit, passage('r0:c1', 2, 'i\nb'), 'comment:7'));
		expectBoth(a, server);
		expect([...a.shared.model.tags('comment:')]).toEqual([{ block: 'r0:c1', name: 'comment:7', from: 2, to: 5 }]);
	});

	test('set over a seam of two parts is over what is typed behind it when they are apart again (MK3)', () => {
		const [a, server] = both();
		caretIn(a, '#1', 7);
		a.run(enterInProvision('nd30'));
		a.beginStep();
		a.joinUp(2);
		sync(a, server);
		server.edit((edit) => setTag(edit, passage('#1', 4, 'hai ba'), 'comment:7'));
		sync(a, server);
		a.undo();
		type(a, uidsOf(a)[2], 0, 'X');
		expectBoth(a, server);
		expect(a.texts.slice(1, 3)).toEqual(['một hai', 'X ba bốn năm']);
		expect(tagged(a, 'comment:7')).toEqual(['hai', 'X ba']);
	});

	test('taken away is gone from all its parts, and does not come back over what is typed there (MK3)', () => {
		const [a, server] = both();
		server.edit((edit) => setTag(edit, passage('#1', 4, 'hai ba'), 'comment:7'));
		server.edit((edit) => setTag(edit, passage('#1', 0, 'một'), 'comment:77'));
		sync(a, server);
		caretIn(a, '#1', 7);
		a.run(enterInProvision('nd30'));
		sync(a, server);
		expect(tagged(a, 'comment:7')).toHaveLength(3);
		server.edit((edit) => removeTag(edit, 'comment:7'));
		sync(a, server);
		caretIn(a, uidsOf(a)[2], 0);
		a.type('X');
		expectBoth(a, server);
		expect([...a.shared.model.tags('comment:')].map(({ name }) => name)).toEqual(['comment:77']);
		// There is nothing left to take away.
		const { length } = server.updates;
		server.edit((edit) => removeTag(edit, 'comment:7'));
		expect(server.updates.length).toBe(length);
	});
});

describe('blocks', () => {
	test('are put behind one while a colleague types there and moves nothing (WR1, EX1)', () => {
		const [a, server] = both();
		type(a, '#1', 18, 'X');
		const uids = server.edit((edit) => insertAfter(edit, '#1', [clause('mới', 'khoản mới'), clause(null, 'nữa').toJSON()]));
		server.edit((edit) => insertAfter(edit, null, [clause('#1', 'đứng đầu')]));
		expectBoth(a, server);
		expect(a.texts.slice(1, 5)).toEqual(['Phạm vi', 'một hai ba bốn nămX', 'khoản mới', 'nữa']);
		expect(uids[0]).toBe('mới');
		expect(uidsOf(a).slice(3, 5)).toEqual(uids);
		expect(new Set(uidsOf(a)).size).toBe(9);
	});

	test('that are a copy of a table have rows and columns of their own, also of a row that is gone (WR6)', () => {
		const [a, server] = both(tableOf(['một', 'hai'], ['ba', 'bốn']));
		const copy = server.leaves[0].node;
		sync(a, server);
		runIn(a, 1, 0, deleteRow);
		sync(a, server);
		server.edit((edit) => insertAfter(edit, 'p', [copy]));
		expectBoth(a, server);
		expect(a.doc.lastChild!.children.map((row) => row.children.map(({ textContent }) => textContent))).toEqual([
			['một', 'hai'],
			['ba', 'bốn']
		]);
	});

	test('are put into a list, and next to one (WR6)', () => {
		const item = (uid: string) => schema.nodes.listItem.create(null, schema.nodes.paragraph.create({ uid }, text(uid)));
		const list = (...uids: string[]) => schema.nodes.bulletList.create(null, uids.map(item));
		const [a, server] = both(documentToUpdate(schema.node('doc', null, [list('a', 'b'), clause('c', 'c')])));
		server.edit((edit) => insertAfter(edit, 'a', [list('x')]));
		server.edit((edit) => remove(edit, 'b'));
		server.edit((edit) => move(edit, 'x', 'c'));
		expectBoth(a, server);
		expect(uidsOf(a)).toEqual(['a', 'c', 'x']);
		expect(a.leaves.map(({ kind }) => kind)).toEqual(['listItem', 'provision', 'listItem']);
	});

	test('are taken out without what a colleague writes into them at that moment, and put there again (EX2)', () => {
		const [a, server] = both();
		type(a, '#2', 4, 'X');
		const removed = server.edit((edit) => [remove(edit, '#2'), remove(edit, '#5')]);
		expectBoth(a, server);
		expect(a.texts).toEqual([...TEXTS.slice(0, 2), 'X', ...TEXTS.slice(3, 5)]);
		const [, { after, blocks }] = JSON.parse(JSON.stringify(removed)) as typeof removed;
		server.edit((edit) => insertAfter(edit, after, blocks));
		expectBoth(a, server);
		expect(uidsOf(a)).toEqual(LEVELS.map((_level, nth) => `#${nth}`));
	});

	test('of which the last is taken out leave an empty one (EX2)', () => {
		const [a, server] = both(provisions(['clause'], () => 'một'));
		server.edit((edit) => remove(edit, '#0'));
		expectBoth(a, server);
		expect(a.texts).toEqual(['']);
	});

	test('move with what belongs to them, by one key, and back (PL5)', () => {
		const [a, server] = both();
		expect(server.edit((edit) => belongingTo(edit, '#3'))).toEqual(['#4', '#5']);
		type(a, '#4', 4, 'X');
		const { length } = server.updates;
		const before = server.edit((edit) => move(edit, '#0', '#5'));
		expect(Y.decodeUpdate(server.updates[length]).structs).toHaveLength(1);
		expectBoth(a, server);
		expect(uidsOf(a)).toEqual(['#3', '#4', '#5', '#0', '#1', '#2']);
		expect(a.texts[1]).toBe('chínX mười');
		server.edit((edit) => move(edit, '#0', before));
		expectBoth(a, server);
		expect(uidsOf(a)).toEqual(LEVELS.map((_level, nth) => `#${nth}`));
		expect(() => server.edit((edit) => move(edit, '#0', '#1'))).toThrow(RangeError);
		expect(() => server.edit((edit) => move(edit, '#9', '#1'))).toThrow(NotFound);
	});
});

describe('a move', () => {
	test('gives another place to what it moves, not to what it is moved past, however little that is (PL5)', () => {
		const [a, server] = both(provisions(['article', 'clause', 'clause', 'article'], (nth) => TEXTS[nth]));
		server.edit((edit) => move(edit, '#0', '#3'));
		const keys = Y.decodeUpdate(server.updates[0]).structs.map((struct) => (struct as Y.Item).parentSub);
		expect(keys).toEqual(['#0/place']);
		expectBoth(a, server);
		expect(uidsOf(a)).toEqual(['#3', '#0', '#1', '#2']);
	});
});

describe('a text that is restored', () => {
	test('consists of the older blocks; letters that stayed are the same, and a colleague may write in them (WR1)', () => {
		const [a, server] = both();
		const old = a.doc.toJSON().content as unknown[];
		a.deleteBlock(2);
		a.delete(1, 11, 15);
		a.delete(1, 0, 4);
		a.setLevel(3, 'point');
		type(a, '#4', 0, 'thừa ');
		server.edit((edit) => move(edit, '#3', null));
		server.edit((edit) => insertAfter(edit, '#0', [clause('mới', 'mới')]));
		sync(a, server);
		type(a, '#1', 3, 'X');
		const { length } = server.updates;
		server.edit((edit) => restore(edit, JSON.parse(JSON.stringify(old)) as unknown[]));
		const written = Y.decodeUpdate(server.updates[length]).structs.flatMap((struct) =>
			struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : []
		);
		expect(written.toSorted()).toEqual(['một ', ' bốn', TEXTS[2]].toSorted());
		expect(server.doc.toJSON().content).toEqual(old);
		expectBoth(a, server);
		expect(uidsOf(a)).toEqual(LEVELS.map((_level, nth) => `#${nth}`));
		expect(a.texts[1]).toBe('một haiX ba bốn năm');
	});
});

describe('blocks that are put there again', () => {
	test('are the same blocks with their letters, also those that a split made or that went on in another (EX3, PA2)', () => {
		const [a, server] = both();
		caretIn(a, '#1', 8);
		a.run(enterInProvision('nd30'));
		sync(a, server);
		const old = server.doc.toJSON().content as unknown[];
		const half = uidsOf(a)[2];
		a.deleteBlock(2);
		a.joinUp(2);
		sync(a, server);
		expect(a.texts.slice(1, 3)).toEqual(['một hai sáu bảy tám', 'Đối tượng']);
		server.edit((edit) => restore(edit, old));
		expectBoth(a, server);
		expect(a.doc.toJSON().content).toEqual(old);
		expect(uidsOf(a).slice(1, 4)).toEqual(['#1', half, '#2']);
		const removed = server.edit((edit) => remove(edit, half));
		server.edit((edit) => insertAfter(edit, removed.after, removed.blocks));
		expectBoth(a, server);
		expect(a.doc.toJSON().content).toEqual(old);
	});
});

describe('an edit', () => {
	test('of several parts is one update, and each part sees those before it (WR4)', () => {
		const [a, server] = both();
		server.edit((edit) => {
			const [uid] = insertAfter(edit, '#1', [clause(null, 'một hai')]);
			replaceContent(edit, uid, inline(text('một HAI ba')));
			setTag(edit, passage(uid, 4, 'HAI'), 'proposal:3');
			move(edit, '#0', '#5');
		});
		expect(server.updates).toHaveLength(1);
		expectBoth(a, server);
		expect(a.texts.slice(3)).toEqual(['Phạm vi', TEXTS[1], 'một HAI ba', TEXTS[2]]);
		expect(tagged(a, 'proposal:3')).toEqual(['HAI']);
	});

	test('of which a part cannot be done does not happen at all (WR4)', () => {
		const [, server] = both();
		const before = server.doc;
		const late: Plan = (edit) => {
			setTag(edit, passage('#1', 4, 'hai'), 'comment:7');
			replaceContent(edit, '#1', inline(text('khác')));
		};
		const plans: [Plan, new (...all: never[]) => Error][] = [
			[
				(edit) => {
					remove(edit, '#1');
					replaceContent(edit, '#1', inline(text('x')));
				},
				NotFound
			],
			[
				(edit) => {
					remove(edit, '#1');
					insertAfter(edit, '#1', [clause(null, 'x')]);
				},
				NotFound
			],
			[
				(edit) => {
					remove(edit, '#1');
					replaceContent(edit, '#2', [{ type: 'paragraph' }]);
				},
				RangeError
			],
			[
				(edit) => {
					remove(edit, '#1');
					restore(edit, [{ type: 'text', text: 'x' }]);
				},
				RangeError
			],
			[late, PassageChanged]
		];
		for (const [plan, error] of plans) expect(() => server.edit(plan)).toThrow(error);
		expect(server.updates).toEqual([]);
		expect(server.doc).toBe(before);
	});

	test('says how much longer the text becomes before it is made: nothing when it only loses (WR4)', () => {
		const { maker } = new Server();
		const growth = (plan: Plan) => maker.prepare(plan).growth;
		expect(growth((edit) => void remove(edit, '#1'))).toBe(0);
		expect(growth((edit) => void move(edit, '#0', '#5'))).toBe(0);
		expect(growth((edit) => void replaceContent(edit, '#1', inline(text('một'))))).toBe(0);
		expect(growth((edit) => void replaceContent(edit, '#1', inline(text(TEXTS[1] + 'ộ'.repeat(100)))))).toBe(300);
		expect(growth((edit) => void insertAfter(edit, null, [clause(null, 'x'.repeat(1_000))]))).toBeGreaterThan(1_000);
		expect(growth((edit) => setTag(edit, passage('#1', 4, 'hai'), 'comment:7'))).toBeGreaterThan(0);
		expect(growth((edit) => removeTag(edit, 'comment:7'))).toBe(0);
	});
});
