import type { JsonNode } from '../schema/json.ts';
import { clause, indent, paragraph, point, section } from './build.ts';
import type { Frame } from './facts.ts';

/** The skeleton of a report on a period. */
export function report({ agency, isParty }: Frame): JsonNode[] {
	const address = isParty ? 'Kính trình: [cơ quan cấp trên]' : 'Kính gửi: [cơ quan nhận báo cáo]';
	return [
		paragraph(address, 'center'),
		paragraph(`Thực hiện [văn bản yêu cầu báo cáo], ${agency} báo cáo như sau:`),
		section('TÌNH HÌNH, KẾT QUẢ THỰC HIỆN'),
		clause('Công tác lãnh đạo, chỉ đạo, điều hành'),
		paragraph('[Văn bản đã ban hành, việc đã tổ chức.]'),
		clause('Kết quả thực hiện nhiệm vụ được giao'),
		point(
			'Tổng số nhiệm vụ: …; trong đó hoàn thành đúng hạn …, hoàn thành quá hạn …, đang thực hiện trong hạn …, quá hạn chưa hoàn thành ….'
		),
		point('[Kết quả nổi bật, kèm số liệu so với cùng kỳ và mục tiêu.]'),
		section('TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN'),
		clause('Tồn tại, hạn chế'),
		indent('[Nội dung.]'),
		clause('Nguyên nhân'),
		indent('[Khách quan, chủ quan.]'),
		section('NHIỆM VỤ TRỌNG TÂM KỲ TỚI'),
		clause('[Nhiệm vụ, thời hạn, cơ quan chủ trì.]'),
		clause('[Nhiệm vụ, thời hạn, cơ quan chủ trì.]'),
		section('ĐỀ XUẤT, KIẾN NGHỊ'),
		clause('[Kiến nghị, cơ quan có thẩm quyền giải quyết.]'),
		paragraph(`Trên đây là báo cáo của ${agency}, kính đề nghị xem xét, chỉ đạo.${isParty ? '' : '/.'}`)
	];
}
