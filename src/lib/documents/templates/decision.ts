import type { JsonNode } from '../schema/json.ts';
import { article, basis, clause, enacting, paragraph, point } from './build.ts';
import type { Frame } from './facts.ts';

/** The skeleton of a decision: normative ones have titled articles, individual ones articles that are sentences. */
export function decision(frame: Frame): JsonNode[] {
	const line = enacting(frame.profile.enactingLine.decision ?? 'QUYẾT ĐỊNH:');
	if (frame.isParty) return [...partyBases(), line, ...individualArticles(frame)];
	if (frame.profile.id !== 'vbqppl-187')
		return [paragraph(frame.agencyCaps, 'center'), ...stateBases(), line, ...individualArticles(frame)];
	return [
		...stateBases(),
		line,
		article('Phạm vi điều chỉnh và đối tượng áp dụng'),
		clause('Quyết định này quy định [nội dung].'),
		clause('Quyết định này áp dụng đối với [cơ quan, tổ chức, cá nhân].'),
		article('[Tên điều]'),
		clause('[Quy định.]'),
		clause('[Quy định, gồm:]'),
		point('[Nội dung;]'),
		point('[Nội dung.]'),
		article('Hiệu lực thi hành'),
		clause('Quyết định này có hiệu lực từ ngày … tháng … năm ….'),
		clause('Quyết định này thay thế, bãi bỏ [văn bản].'),
		article('Tổ chức thực hiện'),
		paragraph('[Thủ trưởng các cơ quan, tổ chức và cá nhân có liên quan] chịu trách nhiệm thi hành Quyết định này.')
	];
}

function stateBases(): JsonNode[] {
	return [
		basis('Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;'),
		basis('Căn cứ [văn bản quy định trực tiếp nội dung];'),
		basis('Theo đề nghị của [chức vụ người đứng đầu cơ quan trình] tại Tờ trình số ….')
	];
}

function partyBases(): JsonNode[] {
	return [
		basis('Căn cứ Điều lệ Đảng Cộng sản Việt Nam;'),
		basis('Căn cứ [quy chế làm việc, quy định về thẩm quyền];'),
		basis('Xét đề nghị của [cơ quan tham mưu],')
	];
}

function individualArticles({ isParty }: Frame): JsonNode[] {
	return [
		article('[Ban hành, phê duyệt, thành lập …] [kèm theo Quyết định này].'),
		article('[Giao nhiệm vụ, thời hạn, kinh phí.]'),
		article(`[Các cơ quan, tổ chức, cá nhân] chịu trách nhiệm thi hành Quyết định này.${isParty ? '' : '/.'}`)
	];
}
