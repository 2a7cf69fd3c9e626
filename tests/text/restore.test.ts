import { describe, expect, test } from 'vitest';
import { bringIn } from '../../src/lib/text/bring-in.ts';
import { NotFound } from '../../src/lib/text/edits.ts';
import { type LateWork, lateWork } from '../../src/lib/text/late-work.ts';
import { EditMaker, type Plan } from '../../src/lib/text/planned-edit.ts';
import { restore, restoreProvision } from '../../src/lib/text/restore.ts';
import { caretIn, expectSame, people } from './support/people.ts';
import { type Person, provisions, sync } from './support/person.ts';

const LEVELS = ['article', 'clause', 'clause', 'article', 'clause', 'article', 'clause'];
const TEXTS = ['Một', 'một hai ba', 'bốn năm', 'Hai', 'sáu bảy', 'Ba', 'tám chín'];
const START = provisions(LEVELS, (nth) => TEXTS[nth]);

/** Two people, and the server, which keeps the text as it was. */
function begin() {
	const [a, b, server] = people(3, START);
	const maker = new EditMaker(server.shared.model, 'server');
	return {
		a,
		b,
		server,
		former: server.doc.toJSON().content as unknown[],
		edit: (plan: Plan) => maker.prepare(plan).write(),
		/** Does it, and answers what takes it back. */
		restoring(plan: Plan): LateWork | null {
			let inverse: LateWork | null = null;
			maker
				.prepare((edit) => {
					const before = edit.doc;
					plan(edit);
					inverse = lateWork(edit.doc, before);
				})
				.write();
			return inverse;
		}
	};
}

const lines = ({ leaves }: Person) => leaves.map(({ node }) => node.textContent);
const type = (person: Person, uid: string, offset: number, text: string) => {
	caretIn(person, uid, offset);
	person.type(text);
};

describe('a provision that becomes again what it was', () => {
	test('takes what belonged to it along, and leaves all else as it is', () => {
		const { a, b, server, former, edit } = begin();
		a.delete(3, 0, 3);
		a.deleteBlock(4);
		type(a, '#1', 0, 'mới ');
		sync(a, b, server);
		edit((plan) => restoreProvision(plan, former, '#3'));
		sync(a, b, server);
		expectSame(a, b, server);
		expect(lines(b)).toEqual(['Một', 'mới một hai ba', 'bốn năm', 'Hai', 'sáu bảy', 'Ba', 'tám chín']);
	});

	test('loses what was added to it since, and takes back what was moved elsewhere', () => {
		const { a, b, server, former, edit } = begin();
		const { provision } = a.schema.nodes;
		a.dispatch(a.state.tr.insert(a.before(3), provision.create({ level: 'clause', uid: 'new' }, a.schema.text('thêm'))));
		const cut = a.doc.child(2);
		a.dispatch(a.state.tr.delete(a.before(2), a.before(2) + cut.nodeSize));
		a.dispatch(a.state.tr.insert(a.doc.content.size, cut));
		sync(a, b, server);
		expect(lines(b)).toEqual(['Một', 'một hai ba', 'thêm', 'Hai', 'sáu bảy', 'Ba', 'tám chín', 'bốn năm']);
		edit((plan) => restoreProvision(plan, former, '#0'));
		sync(a, b, server);
		expectSame(a, b, server);
		expect(lines(b)).toEqual(TEXTS);
		expect(b.leaves.map(({ uid }) => uid)).toEqual(TEXTS.map((_text, nth) => `#${nth}`));
	});

	test('that was deleted comes behind what stood in front of it, as far as that is there', () => {
		const { a, b, server, former, edit } = begin();
		for (const nth of [4, 3, 2]) a.deleteBlock(nth);
		sync(a, b, server);
		edit((plan) => restoreProvision(plan, former, '#3'));
		sync(a, b, server);
		expectSame(a, b, server);
		expect(lines(b)).toEqual(['Một', 'một hai ba', 'Hai', 'sáu bảy', 'Ba', 'tám chín']);
	});

	test('is refused when it never was among these blocks, and nothing happens', () => {
		const { server, former, edit } = begin();
		const before = server.doc;
		expect(() => edit((plan) => restoreProvision(plan, former, 'nowhere'))).toThrow(NotFound);
		expect(server.doc).toBe(before);
	});
});

describe('a restoration that is taken back', () => {
	test('leaves the text as it was before it, with the comments on its letters', () => {
		const { a, b, server, former, restoring, edit } = begin();
		a.deleteBlock(6);
		type(a, '#1', 3, ' rưỡi');
		a.setLevel(2, 'point');
		sync(a, b, server);
		server.ydoc.transact(() => server.ydoc.getText('#1').format(0, 3, { 'comment:1': true }), 'server');
		const before = server.doc.toJSON();
		const inverse = restoring((plan) => restore(plan, former));
		expect(server.doc.toJSON().content).toEqual(former);
		edit((plan) => void bringIn(plan, inverse!, 'trước'));
		sync(a, b, server);
		expectSame(a, b, server);
		expect(server.doc.toJSON()).toEqual(before);
		expect([...server.shared.model.tags('comment:')]).toEqual([{ block: '#1', name: 'comment:1', from: 0, to: 3 }]);
	});

	test('keeps what two people typed since, in what was restored and elsewhere', () => {
		const { a, b, server, former, restoring, edit } = begin();
		a.delete(1, 0, 4);
		a.deleteBlock(4);
		sync(a, b, server);
		const inverse = restoring((plan) => restore(plan, former));
		// One has heard of it, the other has not.
		sync(a, server);
		type(a, '#1', 10, ' thêm');
		type(b, '#6', 0, 'Bình: ');
		sync(a, b, server);
		edit((plan) => void bringIn(plan, inverse!, 'trước'));
		sync(a, b, server);
		expectSame(a, b, server);
		expect(lines(b)).toEqual(['Một', 'hai ba thêm', 'bốn năm', 'Hai', 'Ba', 'Bình: tám chín']);
	});

	test('has nothing to take back when the text was the same already', () => {
		const { former, restoring } = begin();
		expect(restoring((plan) => restore(plan, former))).toBeNull();
	});
});
