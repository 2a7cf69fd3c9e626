import type { JsonNode } from '../schema/json.ts';
import { appendix, clause, indent, paragraph, point, section, table } from './build.ts';
import type { Frame } from './facts.ts';

/** The columns of a task table, as Government action programmes print them. */
const TASK_COLUMNS = [
	'TT',
	'Nội dung công việc',
	'Cơ quan chủ trì',
	'Cơ quan phối hợp',
	'Cấp trình',
	'Sản phẩm',
	'Thời hạn hoàn thành'
];

/** The columns of a table of indicators. */
const INDICATOR_COLUMNS = ['TT', 'Chỉ tiêu', 'Đơn vị tính', 'Hiện trạng', 'Mục tiêu', 'Cơ quan theo dõi'];

/** The skeleton of a plan, with its table of tasks. */
export function plan({ agency, isParty }: Frame): JsonNode[] {
	return [
		paragraph(`Thực hiện [văn bản giao nhiệm vụ], ${agency} ban hành Kế hoạch [tên kế hoạch], cụ thể như sau:`),
		section('MỤC ĐÍCH, YÊU CẦU'),
		clause('Mục đích'),
		point('[Kết quả cần đạt.]'),
		clause('Yêu cầu'),
		point('[Rõ người, rõ việc, rõ thời gian, rõ sản phẩm.]'),
		section('MỤC TIÊU, CHỈ TIÊU'),
		clause('Mục tiêu chung: [nội dung].'),
		clause('Chỉ tiêu cụ thể: [tên chỉ tiêu, giá trị, thời điểm].'),
		section('NHIỆM VỤ, GIẢI PHÁP'),
		clause('[Nhóm nhiệm vụ thứ nhất]'),
		point('[Nhiệm vụ.]'),
		point('[Nhiệm vụ.]'),
		clause('[Nhóm nhiệm vụ thứ hai]'),
		point('[Nhiệm vụ.]'),
		section('KINH PHÍ THỰC HIỆN'),
		paragraph('[Nguồn kinh phí, trách nhiệm lập dự toán.]'),
		section('TỔ CHỨC THỰC HIỆN'),
		clause('[Cơ quan chủ trì] theo dõi, đôn đốc, tổng hợp, báo cáo [định kỳ].'),
		clause('Các cơ quan, đơn vị căn cứ nhiệm vụ được phân công tổ chức thực hiện.'),
		paragraph(
			`Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về [cơ quan chủ trì] để tổng hợp, báo cáo xem xét, quyết định.${isParty ? '' : '/.'}`
		),
		appendix('DANH MỤC NHIỆM VỤ'),
		...taskTable()
	];
}

/** The skeleton of an action programme, with its tables of tasks and of indicators. */
export function actionProgramme({ agency, isParty }: Frame): JsonNode[] {
	return [
		paragraph(
			`Thực hiện [nghị quyết được triển khai], ${agency} ban hành Chương trình hành động với những nội dung chủ yếu sau:`
		),
		section('MỤC ĐÍCH, YÊU CẦU'),
		clause('Mục đích'),
		point('Xác định nhiệm vụ chủ yếu để các cơ quan, đơn vị tổ chức thực hiện [nghị quyết].'),
		point('[Mục đích khác.]'),
		clause('Yêu cầu'),
		point('Bám sát quan điểm, mục tiêu, nhiệm vụ của [nghị quyết].'),
		point('Phân công rõ cơ quan chủ trì, cơ quan phối hợp, sản phẩm và thời hạn.'),
		section('NHIỆM VỤ, GIẢI PHÁP'),
		clause('[Nhóm nhiệm vụ thứ nhất]'),
		point('[Cơ quan chủ trì]'),
		indent('[Việc phải làm, kết quả, thời hạn.]'),
		indent('[Việc phải làm, kết quả, thời hạn.]'),
		point('[Cơ quan chủ trì khác] [nội dung].'),
		clause('[Nhóm nhiệm vụ thứ hai]'),
		paragraph('[Nội dung.]'),
		section('TỔ CHỨC THỰC HIỆN'),
		clause('Các cơ quan, đơn vị xây dựng kế hoạch hoặc lồng ghép vào kế hoạch công tác hằng năm để thực hiện.'),
		clause('[Cơ quan đầu mối] theo dõi, đôn đốc, định kỳ báo cáo kết quả.'),
		clause(`Kinh phí thực hiện theo quy định về ngân sách nhà nước.${isParty ? '' : '/.'}`),
		appendix('DANH MỤC NHIỆM VỤ TRIỂN KHAI CHƯƠNG TRÌNH HÀNH ĐỘNG'),
		...taskTable(),
		appendix('CHỈ TIÊU CHỦ YẾU'),
		table(INDICATOR_COLUMNS, [['1', '[Tên chỉ tiêu]', '%', '', '', '[Cơ quan]']])
	];
}

function taskTable(): JsonNode[] {
	return [
		table(TASK_COLUMNS, [
			['I', '[Nhóm nhiệm vụ thứ nhất]'],
			['1', '[Nhiệm vụ]', '[Cơ quan]', '[Cơ quan]', '', '[Sản phẩm]', 'Quý … năm …'],
			['2', '[Nhiệm vụ]', '[Cơ quan]', '[Cơ quan]', '', '[Sản phẩm]', 'Thường xuyên'],
			['II', '[Nhóm nhiệm vụ thứ hai]'],
			['3', '[Nhiệm vụ]', '[Cơ quan]', '[Cơ quan]', '', '[Sản phẩm]', 'Tháng … năm …']
		])
	];
}
