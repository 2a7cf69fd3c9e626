import { expect, test } from 'vitest';
import type { Kind } from '../schema/kinds.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { subjectOf } from './subject.ts';

test.each<[string, Kind, ProfileId, string | null]>([
	['Nghị quyết về chuyển đổi số đến năm 2030', 'resolution', 'nd30', 'Về chuyển đổi số đến năm 2030'],
	['NGHỊ QUYẾT: Về chuyển đổi số', 'resolution', 'party-2026', 'về chuyển đổi số'],
	['Kế hoạch tổ chức hội thảo', 'plan', 'nd30', 'Tổ chức hội thảo'],
	['Kế hoạchX', 'plan', 'nd30', 'Kế hoạchX'],
	['Thông báo kết luận phiên họp thứ ba', 'conclusion-notice', 'nd30', 'Kết luận phiên họp thứ ba'],
	['Quy chế làm việc', 'decision', 'nd30', 'Quy chế làm việc'],
	['Báo cáo', 'report', 'nd30', null],
	['Tờ trình về đất đai', 'other', 'nd30', 'Tờ trình về đất đai']
])('%s as %s in %s is about %s', (title, kind, profile, subject) => {
	expect(subjectOf(title, kind, profile)).toBe(subject);
});
