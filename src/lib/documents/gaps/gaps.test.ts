import { expect, test } from 'vitest';
import {
	appendix,
	article,
	basis,
	block,
	chapter,
	clause,
	doc,
	header,
	p,
	point,
	recipients,
	reference,
	signature,
	t,
	table
} from '../../../../tests/support/sample-documents.ts';
import type { JsonNode } from '../schema/json.ts';
import { documentSchema } from '../schema/schema.ts';
import { countGaps, type Gap, gapsOf } from './gaps.ts';

const placeholder = (label: string): JsonNode => ({ type: 'placeholder', attrs: { uid: null, label } });

function documentOf(...content: JsonNode[]) {
	return documentSchema.nodeFromJSON(doc(...content));
}

function gaps(...content: JsonNode[]): Gap[] {
	return gapsOf(documentOf(...content), (uid) => uid === 'there');
}

/** Kind, and what is printed or which field it is. */
function told(...content: JsonNode[]): string[] {
	return gaps(...content).map(({ kind, text, field }) => [kind, field ?? text].filter(Boolean).join(' '));
}

test('placeholders are counted where they stand, also those written as text and those in fields and tables', () => {
	const content = [
		header({ agency: 'SỞ NỘI VỤ', subject: 'Về [nội dung]' }),
		article('Giao ', placeholder('tên cơ quan'), ' chủ trì, [cơ quan khác] phối hợp, xem [1].'),
		table([
			['TT', 'Việc'],
			['1', '[Nhiệm vụ]']
		])
	];
	expect(told(...content)).toEqual([
		'placeholder [nội dung]',
		'placeholder [tên cơ quan]',
		'placeholder [cơ quan khác]',
		'placeholder [Nhiệm vụ]'
	]);
	const body = documentOf(...content);
	for (const { from, to, text } of gapsOf(body, () => true)) {
		const node = body.nodeAt(from);
		expect(node?.type.name === 'placeholder' ? `[${node.attrs.label}]` : body.textBetween(from, to)).toBe(text);
	}
});

test('a field that must be filled is a gap when it is there and empty; one that only some documents have is none', () => {
	expect(
		told(
			header({ parent: '', agency: '', symbol: ' ', placeDate: 'Hải Phòng', kind: '', subject: '' }),
			basis(''),
			article('Nội dung.'),
			recipients('- Như trên;', ''),
			signature({ authority: '', position: 'CHỦ TỊCH', signer: '' })
		)
	).toEqual([
		'empty-field agency',
		'empty-field symbol',
		'empty-field subject',
		'empty-field legalBasis',
		'empty-field recipients',
		'empty-field signer'
	]);
});

test('a provision is a gap when it has no words and nothing stands under it; a heading always needs its words', () => {
	expect(gaps(article(), clause('a'), clause(), point('b'), clause(), p('c')).length).toBe(0);
	expect(gaps(clause(), clause('a')).map(({ index }) => index)).toEqual([0]);
	expect(gaps(clause(), p(''), point()).map(({ index }) => index)).toEqual([0, 2]);
	expect(gaps(article(), signature({ position: 'A' })).map(({ index }) => index)).toEqual([0]);
	expect(gaps(chapter(), article('a'))).toHaveLength(1);
	expect(gaps(appendix(''), p('a'))).toHaveLength(1);
	expect(gaps(appendix('', 'attachment'), header({ agency: 'A' }))).toHaveLength(0);
});

test('a reference is a gap when what it names is not there', () => {
	expect(told(article('Theo ', reference('there', 'Điều 1'), ' và ', reference('gone', 'Điều 9'), '.'))).toEqual([
		'broken-reference Điều 9'
	]);
	expect(told(clause('Theo ', block('reference', { target: null, text: 'Điều 3' })))).toEqual(['broken-reference Điều 3']);
});

test('plain text is finished, and each kind is counted', () => {
	expect(gaps(header({ agency: 'A' }), article('Phạm vi'), p(''), p(t('đậm', 'bold')))).toEqual([]);
	expect(countGaps(gaps(clause(), clause('[số liệu] và [nội dung]'), basis('')))).toEqual({
		placeholder: 2,
		'empty-field': 1,
		'empty-provision': 1,
		'broken-reference': 0
	});
});
