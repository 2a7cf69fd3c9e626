import { describe, expect, test } from 'vitest';
import { inlineText, type JsonNode } from '../schema/json.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { recognise } from './recognise.ts';
import { summary } from '../../../../tests/support/recognised.ts';
import { textToBlocks } from './text.ts';

function read(lines: string[], profile: ProfileId = 'nd30') {
	const result = recognise(textToBlocks(lines.join('\n')), { profile });
	const fields = (type: string) =>
		(result.content.content ?? [])
			.filter((block) => block.type === type)
			.map((block) => (block.content ?? []).map((field: JsonNode) => `${String(field.attrs?.name)}: ${inlineText(field)}`));
	return { ...result, fields, lines: summary(result.content), printed: result.report.printed };
}

const STATE = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'];

describe('header', () => {
	test.each([
		[
			'on lines of their own',
			['ỦY BAN NHÂN DÂN', 'THÀNH PHỐ HẢI PHÒNG', '-------', ...STATE, 'Số: 05/KH-UBND'],
			['agency: ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG', 'symbol: Số: 05/KH-UBND']
		],
		[
			'with a parent',
			['BỘ KHOA HỌC VÀ CÔNG NGHỆ', 'CỤC CHUYỂN ĐỔI SỐ', ...STATE, 'Số: 12/KH-CĐS'],
			['parent: BỘ KHOA HỌC VÀ CÔNG NGHỆ', 'agency: CỤC CHUYỂN ĐỔI SỐ', 'symbol: Số: 12/KH-CĐS']
		],
		[
			'joined as a copied table',
			[`QUỐC HỘI ${STATE[0]}`, `${STATE[1]} Luật số: 24/2018/QH14 Hà Nội, ngày 05 tháng 3 năm 2026`],
			['agency: QUỐC HỘI', 'symbol: Luật số: 24/2018/QH14', 'placeDate: Hà Nội, ngày 05 tháng 3 năm 2026']
		],
		[
			'with places left open',
			['SỞ TƯ PHÁP', ...STATE, 'Số:      /KH-STP', 'Hải Phòng, ngày     tháng     năm 2026'],
			['agency: SỞ TƯ PHÁP', 'symbol: Số: /KH-STP', 'placeDate: Hải Phòng, ngày tháng năm 2026']
		]
	])('%s', (_name, lines, expected) => {
		const result = read([...lines, 'KẾ HOẠCH', 'Chuyển đổi số năm 2026', 'I. MỤC TIÊU', '1. Một.']);
		const rest = ['kind: KẾ HOẠCH', 'subject: Chuyển đổi số năm 2026'];
		expect(result.fields('documentHeader')).toEqual([[...expected, ...rest]]);
		expect(result.printed.filter((piece) => piece !== '-------')).toEqual(STATE);
		expect(result.lines.slice(1)).toEqual(['section roman|MỤC TIÊU', 'clause|Một.']);
		expect([result.kind, result.subject]).toEqual(['KẾ HOẠCH', 'Chuyển đổi số năm 2026']);
	});

	const party = [
		'ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG',
		'THÀNH ỦY',
		'*',
		'Số 03-NQ/TU',
		'ĐẢNG CỘNG SẢN VIỆT NAM',
		'Hải Phòng, ngày 05 tháng 02 năm 2026',
		'NGHỊ QUYẾT',
		'về chuyển đổi số',
		'-----',
		'- Căn cứ Điều lệ Đảng;',
		'- Căn cứ Nghị quyết số 57-NQ/TW,',
		'I- TÌNH HÌNH',
		'1. Kết quả.'
	];

	test('of the Party', () => {
		const result = read(party, 'party-2026');
		expect(result.fields('documentHeader')[0]).toEqual([
			'parent: ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG',
			'agency: THÀNH ỦY',
			'symbol: Số 03-NQ/TU',
			'placeDate: Hải Phòng, ngày 05 tháng 02 năm 2026',
			'kind: NGHỊ QUYẾT',
			'subject: về chuyển đổi số'
		]);
		expect(result.printed).toEqual(['*', 'ĐẢNG CỘNG SẢN VIỆT NAM', '-----']);
		expect(result.lines.slice(1)).toEqual([
			'legalBasis|Căn cứ Điều lệ Đảng;',
			'legalBasis|Căn cứ Nghị quyết số 57-NQ/TW,',
			'section|TÌNH HÌNH',
			'clause|Kết quả.'
		]);
	});

	test('a title that the chosen layout does not print is kept and listed', () => {
		const result = read(party, 'nd30');
		expect(result.lines).toContain('paragraph|ĐẢNG CỘNG SẢN VIỆT NAM');
		expect(result.report.unsure.map(({ reason, text }) => [reason, text])).toContainEqual(['outside', 'ĐẢNG CỘNG SẢN VIỆT NAM']);
	});

	test('the issuing body, joined legal bases and the enacting line', () => {
		const { lines, report } = read([
			'HỘI ĐỒNG NHÂN DÂN',
			...STATE,
			'NGHỊ QUYẾT',
			'Về dữ liệu số',
			'HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ',
			'Căn cứ Luật A; Luật B; Căn cứ Luật C;',
			'Theo đề nghị của Sở D.',
			'QUYẾT NGHỊ:',
			'Điều 1. Một'
		]);
		expect(lines.slice(1)).toEqual([
			'paragraph|HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ',
			'legalBasis|Căn cứ Luật A; Luật B;',
			'legalBasis|Căn cứ Luật C;',
			'legalBasis|Theo đề nghị của Sở D.',
			'enactingLine|QUYẾT NGHỊ:',
			'article|Một'
		]);
		expect(report.unsure).toEqual([]);
	});

	test('a text without a header has none', () => {
		const { lines } = read(['Ghi chép cuộc họp về dữ liệu.', 'Một đoạn văn bình thường.']);
		expect(lines).toEqual(['paragraph|Ghi chép cuộc họp về dữ liệu.', 'paragraph|Một đoạn văn bình thường.']);
	});
});

describe('end', () => {
	const opening = ['QUYẾT NGHỊ:', 'Điều 1. Một', 'Văn bản có hiệu lực từ ngày ký./.'];

	test.each([
		[
			['TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG', 'Nguyễn Văn An'],
			['authority: TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG', 'position: PHÓ THỦ TƯỚNG', 'signer: Nguyễn Văn An']
		],
		[
			['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH', '(Ký tên, đóng dấu)', 'Lê Thị Bình'],
			['authority: TM. ỦY BAN NHÂN DÂN', 'position: CHỦ TỊCH', 'signer: (Ký tên, đóng dấu)\nLê Thị Bình']
		],
		[
			['T/M BAN THƯỜNG VỤ', 'BÍ THƯ'],
			['authority: T/M BAN THƯỜNG VỤ', 'position: BÍ THƯ']
		],
		[
			['CHỦ TỊCH QUỐC HỘI', 'Trần Văn Cường'],
			['position: CHỦ TỊCH QUỐC HỘI', 'signer: Trần Văn Cường']
		]
	])('signature %j', (lines, expected) => {
		expect(read([...opening, ...lines]).fields('signature')).toEqual([expected]);
	});

	test('a stamp behind the name is kept and listed', () => {
		const { lines, report } = read([...opening, 'KT. BỘ TRƯỞNG', 'Lê Văn Dũng Ký bởi: VĂN PHÒNG']);
		expect(lines.at(-1)).toBe('paragraph|Ký bởi: VĂN PHÒNG');
		expect(report.unsure.at(-1)?.reason).toBe('outside');
	});

	test.each([
		['on lines', ['Nơi nhận:', '- Như trên;', '- Các sở, ban, ngành;', '- Lưu: VT.']],
		['on one line', ['Nơi nhận: - Như trên; - Các sở, ban, ngành; - Lưu: VT.']]
	])('recipients %s', (_name, lines) => {
		const result = read([...opening, ...lines, 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH', 'Phạm Văn Em']);
		expect(result.lines.slice(3)).toEqual([
			'recipients|- Như trên; / - Các sở, ban, ngành; / - Lưu: VT.',
			'signature|TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / Phạm Văn Em'
		]);
	});

	test('appendices and attachments start the counts again', () => {
		const { lines } = read([
			...opening,
			'TM. CHÍNH PHỦ',
			'Nguyễn Văn An',
			'CHÍNH PHỦ',
			...STATE,
			'CHƯƠNG TRÌNH HÀNH ĐỘNG',
			'Thực hiện Nghị quyết (Kèm theo Nghị quyết số 1/NQ-CP)',
			'I. MỤC ĐÍCH',
			'1. Một.',
			'Phụ lục I',
			'DANH MỤC NHIỆM VỤ',
			'(Kèm theo Nghị quyết số 1/NQ-CP)',
			'1. Nhiệm vụ một.',
			'PHỤ LỤC II. DANH MỤC CHỈ TIÊU',
			'1. Chỉ tiêu một.'
		]);
		expect(lines.slice(4)).toEqual([
			'attachment|',
			'documentHeader|CHÍNH PHỦ / CHƯƠNG TRÌNH HÀNH ĐỘNG / Thực hiện Nghị quyết',
			'paragraph|(Kèm theo Nghị quyết số 1/NQ-CP)',
			'section roman|MỤC ĐÍCH',
			'clause|Một.',
			'appendix|DANH MỤC NHIỆM VỤ',
			'paragraph|(Kèm theo Nghị quyết số 1/NQ-CP)',
			'clause|Nhiệm vụ một.',
			'appendix|DANH MỤC CHỈ TIÊU',
			'clause|Chỉ tiêu một.'
		]);
	});

	test('an attachment without a header of its own', () => {
		const { lines } = read([
			...opening,
			'CHỦ TỊCH',
			'Nguyễn Văn An',
			'QUY CHẾ',
			'Quản lý dữ liệu số',
			'(Ban hành kèm theo Quyết định số 1/QĐ-UBND)',
			'Điều 1. Phạm vi'
		]);
		expect(lines.slice(4)).toEqual([
			'attachment|QUY CHẾ // Quản lý dữ liệu số',
			'paragraph|(Ban hành kèm theo Quyết định số 1/QĐ-UBND)',
			'article|Phạm vi'
		]);
	});
});
