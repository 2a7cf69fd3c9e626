import { EditorState } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { linesOf, stateOf } from '../../../../../tests/support/editor-states.ts';
import { numberingPlugin } from '../numbers/numbering-state.ts';
import { find, findKey, findMatches, findNext, findPlugin, replaceAll, replaceCurrent } from './find.ts';

function open(lines: string[], text: string, options: { exact?: boolean; wholeWord?: boolean } = {}): EditorState {
	const { doc } = stateOf(...lines);
	let state = EditorState.create({ doc, plugins: [numberingPlugin('nd30'), findPlugin()] });
	find({ text, exact: false, wholeWord: false, ...options })(state, (transaction) => (state = state.apply(transaction)));
	return state;
}

function count(state: EditorState): number {
	return findKey.getState(state)?.matches.length ?? -1;
}

test.each([
	['uy ban', {}, 3],
	['ỦY BAN', {}, 3],
	['Ủy ban', { exact: true }, 1],
	['Uỷ ban', { exact: true }, 1],
	['ban', { wholeWord: true }, 3],
	['an', { wholeWord: true }, 0],
	['an', {}, 5],
	['   ', {}, 0]
])('%j %j is found %i times', (text, options, times) => {
	const lines = ['article: Ủy ban nhân dân', 'clause: uỷ ban và Uỷ ban'];
	expect(count(open(lines, text, options))).toBe(times);
});

test('the text of a match is the one in the document', () => {
	const { doc } = stateOf('clause: Chủ tịch Ủy ban', 'clause: ủy ban');
	const found = findMatches(doc, { text: 'uy ban', exact: false, wholeWord: true }, null);
	expect(found.map(({ from, to }) => doc.textBetween(from, to))).toEqual(['Ủy ban', 'ủy ban']);
});

test('next and previous go round', () => {
	let state = open(['clause: a', 'clause: a', 'clause: a'], 'a');
	const places: (number | undefined)[] = [];
	for (const by of [1, 1, 1, -1] as const) {
		findNext(by)(state, (transaction) => (state = state.apply(transaction)));
		places.push(findKey.getState(state)?.current);
	}
	expect(places).toEqual([1, 2, 0, 2]);
});

test('replacing one goes on to the next; replacing all leaves nothing, marks stay', () => {
	let state = open(['clause: mot hai', 'clause: mot hai'], 'mot');
	replaceCurrent('một')(state, (transaction) => (state = state.apply(transaction)));
	expect(linesOf(state).map((line) => line.replace('|', ''))).toEqual(['clause: một hai', 'clause: mot hai']);
	replaceAll('ba')(state, (transaction) => (state = state.apply(transaction)));
	expect(state.doc.textContent).toBe('ba haiba hai');
	expect(count(state)).toBe(0);
});

test('what is found follows edits', () => {
	let state = open(['clause: a b a'], 'a');
	state = state.apply(state.tr.insertText('aa', 1));
	expect(count(state)).toBe(4);
	expect(findKey.getState(state)?.shown.find()).toHaveLength(4);
});

const ARTICLES = [
	'article: Phạm vi',
	'article: Trách nhiệm',
	'clause: Cơ quan chủ trì:',
	'point: Chuẩn bị;',
	'point: Mời các bên.',
	'clause: Báo cáo theo khoản 1 Điều 2.'
];

test.each([
	['Điều 2', ['Điều 2.', 'khoản 1 Điều 2']],
	['dieu 2', ['Điều 2.', 'khoản 1 Điều 2']],
	['Điều 2. Trách', ['Điều 2. Trách']],
	['khoản 1', ['1.', 'khoản 1']],
	['điểm b khoản 1 Điều 2', ['b)']],
	['diem b', ['b)']],
	['b) Mời', ['b) Mời']],
	['Điều 3', []]
])('%j is found where it is printed: %j', (text, places) => {
	const state = open(ARTICLES, text);
	const { matches } = findKey.getState(state)!;
	const blocks = matches.map(({ from }) => state.doc.resolve(from).parent.textContent);
	expect(blocks).toHaveLength(places.length);
	for (const [nth, { from, to, isComputed }] of matches.entries()) {
		const words = state.doc.textBetween(from, to);
		expect(places[nth]).toContain(words);
		expect(isComputed).toBe(words !== places[nth] && !places[nth]!.startsWith('khoản 1 '));
	}
});

test('a placeholder is found as it is printed, and replaced as a whole only', () => {
	const { doc, schema } = stateOf('clause: Giao  báo cáo cơ quan chủ trì.');
	let state = EditorState.create({ doc, plugins: [numberingPlugin('nd30'), findPlugin()] });
	const dispatch = (transaction: Parameters<typeof state.apply>[0]) => (state = state.apply(transaction));
	dispatch(state.tr.insert(6, schema.nodes.placeholder.create({ uid: 'p', label: 'cơ quan' })));
	find({ text: 'co quan', exact: false, wholeWord: false })(state, dispatch);
	expect(count(state)).toBe(2);
	replaceAll('đơn vị')(state, dispatch);
	expect(state.doc.textContent).toBe('Giao  báo cáo đơn vị chủ trì.');
	find({ text: '[cơ quan]', exact: true, wholeWord: false })(state, dispatch);
	replaceAll('Sở Nội vụ')(state, dispatch);
	expect(state.doc.textContent).toBe('Giao Sở Nội vụ báo cáo đơn vị chủ trì.');
});

test('words across a reference are found; replacing all leaves references and numbers as they are', () => {
	const { doc, schema } = stateOf('article#a: Phạm vi', 'clause: Theo quy định tại');
	let state = EditorState.create({ doc, plugins: [numberingPlugin('nd30'), findPlugin()] });
	const end = doc.content.size - 1;
	state = state.apply(
		state.tr.insert(end, [
			schema.text(' '),
			schema.nodes.reference.create({ target: 'a', text: 'cũ', scope: 'document' }),
			schema.text(' thì làm tại Điều 9.')
		])
	);
	const dispatch = (transaction: Parameters<typeof state.apply>[0]) => (state = state.apply(transaction));
	find({ text: 'tại Điều 1 thì', exact: false, wholeWord: false })(state, dispatch);
	expect(count(state)).toBe(1);
	find({ text: 'Điều', exact: false, wholeWord: false })(state, dispatch);
	expect(count(state)).toBe(3);
	replaceAll('Mục')(state, dispatch);
	expect(state.doc.textContent).toContain('tại Mục 9.');
	let references = 0;
	state.doc.descendants((node) => void (references += Number(node.type.name === 'reference')));
	expect(references).toBe(1);
	expect(state.doc.child(0).textContent).toBe('Phạm vi');
});
