import { expect, test } from 'vitest';
import { articleOf, matches, passes, whoIn } from './thread-filter.ts';
import type { Anchor, Comment, Thread } from './threads.ts';

const said = (name: string, agency: string, body: string): Comment => ({
	id: body,
	author: { id: name, name, title: '', agency, colour: null },
	body,
	createdAt: '2026-01-01',
	editedAt: null,
	deletedAt: null
});
const anchor = (of: Partial<Anchor>): Anchor => ({
	id: 'a',
	uid: '#1',
	quote: 'tổng sản phẩm',
	prefix: '',
	suffix: '',
	numberThen: 'khoản 1 Điều 2',
	number: 'khoản 1 Điều 2',
	state: 'exact',
	...of
});
const thread = (of: Partial<Thread> = {}): Thread => ({
	id: 't',
	documentId: 'd',
	state: 'open',
	openedAt: '2026-01-01',
	agencyId: null,
	isHidden: false,
	proposal: null,
	assignee: null,
	anchors: [anchor({})],
	anchor: anchor({}),
	comments: [said('Bình', 'Sở Tài chính', 'Nguồn nào?'), said('An', 'Sở Nội vụ', 'Tại phụ lục.')],
	decisions: [],
	canAnswer: true,
	canResolve: true,
	canPlace: true,
	canHide: false,
	...of
});

test('one that lost its place is still open or settled, and among the lost', () => {
	const lost = [anchor({ state: 'deleted', number: '' })];
	expect(passes(thread(), lost, 'open', 'x')).toBe(true);
	expect(passes(thread({ state: 'resolved' }), lost, 'resolved', 'x')).toBe(true);
	expect(passes(thread(), lost, 'lost', 'x')).toBe(true);
	expect(passes(thread(), [...lost, anchor({})], 'lost', 'x'), 'one passage is left').toBe(false);
	expect(passes(thread({ anchors: [] }), [], 'lost', 'x'), 'about the whole document').toBe(false);
});

test('mine is what I said something in, or was given', () => {
	expect(passes(thread(), [], 'mine', 'An')).toBe(true);
	expect(passes(thread({ assignee: { id: 'Chi', name: 'Chi' } }), [], 'mine', 'Chi')).toBe(true);
	expect(passes(thread(), [], 'mine', 'Chi')).toBe(false);
});

test('an agency is that of who opened it, a person anybody who said something', () => {
	expect(matches(thread(), { who: 'agency:Sở Tài chính', words: '' })).toBe(true);
	expect(matches(thread(), { who: 'agency:Sở Nội vụ', words: '' })).toBe(false);
	expect(matches(thread(), { who: 'person:An', words: '' })).toBe(true);
	expect(whoIn([thread()]).map(({ value }) => value)).toEqual(['agency:Sở Tài chính', 'person:An', 'person:Bình']);
});

test('words are found in comments, names and quotes, without their marks', () => {
	for (const words of ['nguon nao', 'phu luc', 'BINH', 'tong san pham']) expect(matches(thread(), { who: '', words })).toBe(true);
	expect(matches(thread(), { who: '', words: 'ngân sách' })).toBe(false);
});

test('a thread stands under its article', () => {
	expect(articleOf({ number: 'điểm a khoản 1 Điều 2' })).toBe('Điều 2');
	expect(articleOf({ number: 'Chương II' })).toBe('Chương II');
	expect(articleOf({ number: 'I-' })).toBe('I-');
});
