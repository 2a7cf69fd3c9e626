import { expect, test } from 'vitest';
import type { JsonNode } from '../documents/schema/json.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import { agencyInSentence, attachedTo } from '../documents/references/attached-to.ts';
import { buildOutline } from './build-outline.ts';
import { runsText, type HeaderBlock, type OutlineBlock } from './outline.ts';
import * as sample from '../../../tests/support/sample-documents.ts';
import { isTitle } from './title.ts';

function blocksOf(profile: ProfileId, ...content: JsonNode[]): OutlineBlock[] {
	return buildOutline({ title: 'T', profile, content: sample.doc(...content) }).blocks;
}

test.each([
	['article', 'Phạm vi điều chỉnh', true, true],
	['article', 'Phạm vi điều chỉnh', false, true],
	['article', 'Ban hành kèm theo Nghị quyết này Chương trình hành động.', false, false],
	['article', 'Phê duyệt Đề án với những nội dung sau đây:', true, false],
	['article', 'Nghị quyết này có hiệu lực từ ngày ký./.', false, false],
	['article', 'Sửa đổi Điều 5 như sau: “Hiệu lực.”', false, false],
	['article', `${'dài '.repeat(80)}`, true, false],
	['article', '', false, true],
	['clause', 'Mục đích', true, true],
	['clause', 'Mục đích', false, false],
	['clause', 'Các hành vi sau đây:', true, false],
	['chapter', 'Những quy định chung.', true, true],
	['point', 'Mục tiêu', true, false]
] as const)('%s %j, with something below: %s → title: %s', (level, text, hasChildren, expected) => {
	expect(isTitle(level, text, hasChildren)).toBe(expected);
});

test('what was decided of a Điều holds, whatever its text reads like', () => {
	expect(isTitle('article', 'Ban hành Quy chế.', false, true)).toBe(true);
	expect(isTitle('article', 'Phạm vi điều chỉnh', true, false)).toBe(false);
	expect(isTitle('clause', 'Mục đích', true, false)).toBe(false);
});

test('the lines between the header and the first legal basis name who issues the document', () => {
	const header = sample.header({ kind: 'QUYẾT ĐỊNH' });
	const blocks = blocksOf('nd30', header, sample.centred('GIÁM ĐỐC SỞ'), sample.basis('Căn cứ;'), sample.centred('Giữa'));
	expect(blocks.map((block) => block.type)).toEqual(['header', 'issuer', 'legalBasis', 'paragraph']);
	expect(blocksOf('nd30', header, sample.centred('Giữa'), sample.p('x'))[1].type).toBe('paragraph');
});

test('signature and recipients share a row whichever comes first; two signatures do not', () => {
	const signature = sample.signature({ signer: 'A' });
	const recipients = sample.recipients('- Lưu: VT.');
	for (const pair of [
		[signature, recipients],
		[recipients, signature]
	]) {
		expect(blocksOf('nd30', ...pair)).toMatchObject([{ type: 'closing', hasSignature: true, hasRecipients: true }]);
	}
	expect(blocksOf('nd30', signature, signature, recipients)).toHaveLength(2);
});

test('a symbol gets its `Số` and a Party legal basis its dash, unless the text has it', () => {
	const symbolOf = (profile: ProfileId, symbol: string) =>
		runsText((blocksOf(profile, sample.header({ symbol }))[0] as HeaderBlock).symbol[0]);
	expect(symbolOf('nd30', '05/QĐ-UBND')).toBe('Số: 05/QĐ-UBND');
	expect(symbolOf('nd30', 'Số: 05/QĐ-UBND')).toBe('Số: 05/QĐ-UBND');
	expect(symbolOf('party-2026', '03-NQ/TU')).toBe('Số 03-NQ/TU');
	expect(blocksOf('party-2026', sample.basis('Căn cứ A;'), sample.basis('- Căn cứ B;'))).toMatchObject([
		{ prefix: '- ' },
		{ prefix: '' }
	]);
	expect(blocksOf('nd30', sample.basis('Căn cứ A;'))).toMatchObject([{ prefix: '' }]);
});

test('the subject of a letter stands under its symbol', () => {
	const [letter] = blocksOf('nd30', sample.header({ symbol: '1/UBND-NC', subject: 'V/v họp trực tuyến' }));
	expect(letter).toMatchObject({ subject: [], about: [[{ text: 'V/v họp trực tuyến' }]] });
});

test('one appendix is not numbered, two are; each says what it belongs to, once', () => {
	const header = sample.header({
		agency: 'ỦY BAN NHÂN DÂN THÀNH PHỐ AN HẢI',
		symbol: '7/KH-UBND',
		placeDate: 'An Hải, ngày 05 tháng 3 năm 2026',
		kind: 'KẾ HOẠCH'
	});
	const said = '(Kèm theo Kế hoạch số 7/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân thành phố An Hải)';
	expect(blocksOf('nd30', header, sample.appendix('Một'))[1]).toMatchObject({ label: 'Phụ lục', attachedTo: said });
	const two = blocksOf('nd30', header, sample.appendix('Một'), sample.centred('(Kèm theo Kế hoạch này)'), sample.appendix('Hai'));
	expect(two[1]).toMatchObject({ label: 'Phụ lục I', attachedTo: null });
	expect(two[2]).toMatchObject({ type: 'paragraph', align: 'center', italic: true });
	expect(two[3]).toMatchObject({ label: 'Phụ lục II', attachedTo: said });
	const next = blocksOf(
		'nd30',
		header,
		sample.appendix('Một'),
		sample.p('a'),
		sample.appendix('Hai'),
		sample.centred('(Kèm theo này)')
	);
	expect(next[1], 'what the next one says is not its own').toMatchObject({ attachedTo: said });
	const attached = blocksOf('nd30', header, sample.appendix('', 'attachment'), sample.header({ kind: 'QUY CHẾ' }));
	expect(attached[1]).toMatchObject({ label: null, attachedTo: null });
	expect(attached[2]).toMatchObject({ attachedTo: said });
});

test('what a reference prints follows the numbers; a broken one keeps its last text', () => {
	const [, block] = blocksOf(
		'nd30',
		sample.named('first', sample.article('Một')),
		sample.clause('theo ', sample.reference('first', 'Điều 9'), ' và ', sample.reference('gone', 'Điều 8'))
	);
	expect(block).toMatchObject({
		runs: [{ text: 'theo ' }, { text: 'Điều 1', target: 'first' }, { text: ' và Điều 8' }]
	});
});

test('neighbouring texts that look the same are one run', () => {
	const [block] = blocksOf('nd30', sample.p(sample.t('một '), sample.t('hai', 'comment'), sample.t(' ba', 'bold')));
	expect(block).toMatchObject({ runs: [{ text: 'một hai' }, { text: ' ba', bold: true }] });
});

test('the sentence of adoption is set in italics', () => {
	expect(blocksOf('vbqppl-187', sample.p('Nghị quyết này đã được Hội đồng nhân dân tỉnh thông qua ngày 1.'))[0]).toMatchObject({
		italic: true
	});
	expect(blocksOf('vbqppl-187', sample.p('Nghị quyết này có hiệu lực.'))[0]).toMatchObject({ italic: false });
});

test.each([
	['ỦY BAN NHÂN DÂN THÀNH PHỐ AN HẢI', 'Ủy ban nhân dân thành phố An Hải'],
	['HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH SƠN', 'Hội đồng nhân dân tỉnh Bình Sơn'],
	['THÀNH ỦY AN HẢI', 'Thành ủy An Hải'],
	['BAN CHẤP HÀNH ĐẢNG BỘ', 'Ban Chấp hành Đảng bộ'],
	['CHÍNH PHỦ', 'Chính phủ'],
	['SỞ ABC', 'SỞ ABC'],
	['Văn phòng', 'Văn phòng']
])('%s is written %s in a sentence', (name, expected) => {
	expect(agencyInSentence(name)).toBe(expected);
});

test('what is still open in the header stays open in the line of an appendix', () => {
	const line = (values: Record<string, string>, profile: ProfileId) => {
		const said = { kind: 'NGHỊ QUYẾT', symbol: '', placeDate: '', agency: '', ...values };
		return attachedTo(said, profile === 'nd30' ? 'state' : 'party');
	};
	expect(line({ symbol: 'Số:      /NQ-UBND', placeDate: 'An Hải, ngày     tháng 3 năm 2026' }, 'nd30')).toBe(
		'(Kèm theo Nghị quyết số …/NQ-UBND ngày … tháng 3 năm 2026)'
	);
	expect(line({ symbol: '03-NQ/TU', placeDate: 'An Hải, ngày 05 tháng 02 năm 2026' }, 'party-2026')).toBe(
		'(Kèm theo Nghị quyết số 03-NQ/TU, ngày 05/02/2026)'
	);
	expect(line({}, 'nd30')).toBeNull();
});

test('a table is a full grid, whatever its rows and merges', () => {
	const [block] = blocksOf(
		'nd30',
		sample.table([
			[
				{ text: 'a', span: [1, 9] },
				{ text: 'b', span: [2, 1] }
			],
			[{ text: 'c', span: [9, 1] }],
			['d']
		])
	);
	if (block.type !== 'table') throw new Error('a table was expected');
	const taken = new Map<string, number>();
	for (const [row, cells] of block.rows.entries()) {
		for (const { column, columnSpan, rowSpan } of cells) {
			for (let down = 0; down < rowSpan; down++) {
				for (let at = 0; at < columnSpan; at++) {
					const place = `${row + down}:${column + at}`;
					taken.set(place, (taken.get(place) ?? 0) + 1);
				}
			}
		}
	}
	expect([...taken.values()].every((times) => times === 1)).toBe(true);
	expect(taken.size).toBe(block.rows.length * block.widths.length);
	expect(block.widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(1);
});
