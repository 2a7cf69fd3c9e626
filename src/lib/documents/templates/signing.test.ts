import { expect, test } from 'vitest';
import { inlineText } from '../schema/json.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { templateFor } from './templates.ts';

function signedBy(agency: string, profile: ProfileId): string[] {
	const content = templateFor('plan', profile, { agency, year: 2026 }).content ?? [];
	const fields = content.find((block) => block.type === 'signature')?.content ?? [];
	return fields.filter((field) => field.attrs?.name !== 'signer').map(inlineText);
}

test.each([
	['Ủy ban nhân dân thành phố An Hải', 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
	['Uỷ ban nhân dân phường Lê Lợi', 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
	['Thường trực Hội đồng nhân dân tỉnh', 'TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN', 'CHỦ TỊCH'],
	['Ban Chỉ đạo chuyển đổi số', 'TM. BAN CHỈ ĐẠO', 'TRƯỞNG BAN'],
	['Hội đồng nhân dân thành phố An Hải', 'CHỦ TỊCH'],
	['Văn phòng Ủy ban nhân dân thành phố An Hải', 'CHÁNH VĂN PHÒNG'],
	['Văn phòng Hội đồng nhân dân tỉnh', 'CHÁNH VĂN PHÒNG'],
	['Sở Nội vụ', 'GIÁM ĐỐC'],
	['Phòng Kinh tế', 'TRƯỞNG PHÒNG'],
	['Bộ Nội vụ', 'BỘ TRƯỞNG'],
	['Chi cục Thủy lợi', 'CHI CỤC TRƯỞNG'],
	['Cục Thống kê', 'CỤC TRƯỞNG'],
	['Thanh tra tỉnh', 'CHÁNH THANH TRA'],
	['Trung tâm Lưu trữ', 'THỦ TRƯỞNG CƠ QUAN']
])('a state document of %s is signed by its head', (agency, ...lines) => {
	expect(signedBy(agency, 'nd30')).toEqual(lines);
});

test.each([
	['Thành ủy An Hải', 'T/M BAN THƯỜNG VỤ', 'BÍ THƯ'],
	['Ban Chấp hành Đảng bộ thành phố', 'T/M BAN CHẤP HÀNH', 'BÍ THƯ'],
	['Ban Thường vụ Thành ủy', 'T/M BAN THƯỜNG VỤ', 'BÍ THƯ'],
	['Ủy ban Kiểm tra Thành ủy', 'T/M ỦY BAN KIỂM TRA', 'CHỦ NHIỆM'],
	['Chi bộ Tổ dân phố 3', 'T/M CHI BỘ', 'BÍ THƯ'],
	['Văn phòng Thành ủy', 'CHÁNH VĂN PHÒNG'],
	['Ban Tổ chức Thành ủy', 'TRƯỞNG BAN']
])('a Party document of %s is signed by its head', (agency, ...lines) => {
	expect(signedBy(agency, 'party-2026')).toEqual(lines);
});
