import { Fragment } from '@tiptap/pm/model';
import { describe, expect, test } from 'vitest';
import { documentSchema as schema } from '../../src/lib/documents/schema/schema.ts';
import { withWords } from '../../src/lib/text/with-words.ts';

const { footnote, reference } = schema.nodes;
const note = footnote.create({ uid: 'note', text: 'Nguồn: báo cáo' });
const cited = reference.create({ target: 'x', text: 'khoản 2 Điều 5' });
const bold = (words: string) => schema.text(words, [schema.marks.bold.create()]);
const content = Fragment.fromArray([
	schema.text('Đạt 80%'),
	note,
	schema.text(' theo '),
	cited,
	schema.text(' trước '),
	bold('năm 2030')
]);
const shown = (fragment: Fragment) =>
	fragment.content
		.map((node) => (node.isText ? (node.marks.length > 0 ? `**${node.text}**` : node.text) : `<${node.type.name}>`))
		.join('');

describe('a content with other words', () => {
	test.each([
		['Đạt 80% theo  trước năm 2030', 'Đạt 80%<footnote> theo <reference> trước **năm 2030**'],
		['Đạt 85% theo  trước năm 2030', 'Đạt 85%<footnote> theo <reference> trước **năm 2030**'],
		['Đạt tỷ lệ 80% theo  sau năm 2031', 'Đạt tỷ lệ 80%<footnote> theo <reference> sau **năm 2031**'],
		['Khác hẳn', 'Khác hẳn'],
		['', '']
	])('“%s” keeps the footnotes, references and marks whose words stay', (words, wanted) => {
		expect(shown(withWords(schema, content, words))).toBe(wanted);
	});

	test('a line is a line break', () => {
		expect(shown(withWords(schema, Fragment.from(schema.text('một')), 'một\nhai'))).toBe('một<hardBreak>hai');
	});
});
