import type { JsonNode } from '../schema/json.ts';
import { article, basis, chapter, clause, enacting, indent, paragraph, point, section } from './build.ts';
import type { Frame } from './facts.ts';

/**
 * The skeleton of a resolution: of a Party committee (tình hình; quan điểm, mục tiêu; nhiệm vụ; tổ chức thực hiện), of a
 * People's Council as a normative document (sentence of enactment, chapters), or an individual one (QUYẾT NGHỊ:).
 */
export function resolution(frame: Frame): JsonNode[] {
	if (frame.isParty) return partyResolution();
	return frame.profile.enactingLine.resolution === null ? normativeResolution(frame) : individualResolution(frame);
}

function partyResolution(): JsonNode[] {
	return [
		basis('Căn cứ Điều lệ Đảng Cộng sản Việt Nam;'),
		basis('Căn cứ [nghị quyết, chỉ thị, kết luận của cấp trên];'),
		paragraph('[Nêu ngắn gọn yêu cầu ban hành Nghị quyết.] Ban Chấp hành ban hành Nghị quyết với những nội dung sau:'),
		section('TÌNH HÌNH'),
		clause('Kết quả đạt được'),
		paragraph('[Nêu kết quả nổi bật, kèm số liệu và mốc so sánh.]'),
		clause('Hạn chế, yếu kém'),
		paragraph('[Nêu hạn chế cụ thể, lĩnh vực và địa bàn.]'),
		clause('Nguyên nhân'),
		point('Nguyên nhân khách quan: [nội dung].'),
		point('Nguyên nhân chủ quan: [nội dung].'),
		section('QUAN ĐIỂM, MỤC TIÊU'),
		clause('Quan điểm'),
		indent('[Quan điểm thứ nhất.]'),
		indent('[Quan điểm thứ hai.]'),
		clause('Mục tiêu'),
		point('Mục tiêu tổng quát'),
		paragraph('[Trạng thái cần đạt vào cuối kỳ.]'),
		point('Mục tiêu cụ thể'),
		indent('[Chỉ tiêu: tên, giá trị, đơn vị tính, thời điểm.]'),
		indent('[Chỉ tiêu: tên, giá trị, đơn vị tính, thời điểm.]'),
		section('NHIỆM VỤ, GIẢI PHÁP'),
		clause('[Nhóm nhiệm vụ thứ nhất]'),
		paragraph('[Việc phải làm, người chịu trách nhiệm, kết quả.]'),
		clause('[Nhóm nhiệm vụ thứ hai]'),
		paragraph('[Việc phải làm, người chịu trách nhiệm, kết quả.]'),
		section('TỔ CHỨC THỰC HIỆN'),
		clause('[Cơ quan] xây dựng chương trình hành động, kế hoạch thực hiện Nghị quyết.'),
		clause('[Cơ quan] lãnh đạo việc thể chế hóa, bố trí nguồn lực thực hiện.'),
		clause('[Cơ quan] theo dõi, kiểm tra, giám sát; định kỳ hằng năm báo cáo kết quả.'),
		paragraph('Nghị quyết này được phổ biến đến chi bộ.')
	];
}

function normativeResolution({ agency }: Frame): JsonNode[] {
	return [
		basis('Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;'),
		basis('Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 được sửa đổi, bổ sung bởi Luật số 87/2025/QH15;'),
		basis('Căn cứ [luật, nghị định quy định trực tiếp nội dung];'),
		basis('Xét Tờ trình số … của [cơ quan trình]; Báo cáo thẩm tra của [Ban]; ý kiến thảo luận của đại biểu tại kỳ họp;'),
		paragraph(`${agency} ban hành Nghị quyết [tên nghị quyết].`),
		chapter('QUY ĐỊNH CHUNG'),
		article('Phạm vi điều chỉnh'),
		paragraph('Nghị quyết này quy định [nội dung điều chỉnh].'),
		article('Đối tượng áp dụng'),
		clause('[Cơ quan, tổ chức có trách nhiệm thực hiện.]'),
		clause('[Tổ chức, cá nhân được áp dụng.]'),
		chapter('[TÊN CHƯƠNG NỘI DUNG]'),
		article('[Tên điều]'),
		clause('[Quy định.]'),
		clause('[Quy định, gồm:]'),
		point('[Nội dung;]'),
		point('[Nội dung.]'),
		chapter('TỔ CHỨC THỰC HIỆN'),
		article('Kinh phí thực hiện'),
		paragraph('[Nguồn kinh phí, cấp ngân sách.]'),
		article('Trách nhiệm thực hiện'),
		clause('Giao Ủy ban nhân dân tổ chức thực hiện Nghị quyết này.'),
		clause('Thường trực Hội đồng nhân dân, các Ban và đại biểu Hội đồng nhân dân giám sát việc thực hiện.'),
		article('Hiệu lực thi hành'),
		paragraph('Nghị quyết này có hiệu lực từ ngày … tháng … năm ….'),
		paragraph(`Nghị quyết này đã được ${agency} Khóa … Kỳ họp thứ … thông qua ngày … tháng … năm ….`)
	];
}

function individualResolution({ agency, profile, agencyCaps }: Frame): JsonNode[] {
	return [
		paragraph(agencyCaps, 'center'),
		basis('Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;'),
		basis('Căn cứ [văn bản quy định thẩm quyền, nội dung];'),
		basis('Theo đề nghị của [cơ quan trình] tại Tờ trình số …;'),
		basis('Trên cơ sở kết quả biểu quyết của các thành viên.'),
		enacting(profile.enactingLine.resolution ?? ''),
		article('[Nội dung quyết nghị thứ nhất.]'),
		clause('[Nội dung cụ thể.]'),
		clause('[Nội dung cụ thể.]'),
		article('[Giao cơ quan thực hiện, thời hạn, chế độ báo cáo.]'),
		article(
			`Nghị quyết này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị trực thuộc ${agency} và tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Nghị quyết này./.`
		)
	];
}
