import { afterEach, describe, expect, test } from 'vitest';
import { createProposing, type Chosen, type Proposing } from '../../src/lib/comments/proposals/proposing.server.ts';
import type { NewProposal } from '../../src/lib/comments/proposals/input.ts';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { EditMaker, type Plan } from '../../src/lib/text/planned-edit.ts';
import { expectSame, linesOf } from './support/people.ts';
import { Person, provisions, sync } from './support/person.ts';

const LEVELS = ['article', 'clause', 'clause', 'article', 'clause', 'clause'];
const TEXTS = ['Phạm vi', 'một hai ba bốn năm', 'sáu bảy tám', 'Đối tượng', 'chín mười', 'mười một'];
const START = provisions(LEVELS, (nth) => TEXTS[nth]);
const DOCUMENT = { id: 'd', profile: 'nd30' as const };

/** The server's side of a text: what is proposed is read off it and done to it. */
class Desk extends Person {
	readonly proposing: Proposing;
	readonly #maker = new EditMaker(this.shared.model, 'server');

	constructor() {
		super(START, { clientId: 13 });
		this.proposing = createProposing({
			readText: async (_id, read) => read(this.shared.model),
			applyServerEdit: async (_id: string, plan: Plan) => this.#maker.prepare(plan).write()
		});
	}

	/** Keeps what is proposed as the database does, which has an order of its own for the members of a value. */
	async propose(wanted: Omit<NewProposal, 'reason'>) {
		const chosen = await this.proposing.choose(DOCUMENT, { ...wanted, reason: '' });
		if (typeof chosen === 'string') throw new Error(chosen);
		const { was, content } = JSON.parse(JSON.stringify(chosen, inOtherOrder)) as Chosen;
		return { kind: wanted.kind, uid: wanted.uid, was, content, after: wanted.after ?? null };
	}

	accept(target: Awaited<ReturnType<Desk['propose']>>, given: Parameters<Proposing['accept']>[2] = {}) {
		return this.proposing.accept(DOCUMENT, target, given, 'somebody');
	}
}

function inOtherOrder(_key: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).toReversed());
}

const open: Person[] = [];
afterEach(() => open.splice(0).forEach((person) => person.destroy()));

function sitDown(): [Person, Desk] {
	const both: [Person, Desk] = [new Person(START, { clientId: 11 }), new Desk()];
	open.push(...both);
	return both;
}

const REPLACE = { uid: '#1', kind: 'replace', content: 'một hai BA bốn năm sáu' } as const;

/** What a drafter does to the provision while it is accepted, not having heard of it; and what stands there then. */
const ACTS: Record<string, { act: (a: Person) => unknown; lines: string[] }> = {
	'types in it': {
		act: (a) => {
			a.cursorIn(1, 0);
			a.type('Từ ');
		},
		lines: ['#1 clause: Từ một hai BA bốn năm sáu', '#2 clause: sáu bảy tám']
	},
	'splits it': {
		act: (a) => {
			a.cursorIn(1, 4);
			a.run(enterInProvision('nd30'));
		},
		lines: ['#1 clause: một ', 'new clause: hai BA bốn năm sáu', '#2 clause: sáu bảy tám']
	},
	'joins it with the next': {
		act: (a) => a.dispatch(a.state.tr.join(a.before(2))),
		lines: ['#1 clause: một hai BA bốn năm sáusáu bảy tám']
	},
	'moves it': {
		act: (a) => a.run(moveSubtree(1, 3)),
		lines: ['#2 clause: sáu bảy tám', '#1 clause: một hai BA bốn năm sáu']
	},
	'makes it a point': {
		act: (a) => a.dispatch(a.state.tr.setNodeAttribute(a.before(1), 'level', 'point')),
		lines: ['#1 point: một hai BA bốn năm sáu', '#2 clause: sáu bảy tám']
	},
	'makes it bold': {
		act: (a) => a.mark(1, 0, 3),
		lines: ['#1 clause: một hai BA bốn năm sáu', '#2 clause: sáu bảy tám']
	},
	'takes out the one behind it': { act: (a) => a.deleteBlock(2), lines: ['#1 clause: một hai BA bốn năm sáu'] }
};

describe('what is accepted while somebody works in the same provision', () => {
	test.each(Object.entries(ACTS))('and %s: both happen, for everybody (WR1, WR2)', async (_name, { act, lines }) => {
		const [a, desk] = sitDown();
		const target = await desk.propose(REPLACE);
		act(a);
		expect(await desk.accept(target)).toBeNull();
		sync(a, desk);
		expectSame(a, desk);
		expect(linesOf(a).slice(1, 1 + lines.length)).toEqual(lines);
	});

	test('and takes it out: the new words stand, since nobody meant those to go (EX2)', async () => {
		const [a, desk] = sitDown();
		const target = await desk.propose(REPLACE);
		a.deleteBlock(1);
		expect(await desk.accept(target)).toBeNull();
		sync(a, desk);
		expectSame(a, desk);
		expect(linesOf(a)[1]).toBe('#1 clause: BA sáu');
	});
});

describe('where the provision changed since', () => {
	const changed = async () => {
		const [, desk] = sitDown();
		const target = await desk.propose(REPLACE);
		desk.dispatch(desk.state.tr.insertText('TÁM', desk.at(1, 8), desk.at(1, 10)));
		return { desk, target };
	};

	test('nothing happens, and the three wordings are told apart', async () => {
		const { desk, target } = await changed();
		const standing = await desk.accept(target);
		expect(standing).toMatchObject({ state: 'changed', is: [{ type: 'text', text: 'một hai TÁM bốn năm' }] });
		expect((standing as { parts: { kind: string }[] }).parts.map(({ kind }) => kind)).toEqual([
			'same',
			'conflict',
			'same',
			'proposed'
		]);
		expect(desk.leaves[1].node.textContent).toBe('một hai TÁM bốn năm');
	});

	test('words that were chosen are taken, unless it changed once more', async () => {
		const { desk, target } = await changed();
		const { base } = (await desk.accept(target)) as { base: string };
		desk.dispatch(desk.state.tr.insertText('!', desk.at(1, 19)));
		expect(await desk.accept(target, { content: 'một hai CHÍN bốn năm sáu', base })).toMatchObject({ state: 'changed' });
		expect(desk.leaves[1].node.textContent).toBe('một hai TÁM bốn năm!');
		const { base: later } = (await desk.accept(target)) as { base: string };
		expect(await desk.accept(target, { content: 'một hai CHÍN bốn năm sáu', base: later })).toBeNull();
		expect(desk.leaves[1].node.textContent).toBe('một hai CHÍN bốn năm sáu');
	});

	test('what was taken already is not done twice', async () => {
		const [, desk] = sitDown();
		for (const wanted of [REPLACE, { uid: '#2', kind: 'insert-after', content: 'mới' } as const]) {
			const target = await desk.propose(wanted);
			expect(await desk.accept(target)).toBeNull();
			const lines = linesOf(desk);
			expect(await desk.accept(target)).toBeNull();
			expect(linesOf(desk)).toEqual(lines);
		}
	});

	test('what is gone is said to be gone', async () => {
		const [, desk] = sitDown();
		const target = await desk.propose(REPLACE);
		desk.deleteBlock(1);
		expect(await desk.accept(target)).toMatchObject({ state: 'gone', is: null });
	});
});

describe('other kinds of proposals', () => {
	test('one that comes stands behind what belongs to the provision, or within it as what belongs to it', async () => {
		const [, desk] = sitDown();
		expect(await desk.accept(await desk.propose({ uid: '#0', kind: 'insert-after', content: 'Giải thích' }))).toBeNull();
		expect(
			await desk.accept(await desk.propose({ uid: '#0', kind: 'insert-after', content: 'không', level: 'clause' }))
		).toBeNull();
		expect(linesOf(desk).slice(0, 6)).toEqual([
			'#0 article: Phạm vi',
			'new clause: không',
			'#1 clause: một hai ba bốn năm',
			'#2 clause: sáu bảy tám',
			'new article: Giải thích',
			'#3 article: Đối tượng'
		]);
	});

	test('one that comes does not depend on the words it stands behind, whatever was seen of them', async () => {
		const [, desk] = sitDown();
		const target = await desk.propose({ uid: '#1', kind: 'insert-after', content: 'mới' });
		desk.type('X');
		expect(await desk.accept(target, { base: 'as it was' })).toBeNull();
		expect(linesOf(desk)[2]).toBe('new clause: mới');
	});

	test('one that goes takes along what belongs to it, unless that changed since and nobody has seen it', async () => {
		const [, desk] = sitDown();
		const target = await desk.propose({ uid: '#0', kind: 'delete' });
		desk.dispatch(desk.state.tr.insertText('X', desk.at(2, 0)));
		const standing = (await desk.accept(target)) as { state: string; base: string };
		expect(standing.state).toBe('changed');
		expect(await desk.accept(target, { base: standing.base })).toBeNull();
		expect(linesOf(desk)[0]).toBe('#3 article: Đối tượng');
	});

	test('one that moves takes along what belongs to it, and never into itself', async () => {
		const [, desk] = sitDown();
		expect(await desk.accept(await desk.propose({ uid: '#0', kind: 'move', after: '#3' }))).toBeNull();
		expect(linesOf(desk).map((line) => line.slice(0, 2))).toEqual(['#3', '#4', '#5', '#0', '#1', '#2']);
		await expect(desk.propose({ uid: '#0', kind: 'move', after: '#1' })).rejects.toThrow('after');
	});

	test.each([
		[{ uid: '#9', kind: 'delete' }, 'uid'],
		[{ uid: '#1:field', kind: 'insert-after', content: 'x' }, 'uid'],
		[{ uid: '#1', kind: 'replace' }, 'content'],
		[{ uid: '#1', kind: 'replace', content: [{ type: 'table' }] }, 'content'],
		[
			{ uid: '#1', kind: 'replace', content: { type: 'provision', attrs: { level: 'x' }, content: [{ type: 'nothing' }] } },
			'content'
		],
		[{ uid: '#1', kind: 'insert-after', content: '' }, 'content']
	] as [Omit<NewProposal, 'reason'>, string][])('%j cannot be proposed: %s is wrong', async (wanted, field) => {
		const [, desk] = sitDown();
		await expect(desk.propose(wanted)).rejects.toThrow(field);
	});
});
