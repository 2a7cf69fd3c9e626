import { expect, test } from 'vitest';
import { tonePlaceOf } from './tone-marks.ts';

test.each([
	['đựơc', 'được'],
	['ngừơi', 'người'],
	['hòan', 'hoàn'],
	['tòan', 'toàn'],
	['thúê', 'thuế'],
	['qúy', 'quý'],
	['gía', 'giá'],
	['QỦAN', 'QUẢN'],
	['quýêt', 'quyết'],
	['Nghịêm', 'Nghiệm'],
	['tùân', 'tuần'],
	['khuỷên', 'khuyển'],
	['khòai', 'khoài']
])('%s is written %s', (word, right) => {
	expect(tonePlaceOf(word)).toEqual({ right });
});

test.each([
	['hòa', 'old', 'hoà'],
	['Hoà', 'new', 'Hòa'],
	['ỦY', 'old', 'UỶ'],
	['thuỷ', 'new', 'thủy'],
	['khỏe', 'old', 'khoẻ']
])('%s is of the %s style; the other form is %s', (word, style, other) => {
	expect(tonePlaceOf(word)).toEqual({ style, other });
});

test.each(
	(
		'của mùa Huế thuở quở quỷ lý giữa giặc giếng giết gìn già gì nghĩa nghiệm yếu khuỷu ngoèo quào ngoáy hoãn huỳnh quỳnh ' +
		'xoèn loét tuần tuệ thuế quyết tuyết chuyện người được rượu hươu muối chuối khoái loài ngoằn bìa lìa Rịa quả quốc quý ' +
		'trường thường nước ước ý ỷ à ấy tòng hàng định luật điều khoản điểm nghị quyết thị xã ' +
		'café résumé Pokémon Lắk Bà hoa tuy'
	).split(' ')
)('%s is right, or no syllable to judge', (word) => {
	expect(tonePlaceOf(word)).toBeNull();
});
