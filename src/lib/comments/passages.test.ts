import { TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { people } from '../../../tests/text/support/people.ts';
import { type Person, provisions } from '../../../tests/text/support/person.ts';
import { goTo, tableOf } from '../../../tests/text/support/tables.ts';
import { documentSchema } from '../documents/schema/schema.ts';
import { documentToUpdate } from '../text/body.ts';
import { passagesIn } from './passages.ts';

const TEXTS = ['Phạm vi', 'một hai ba', 'bốn năm sáu'];
const START = provisions(['article', 'clause', 'clause'], (nth) => TEXTS[nth]);

const chosen = (person: Person) =>
	passagesIn(person.doc, person.state.selection, person.shared.model).map(({ uid, quote }) => [uid, quote]);

test('words of one provision are one passage, with what stands around them', () => {
	const [a] = people(1, START);
	a.cursorIn(1, 4, 7);
	expect(passagesIn(a.doc, a.state.selection, a.shared.model)).toMatchObject([
		{ uid: '#1', quote: 'hai', prefix: 'một ', suffix: ' ba' }
	]);
});

test('words over several provisions are one passage for each', () => {
	const [a] = people(1, START);
	a.select(a.at(0, 5), a.at(2, 3));
	expect(chosen(a)).toEqual([
		['#0', 'vi'],
		['#1', 'một hai ba'],
		['#2', 'bốn']
	]);
});

test('a cursor is the whole provision it stands in', () => {
	const [a] = people(1, START);
	a.cursorIn(2, 3);
	expect(chosen(a)).toEqual([['#2', null]]);
});

test('a quote has letters alone, without footnotes, and in NFC', () => {
	const [a] = people(1, START);
	a.footnote(1, 5, 'note');
	a.cursorIn(2, 0);
	a.type('e\u0301 ');
	a.cursorIn(1, 4, 8);
	expect(chosen(a)).toEqual([['#1', 'hai']]);
	a.cursorIn(2, 0, 2);
	expect(chosen(a)).toEqual([['#2', 'é']]);
});

test('words in a cell are of that cell, those in a field of that field', () => {
	const [a] = people(1, tableOf(['một', 'hai'], ['ba', 'bốn']));
	goTo(a, 1, 1, 1);
	const { head } = a.state.selection;
	a.select(head, head + 2);
	const [[uid, quote]] = chosen(a);
	expect([uid, quote]).toEqual([expect.stringMatching(/^[^:]+:[^:]+$/), 'ốn']);

	const { documentHeader, headerField, provision } = documentSchema.nodes;
	const header = documentHeader.create({ uid: 'head' }, [
		headerField.create({ name: 'issuer' }, documentSchema.text('ỦY BAN NHÂN DÂN'))
	]);
	const [b] = people(
		1,
		documentToUpdate(documentSchema.node('doc', null, [header, provision.create({ uid: '#0', level: 'article' })]))
	);
	let at = 0;
	b.doc.descendants((node, position) => {
		if (node.isText && node.text?.startsWith('ỦY BAN')) at = position;
	});
	b.dispatch(b.state.tr.setSelection(TextSelection.create(b.doc, at + 3, at + 6)));
	expect(chosen(b)).toEqual([['head:issuer', 'BAN']]);
});
