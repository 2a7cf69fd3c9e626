import { TextSelection } from '@tiptap/pm/state';
import { beforeEach, describe, expect, test } from 'vitest';
import { moveSubtree } from '../documents/editor/structure/move.ts';
import { enterInProvision } from '../documents/editor/structure/enter.ts';
import { numberProvisions } from '../documents/numbering/numbering.ts';
import { EditMaker, type Plan } from '../text/planned-edit.ts';
import { caretIn, people } from '../../../tests/text/support/people.ts';
import { type Person, provisions, sync } from '../../../tests/text/support/person.ts';
import { passagesIn } from './passages.ts';
import { AnchorFinder, findQuote } from './anchors.ts';
import { createAnchors } from './anchors.server.ts';
import type { Anchor, Range } from './threads.ts';

const LEVELS = ['article', 'clause', 'clause', 'article', 'clause'];
const TEXTS = ['Phạm vi', 'một hai ba hai', 'bốn năm sáu', 'Đối tượng', 'một hai ba hai'];

let a: Person;
let b: Person;
let server: Person;

/** Everybody hears of everything; the third is the room of the server. */
const share = () => sync(a, b, server);
const DOCUMENT = { id: 'document', profile: 'nd30' } as const;

function anchors() {
	return createAnchors({
		readText: async (_id, read) => read(server.shared.model),
		applyServerEdit: async (_id: string, plan: Plan) => {
			new EditMaker(server.shared.model, 'server').prepare(plan).write();
		}
	});
}

function range(uid: string, quote: string | null, more: Partial<Range> = {}): Range {
	return { id: more.id ?? `${uid} ${quote}`, uid, quote, prefix: '', suffix: '', numberThen: '', ...more };
}

/** Where a passage is, once everybody has heard of everything; all screens agree. */
function where(of: Range): Pick<Anchor, 'uid' | 'state' | 'number'> {
	share();
	const seen = [a, b, server].map(({ shared }) =>
		new AnchorFinder(shared.model, (content) => numberProvisions(content, 'nd30')).find(of)
	);
	expect(seen[0]).toEqual(seen[1]);
	expect(seen[0]).toEqual(seen[2]);
	const { uid, state, number } = seen[0];
	return { uid: uid.startsWith('#') ? uid : 'new', state, number };
}

async function tied(of: Range): Promise<Range> {
	share();
	await anchors().tie(DOCUMENT, [of], 'reviewer');
	share();
	return of;
}

beforeEach(() => {
	[a, b, server] = people(
		3,
		provisions(LEVELS, (nth) => TEXTS[nth])
	);
});

describe('a passage that is tied to its letters', () => {
	const HAI = () => range('#1', 'hai', { prefix: 'một ' });

	test('is where they are, under the number of their provision', async () => {
		expect(where(await tied(HAI()))).toEqual({ uid: '#1', state: 'exact', number: 'khoản 1 Điều 1' });
	});

	test('goes along when the provision is moved, and is cited by its new number', async () => {
		const of = await tied(HAI());
		a.run(moveSubtree(1, 3));
		expect(where(of)).toEqual({ uid: '#1', state: 'exact', number: 'khoản 2 Điều 1' });
	});

	test('goes along with a split, a join and what a colleague does to the letters', async () => {
		const of = await tied(HAI());
		caretIn(a, '#1', 4);
		a.run(enterInProvision('nd30'));
		expect(where(of)).toEqual({ uid: 'new', state: 'exact', number: 'khoản 2 Điều 1' });
		a.joinUp(2);
		a.joinUp(1);
		expect(where(of)).toMatchObject({ uid: '#0', state: 'exact', number: 'Điều 1' });
	});

	test('is changed when its words are, and exact again when that is taken back', async () => {
		const of = await tied(HAI());
		caretIn(a, '#1', 5);
		a.type('X');
		expect(where(of)).toMatchObject({ uid: '#1', state: 'changed' });
		a.undo();
		expect(where(of)).toMatchObject({ uid: '#1', state: 'exact' });
	});

	test('is never at the same words elsewhere: with the provision it is deleted, and back with its undoing', async () => {
		const of = await tied(HAI());
		a.deleteBlock(1);
		expect(where(of)).toEqual({ uid: '#1', state: 'deleted', number: '' });
		a.undo();
		expect(where(of)).toEqual({ uid: '#1', state: 'exact', number: 'khoản 1 Điều 1' });
	});

	test('does not grow by what is typed behind it', async () => {
		const of = await tied(range('#2', 'sáu'));
		caretIn(b, '#2', 11);
		b.type(' bảy');
		expect(where(of)).toMatchObject({ uid: '#2', state: 'exact' });
	});

	test('is tied where the page had it, whatever was typed meanwhile', async () => {
		const [passage] = passagesIn(a.doc, TextSelection.create(a.doc, a.at(1, 4), a.at(1, 7)), a.shared.model);
		expect(passage).toMatchObject({ uid: '#1', quote: 'hai', prefix: 'một ', suffix: ' ba hai' });
		caretIn(b, '#1', 5);
		b.type('X');
		caretIn(b, '#1', 0);
		b.type('Y ');
		caretIn(b, '#1', 4);
		b.run(enterInProvision('nd30'));
		expect(where(await tied({ ...range('#1', 'hai'), ...passage, id: 'meanwhile' }))).toMatchObject({
			uid: 'new',
			state: 'changed'
		});
		const [tag] = [...server.shared.model.tags('comment:')];
		expect(server.leaves.find(({ uid }) => uid === tag.block)!.node.textContent.slice(tag.from, tag.to)).toBe('hXai');
	});

	test('is not tied by positions that are none', async () => {
		expect(where(await tied({ ...HAI(), ...{ start: 'AAAA', end: '////' } }))).toMatchObject({ uid: '#1', state: 'exact' });
	});

	test('is untied without a trace', async () => {
		const of = await tied(HAI());
		await anchors().untie(DOCUMENT, [of.id], 'reviewer');
		share();
		expect([...a.shared.model.tags('comment:')]).toEqual([]);
	});
});

describe('a passage that no letters are tied to', () => {
	test('is found by its words in its own provision', () => {
		expect(where(range('#2', 'năm'))).toEqual({ uid: '#2', state: 'exact', number: 'khoản 2 Điều 1' });
	});

	test('that stands there twice is not guessed, but told by what stood around it', () => {
		expect(where(range('#1', 'hai'))).toMatchObject({ uid: '#1', state: 'changed' });
		expect(where(range('#1', 'hai', { prefix: 'ba ' }))).toMatchObject({ uid: '#1', state: 'exact' });
	});

	test('whose words are gone is at its provision, as changed', () => {
		expect(where(range('#2', 'tám'))).toMatchObject({ uid: '#2', state: 'changed' });
	});

	test('of the whole provision is where that is, also where it was joined to another', () => {
		expect(where(range('#2', null))).toMatchObject({ uid: '#2', state: 'exact' });
		a.joinUp(2);
		expect(where(range('#2', null))).toMatchObject({ uid: '#1', state: 'changed', number: 'khoản 1 Điều 1' });
	});

	test('with an anchor that nobody issued is not believed: only its own id counts', async () => {
		await tied(range('#4', 'ba', { id: 'forged' }));
		expect(where(range('#2', 'năm', { id: 'real' }))).toMatchObject({ uid: '#2', state: 'exact' });
	});
});

describe('the words of a quote', () => {
	test.each([
		['một hai ba', 'hai', '', '', { from: 4, to: 7 }],
		['một hai ba hai', 'hai', '', '', null],
		['một hai ba hai', 'hai', 'ba ', '', { from: 11, to: 14 }],
		['một hai ba hai', 'hai', '', ' ba', { from: 4, to: 7 }],
		['hai hai', 'hai', 'x', '', null],
		['một\uFFFC hai', 'một hai', '', '', { from: 0, to: 8 }],
		['một\nhai', 'ộth', '', '', { from: 1, to: 5 }],
		['aaa', 'aa', '', '', null],
		['một', '', '', '', null]
	])('of "%s": "%s" between "%s" and "%s"', (letters, quote, prefix, suffix, place) => {
		expect(findQuote(letters, quote, prefix, suffix)).toEqual(place);
	});
});

test('of what somebody chooses it is said how it is cited, and whether it ever was', async () => {
	a.deleteBlock(4);
	share();
	expect(await anchors().choose(DOCUMENT, [range('#2', 'năm'), range('#4', null), range('nowhere', null)])).toEqual([
		{ number: 'khoản 2 Điều 1' },
		{ number: '' },
		null
	]);
});
