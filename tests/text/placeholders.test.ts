import { NodeSelection } from '@tiptap/pm/state';
import { afterEach, expect, test } from 'vitest';
import { Person, provisions, sync } from './support/person.ts';

const START = provisions(['article', 'clause'], (nth) => `Giao  báo cáo ${nth}`);
const people: Person[] = [];
afterEach(() => {
	for (const person of people.splice(0)) person.destroy();
});

/** Two pages of one text with a placeholder behind "Giao " in the clause. */
function pages(): [Person, Person] {
	const [a, b] = [11, 12].map((clientId) => new Person(START, { clientId }));
	people.push(a, b);
	a.dispatch(a.state.tr.insert(a.at(1, 5), a.schema.nodes.placeholder.create({ label: 'cơ quan' })));
	sync(a, b);
	return [a, b];
}

function labels({ doc }: Person): unknown[] {
	const found: unknown[] = [];
	doc.descendants((node) => void (node.type.name === 'placeholder' && found.push(node.attrs.label)));
	return found;
}

function select(person: Person): void {
	person.dispatch(person.state.tr.setSelection(NodeSelection.create(person.doc, person.at(1, 5))));
}

test('a placeholder has a uid of its own, and what it asks for reaches colleagues (WR6)', () => {
	const [a, b] = pages();
	expect(labels(b)).toEqual(['cơ quan']);
	expect(b.doc.nodeAt(b.at(1, 5))?.attrs.uid).toEqual(expect.any(String));
	expect(a.doc.eq(b.doc)).toBe(true);
});

test('what is typed on it stands in its place, beside what a colleague does to its block; one undo brings it back', () => {
	const [a, b] = pages();
	a.shared.undo.stopCapturing();
	select(a);
	a.dispatch(a.state.tr.insertText('Sở Nội vụ'));
	b.setLevel(1, 'point');
	b.dispatch(b.state.tr.insertText('!', b.at(1, 0)));
	sync(a, b);
	expect(a.texts[1]).toBe('!Giao Sở Nội vụ báo cáo 1');
	expect([a.doc.eq(b.doc), a.doc.child(1).attrs.level]).toEqual([true, 'point']);
	a.undo();
	sync(a, b);
	expect([labels(a), labels(b)]).toEqual([['cơ quan'], ['cơ quan']]);
	expect(a.doc.child(1).textContent).toBe('!Giao  báo cáo 1');
});

test('two who fill in the same one at the same moment lose neither wording', () => {
	const [a, b] = pages();
	for (const [person, words] of [
		[a, 'Sở Nội vụ'],
		[b, 'Sở Tài chính']
	] as const) {
		select(person);
		person.dispatch(person.state.tr.insertText(words));
	}
	sync(a, b);
	expect(a.doc.eq(b.doc)).toBe(true);
	expect(labels(a)).toEqual([]);
	for (const words of ['Sở Nội vụ', 'Sở Tài chính']) expect(a.texts[1]).toContain(words);
});
