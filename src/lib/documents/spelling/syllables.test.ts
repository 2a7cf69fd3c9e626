import { expect, test } from 'vitest';
import { isSyllable } from './syllables.ts';

const RIGHT =
	'nghị quyết về chuyển đổi số thành phố đến năm căn cứ luật tổ chức chính quyền địa phương xét tờ trình ủy ban nhân dân báo cáo thẩm tra ' +
	'kinh tế ngân sách ý kiến thảo luận đại biểu hội đồng tại kỳ họp điều khoản phạm vi mục tiêu nhiệm vụ giải pháp kiểm soát thủ tục hành ' +
	'giám sát giữa gì giếng già giặc quốc quý quỹ quỳnh quýt khuỷu khuếch ngoằn ngoèo huỳnh xuềnh loạng choạng roẹt xoong thuở người được ' +
	'rượu hươu yêu yếm nghiêng kiện cường cân ghế nghe ngành ngô đặc biệt hợp tác xã y ý ở ấy ai ôi ưu uống oanh ướt thuế tuần tuyết chuyện';
const WRONG =
	'ngiệp nghành quyêt trìng kông cí đưộc thựcc website blockchain internet viecj tieesp dduowcj xlk hocj têxt thàp tôc';

test.each(RIGHT.split(' '))('%s is one', (word) => {
	expect(isSyllable(word)).toBe(true);
});

test.each(WRONG.split(' '))('%s is none', (word) => {
	expect(isSyllable(word)).toBe(false);
});
