import { expect, test } from 'vitest';
import { slugOf } from './slugs.ts';

test.each([
	['UBND thành phố Đà Nẵng', 'ubnd-thanh-pho-da-nang'],
	['  Sở KH&CN — 2026  ', 'so-kh-cn-2026'],
	['Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo', 'ban-chi-dao-ve-phat-trien-khoa-hoc-cong'],
	['a'.repeat(80), 'a'.repeat(40)],
	['委员会', 'plenum'],
	['API', 'api-1'],
	['Sign in', 'sign-in-1']
])('%s lives at /%s', (name, slug) => {
	expect(slugOf(name)).toBe(slug);
	expect(slug).toMatch(/^[a-z0-9][a-z0-9-]{0,59}$/);
});
