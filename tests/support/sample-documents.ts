import type { JsonMark, JsonNode } from '../../src/lib/documents/schema/json.ts';
import type { ProfileId } from '../../src/lib/documents/schema/profiles.ts';

/** Short ways to write documents in tests; nothing here is part of the program. */
export const doc = (...content: JsonNode[]): JsonNode => ({ type: 'doc', content });
export const t = (text: string, ...marks: string[]): JsonNode => ({
	type: 'text',
	text,
	...(marks.length > 0 ? { marks: marks.map((type): JsonMark => ({ type })) } : {})
});
export const br = (): JsonNode => ({ type: 'hardBreak' });
export const note = (text: string): JsonNode => ({ type: 'footnote', attrs: { uid: null, text } });
export const reference = (target: string, text: string): JsonNode => ({
	type: 'reference',
	attrs: { target, text, scope: null }
});
export const block = (type: string, attrs: Record<string, unknown>, ...content: (JsonNode | string)[]): JsonNode => ({
	type,
	attrs,
	content: content.filter((child) => child !== '').map((child) => (typeof child === 'string' ? t(child) : child))
});
export const p = (...content: (JsonNode | string)[]): JsonNode => block('paragraph', { align: null }, ...content);
export const centred = (...content: (JsonNode | string)[]): JsonNode => block('paragraph', { align: 'center' }, ...content);
export const basis = (text: string): JsonNode => block('legalBasis', { uid: null }, text);
const enacting = (text: string): JsonNode => block('enactingLine', {}, text);
export const list = (...items: JsonNode[]): JsonNode => ({
	type: 'bulletList',
	content: items.map((item) => ({ type: 'listItem', content: [item] }))
});

let uids = 0;
const provision =
	(level: string, attrs: Record<string, unknown> = {}) =>
	(...content: (JsonNode | string)[]): JsonNode =>
		block('provision', { uid: `uid${String(++uids).padStart(9, '0')}`, level, mark: null, number: null, ...attrs }, ...content);
export const chapter = provision('chapter');
const section = provision('section');
const roman = provision('section', { mark: 'roman' });
export const article = provision('article');
export const clause = provision('clause');
export const point = provision('point');
const indent = provision('indent');
export const named = (uid: string, node: JsonNode): JsonNode => ({ ...node, attrs: { ...node.attrs, uid } });

const fields = (values: Record<string, string>): JsonNode[] =>
	Object.entries(values).map(([name, value]) => block('headerField', { name }, value));
export const header = (values: Record<string, string>): JsonNode => ({
	type: 'documentHeader',
	content: fields(values)
});
export const signature = (values: Record<string, string>): JsonNode => ({ type: 'signature', content: fields(values) });
export const recipients = (...items: string[]): JsonNode => ({
	type: 'recipients',
	content: items.map((item) => p(item))
});
export const appendix = (title: string, kind = 'appendix'): JsonNode =>
	block('appendix', { uid: `uid${String(++uids).padStart(9, '0')}`, kind, number: null }, title);

type Cell = string | JsonNode | { span?: [columns: number, rows: number]; text: string };
/** A table from rows of cells; the first `heads` rows are head cells. */
export const table = (rows: Cell[][], heads = 1, widths: number[] | null = null): JsonNode => ({
	type: 'table',
	content: rows.map((row, index) => ({
		type: 'tableRow',
		content: row.map((cell, column) => {
			const { span, text } =
				typeof cell === 'object' && 'text' in cell && !('type' in cell) ? cell : { text: cell, span: undefined };
			return {
				type: index < heads ? 'tableHeader' : 'tableCell',
				attrs: { colspan: span?.[0] ?? 1, rowspan: span?.[1] ?? 1, colwidth: widths ? [widths[column]] : null },
				content: [typeof text === 'string' ? p(text) : (text as JsonNode)]
			};
		})
	}))
});

/** One document per profile, with everything that an export has to print. The texts are made up. */
export const SAMPLES: { title: string; profile: ProfileId; content: JsonNode }[] = [
	{
		title: 'Nghị quyết về chuyển đổi số của thành phố đến năm 2030',
		profile: 'nd30',
		content: doc(
			header({
				parent: 'ỦY BAN NHÂN DÂN THÀNH PHỐ AN HẢI',
				agency: 'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
				symbol: '05/QĐ-SKHCN',
				placeDate: 'An Hải, ngày 05 tháng 3 năm 2026',
				kind: 'QUYẾT ĐỊNH',
				subject: 'Ban hành Kế hoạch triển khai nền tảng họp trực tuyến dùng chung của thành phố giai đoạn 2026 - 2030'
			}),
			centred('GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ'),
			basis('Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;'),
			basis(
				'Căn cứ Quyết định số 12/QĐ-UBND ngày 10 tháng 01 năm 2026 của Ủy ban nhân dân thành phố về nhiệm vụ, quyền hạn của Sở Khoa học và Công nghệ;'
			),
			basis('Theo đề nghị của Trưởng phòng Hạ tầng số.'),
			enacting('QUYẾT ĐỊNH:'),
			article(
				'Ban hành kèm theo Quyết định này Kế hoạch triển khai nền tảng họp trực tuyến dùng chung của thành phố giai đoạn 2026 - 2030.'
			),
			named(
				'article-two',
				article(
					'Các đơn vị thuộc Sở có trách nhiệm cụ thể hóa Kế hoạch thành nhiệm vụ hằng năm, báo cáo kết quả trước ngày 15 tháng 12',
					note('Số liệu chốt đến hết ngày 14 tháng 12 hằng năm.'),
					'; trường hợp chậm thực hiện theo ',
					reference('article-three', 'Điều 9'),
					'.'
				)
			),
			named(
				'article-three',
				article(
					'Quyết định này có hiệu lực thi hành kể từ ngày ký. Chánh Văn phòng, Trưởng các phòng và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.'
				)
			),
			recipients('- Như Điều 3;', '- Ủy ban nhân dân thành phố (để báo cáo);', '- Các sở, ban, ngành;', '- Lưu: VT, HTS.'),
			signature({ authority: 'KT. GIÁM ĐỐC', position: 'PHÓ GIÁM ĐỐC', signer: 'Nguyễn Thị Minh An' }),
			appendix('', 'attachment'),
			header({
				parent: 'ỦY BAN NHÂN DÂN THÀNH PHỐ AN HẢI',
				agency: 'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
				kind: 'KẾ HOẠCH',
				subject: 'Triển khai nền tảng họp trực tuyến dùng chung của thành phố giai đoạn 2026 - 2030'
			}),
			roman('Mục đích, yêu cầu'),
			clause('Mục đích'),
			point(
				'Bảo đảm mọi cuộc họp của cơ quan nhà nước trên địa bàn được kết nối thông suốt tới cấp xã; giảm chi phí đi lại, in ấn tài liệu.'
			),
			point('Nâng cao chất lượng thảo luận, lấy ý kiến và kết luận tại các hội nghị, hội thảo.'),
			clause('Yêu cầu'),
			point('Việc triển khai phải đồng bộ với các nền tảng dùng chung đã có, bảo đảm an toàn thông tin theo cấp độ.'),
			point('Các chỉ tiêu gồm:'),
			indent('100% điểm cầu cấp xã có đường truyền riêng;'),
			indent(
				'Tỷ lệ cuộc họp không giấy đạt từ 80% trở lên; lượng phát thải giảm 10',
				t('3', 'superscript'),
				' kg CO',
				t('2', 'subscript'),
				' mỗi năm.'
			),
			roman('Nhiệm vụ, giải pháp'),
			p('Ngoài các nhiệm vụ tại Phụ lục, các đơn vị tập trung thực hiện:'),
			list(
				p('Rà soát thiết bị đầu cuối;'),
				p('Đào tạo cán bộ kỹ thuật tại ', t('từng điểm cầu', 'bold', 'italic'), ';'),
				p('Kiểm tra đường truyền trước mỗi cuộc họp.')
			),
			roman('Tổ chức thực hiện'),
			clause('Phòng Hạ tầng số là đầu mối theo dõi, đôn đốc, tổng hợp kết quả.'),
			clause('Kinh phí thực hiện như sau:'),
			table(
				[
					['TT', 'Nội dung', { text: 'Kinh phí (triệu đồng)', span: [2, 1] }],
					['', '', 'Năm 2026', 'Năm 2027'],
					['1', 'Thuê đường truyền', '1.250', '1.300,5'],
					['2', 'Đào tạo, tập huấn', { text: '420', span: [2, 1] }]
				],
				2
			),
			p('Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Phòng Hạ tầng số để tổng hợp, báo cáo./.'),
			appendix('Danh mục nhiệm vụ thực hiện Kế hoạch'),
			table([
				['TT', 'Nội dung công việc', 'Cơ quan chủ trì', 'Cơ quan phối hợp', 'Cấp trình', 'Sản phẩm', 'Thời hạn hoàn thành'],
				[{ text: 'I. Hạ tầng', span: [7, 1] }],
				...Array.from({ length: 24 }, (_, index) => [
					String(index + 1),
					'Khảo sát hiện trạng đường truyền, thiết bị tại các điểm cầu cấp xã và đề xuất phương án nâng cấp',
					'Phòng Hạ tầng số',
					'Ủy ban nhân dân các xã, phường; doanh nghiệp viễn thông',
					'Giám đốc Sở',
					'Báo cáo',
					'Quý II/2026'
				])
			]),
			appendix('Danh sách điểm cầu'),
			clause('Điểm cầu chính: Trung tâm Hội nghị thành phố.'),
			clause('Các điểm cầu cấp xã: 114 điểm cầu.')
		)
	},
	{
		title: 'Nghị quyết quy định chính sách hỗ trợ chuyển đổi số',
		profile: 'vbqppl-187',
		content: doc(
			header({
				agency: 'HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ AN HẢI',
				symbol: 'Số:       /2026/NQ-HĐND',
				placeDate: 'An Hải, ngày      tháng      năm 2026',
				kind: 'NGHỊ QUYẾT',
				subject: 'Quy định chính sách hỗ trợ chuyển đổi số đối với doanh nghiệp nhỏ và vừa trên địa bàn thành phố An Hải'
			}),
			basis('Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;'),
			basis('Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 được sửa đổi, bổ sung bởi Luật số 87/2025/QH15;'),
			basis(
				'Xét Tờ trình số 45/TTr-UBND ngày 02 tháng 6 năm 2026 của Ủy ban nhân dân thành phố; Báo cáo thẩm tra của Ban Kinh tế - Ngân sách; ý kiến thảo luận của đại biểu Hội đồng nhân dân tại kỳ họp;'
			),
			p(
				'Hội đồng nhân dân ban hành Nghị quyết quy định chính sách hỗ trợ chuyển đổi số đối với doanh nghiệp nhỏ và vừa trên địa bàn thành phố An Hải.'
			),
			chapter('Những quy định chung'),
			article('Phạm vi điều chỉnh'),
			p('Nghị quyết này quy định nội dung, mức hỗ trợ chuyển đổi số đối với doanh nghiệp nhỏ và vừa.'),
			named('article-scope', article('Đối tượng áp dụng')),
			clause('Doanh nghiệp nhỏ và vừa đăng ký thành lập và hoạt động trên địa bàn thành phố.'),
			clause('Cơ quan, tổ chức, cá nhân có liên quan, gồm:'),
			named('point-one', point('Ủy ban nhân dân các cấp;')),
			point('Tổ chức tư vấn thuộc mạng lưới tư vấn viên.'),
			chapter('Chính sách hỗ trợ'),
			section('Hỗ trợ tư vấn'),
			article('Mức hỗ trợ tư vấn'),
			clause(
				'Hỗ trợ 50% giá trị hợp đồng tư vấn, không quá 100 triệu đồng/năm đối với đối tượng quy định tại ',
				reference('point-one', ''),
				' Nghị quyết này.'
			),
			clause('Mỗi doanh nghiệp được hỗ trợ không quá 02 lần.'),
			section('Hỗ trợ giải pháp số'),
			article('Mức hỗ trợ thuê, mua giải pháp'),
			p('Hỗ trợ 50% chi phí thuê, mua giải pháp chuyển đổi số, không quá 50 triệu đồng/năm.'),
			chapter('Tổ chức thực hiện'),
			article('Tổ chức thực hiện'),
			clause('Giao Ủy ban nhân dân thành phố tổ chức thực hiện Nghị quyết.'),
			clause(
				'Thường trực Hội đồng nhân dân, các Ban, các Tổ đại biểu và đại biểu Hội đồng nhân dân thành phố giám sát việc thực hiện Nghị quyết.'
			),
			p(
				'Nghị quyết này đã được Hội đồng nhân dân thành phố An Hải Khóa XVII, Kỳ họp thứ 3 thông qua ngày      tháng      năm 2026.'
			),
			signature({ position: 'CHỦ TỊCH', signer: 'Trần Văn Bình' }),
			recipients(
				'- Ủy ban Thường vụ Quốc hội;',
				'- Chính phủ;',
				'- Bộ Tư pháp (Cục Kiểm tra văn bản và Tổ chức thi hành pháp luật);',
				'- Đại biểu Hội đồng nhân dân thành phố;',
				'- Lưu: VT, KTNS.'
			)
		)
	},
	...(['party-2026', 'party-2018'] as const).map((profile) => ({
		title: 'Nghị quyết về chuyển đổi số',
		profile,
		content: doc(
			header({
				agency: 'THÀNH ỦY AN HẢI',
				symbol: '03-NQ/TU',
				placeDate: 'An Hải, ngày 05 tháng 02 năm 2026',
				kind: 'NGHỊ QUYẾT',
				subject: 'về chuyển đổi số thành phố An Hải đến năm 2030, tầm nhìn đến năm 2045'
			}),
			basis('Căn cứ Điều lệ Đảng Cộng sản Việt Nam;'),
			basis('Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ thành phố;'),
			p('Ban Thường vụ Thành ủy ban hành Nghị quyết về chuyển đổi số thành phố với những nội dung sau:'),
			section('Tình hình'),
			clause('Kết quả đạt được'),
			p(
				'Những năm qua, công tác chuyển đổi số của thành phố đạt nhiều kết quả quan trọng: kinh tế số chiếm 25% GRDP; 95% dịch vụ công được cung cấp trực tuyến toàn trình.'
			),
			clause('Hạn chế, nguyên nhân'),
			point('Hạn chế'),
			indent('Một số cấp ủy, người đứng đầu chưa thật sự quyết liệt trong lãnh đạo, chỉ đạo;'),
			indent('Nguồn nhân lực số còn thiếu.'),
			point('Nguyên nhân của hạn chế chủ yếu do nhận thức chưa đầy đủ.'),
			section('Quan điểm, mục tiêu'),
			clause('Quan điểm'),
			p('Chuyển đổi số là nhiệm vụ trọng tâm, thường xuyên của cả hệ thống chính trị.'),
			clause('Mục tiêu'),
			point('Đến năm 2030: kinh tế số đạt 35% GRDP.'),
			section('Nhiệm vụ, giải pháp'),
			clause('Tăng cường sự lãnh đạo của Đảng; nâng cao nhận thức của cán bộ, đảng viên.'),
			clause('Hoàn thiện thể chế, cơ chế, chính sách.'),
			section('Tổ chức thực hiện'),
			clause('Ban cán sự các cơ quan, các cấp ủy trực thuộc xây dựng kế hoạch thực hiện.'),
			clause('Văn phòng Thành ủy theo dõi, đôn đốc, định kỳ báo cáo Ban Thường vụ.'),
			p('Nghị quyết này được phổ biến đến chi bộ.'),
			signature({ authority: 'T/M BAN THƯỜNG VỤ', position: 'BÍ THƯ', signer: 'Lê Văn Cường' }),
			recipients('- Ban Bí thư (để báo cáo);', '- Các cấp ủy trực thuộc;', '- Các ban cán sự đảng;', '- Lưu Văn phòng Thành ủy.'),
			appendix('Một số chỉ tiêu chủ yếu'),
			table([
				['TT', 'Chỉ tiêu', 'Mục tiêu năm 2030'],
				['1', 'Tỷ trọng kinh tế số trong GRDP', '35%'],
				['2', 'Tỷ lệ dịch vụ công trực tuyến toàn trình', '100%']
			])
		)
	}))
];
