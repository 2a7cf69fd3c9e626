import type { JsonNode } from '../schema/json.ts';
import { clause, paragraph, point } from './build.ts';
import type { Frame } from './facts.ts';

/** The skeleton of a notice of what was concluded at a meeting. */
export function conclusionNotice({ agency, isParty }: Frame): JsonNode[] {
	return [
		paragraph(
			'Ngày … tháng … năm …, tại [địa điểm], [chức vụ, họ tên người chủ trì] chủ trì cuộc họp về [nội dung]. Tham dự có [thành phần].'
		),
		paragraph('Sau khi nghe [cơ quan] báo cáo và ý kiến của các đại biểu, [người chủ trì] kết luận như sau:'),
		clause('Đánh giá chung'),
		paragraph('[Ghi nhận kết quả, chỉ rõ việc chưa đạt.]'),
		clause('Nhiệm vụ trong thời gian tới'),
		point('[Cơ quan] chủ trì, phối hợp với [cơ quan] [việc phải làm]; hoàn thành trước ngày ….'),
		point('[Cơ quan] [việc phải làm]; hoàn thành trong quý ….'),
		clause('Giao [cơ quan] theo dõi, đôn đốc và báo cáo kết quả thực hiện.'),
		paragraph(`${isParty ? 'Văn phòng' : agency} thông báo để các cơ quan, đơn vị biết, thực hiện.${isParty ? '' : '/.'}`)
	];
}
