import { expect, test } from 'vitest';
import type { JsonNode } from '../documents/schema/json.ts';
import { COMMENT_MARK, type CommentedLetters, withCommentMarks } from './comment-marks.ts';
import { exportDocument } from './export-document.ts';
import { readZip } from './zip-reader.ts';

const clause = (uid: string, ...content: JsonNode[]): JsonNode => ({
	type: 'provision',
	attrs: { uid, level: 'clause' },
	content
});
const letters = (text: string): JsonNode => ({ type: 'text', text });
const CONTENT: JsonNode = {
	type: 'doc',
	content: [
		clause('one', letters('Ủy ban '), { type: 'hardBreak' }, letters('nhân dân')),
		clause('two', letters('tổ chức thực hiện'))
	]
};
const at = (uid: string | null, from?: number, to?: number, ...comments: number[]): CommentedLetters => ({
	uid,
	letters: from === undefined ? null : { from, to: to! },
	comments
});

function shown(content: JsonNode): string[] {
	const read = ({ type, attrs, text }: JsonNode) => (type === COMMENT_MARK ? (attrs!.at === 'start' ? '[' : ']') : (text ?? '/'));
	return content.content!.map((block) => block.content!.map(read).join(''));
}

test.each([
	['words', [at('one', 3, 6, 0)], ['Ủy [ban] /nhân dân', 'tổ chức thực hiện']],
	['words around a line break', [at('one', 3, 12, 0)], ['Ủy [ban /nhân] dân', 'tổ chức thực hiện']],
	['a whole block', [at('two', undefined, undefined, 0)], ['Ủy ban /nhân dân', '[tổ chức thực hiện]']],
	['words that overlap', [at('two', 0, 7, 0), at('two', 3, 12, 1)], ['Ủy ban /nhân dân', '[tổ [chức] thực] hiện']],
	['what is gone, or about the whole text', [at('gone', 1, 2, 0), at(null)], ['[[Ủy ban /nhân dân]]', 'tổ chức thực hiện']],
	['letters beyond the end', [at('two', 13, 99, 0)], ['Ủy ban /nhân dân', 'tổ chức thực [hiện]']]
] as [string, CommentedLetters[], string[]][])('%s are marked where they stand', (_what, places, wanted) => {
	expect(shown(withCommentMarks(CONTENT, places))).toEqual(wanted);
});

test('a Word file has comments of Word, with who and when, answers, and whether they are settled', async () => {
	const comments = [
		{ id: 0, parent: null, author: 'An, Sở Tài chính', at: '2026-11-30T02:00:00Z', words: 'Cấp nào?\nNêu rõ.', isResolved: true },
		{ id: 1, parent: 0, author: 'Bình', at: '2026-11-30T03:00:00Z', words: 'Cấp tỉnh.', isResolved: true }
	];
	const order = {
		title: 'Nghị quyết',
		profile: 'nd30' as const,
		content: CONTENT,
		comments: { comments, places: [at('one', 3, 6, 0, 1)] }
	};
	const { bytes } = await exportDocument({ ...order, format: 'docx' });
	const files = readZip(bytes);
	const read = (name: string) => new TextDecoder().decode(files.get(name));
	const body = read('word/document.xml');
	expect(body).toMatch(
		/commentRangeStart w:id="0"\/><w:commentRangeStart w:id="1"\/>(?:(?!<\/w:p>).)*>ban<(?:(?!<\/w:p>).)*commentRangeEnd w:id="0"/
	);
	const kept = read('word/comments.xml');
	for (const words of ['An, Sở Tài chính', 'Cấp nào?', 'Nêu rõ.', 'Cấp tỉnh.', '2026-11-30T03:00:00'])
		expect(kept).toContain(words);
	expect(read('word/commentsExtended.xml')).toMatch(/paraIdParent="[^"]+"/);
	expect(read('word/commentsExtended.xml')).toMatch(/w15:done="1"/);

	for (const format of ['txt', 'html'] as const) {
		const plain = new TextDecoder().decode((await exportDocument({ ...order, format })).bytes);
		const without = new TextDecoder().decode((await exportDocument({ ...order, comments: undefined, format })).bytes);
		expect(plain, format).toBe(without);
	}
});
