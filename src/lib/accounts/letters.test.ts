import { expect, test } from 'vitest';
import { guestLetter, memberLetter, passwordLetter } from './letters.ts';

const LINK = 'https://plenum.test/invitation/k3y';
const INVITED = { workspace: 'UBND thành phố', inviter: 'Trần Thị Hoa', link: LINK, expiresAt: '2026-12-06T03:00:00Z' };
const LETTERS = {
	member: (locale: 'vi' | 'en') => memberLetter({ ...INVITED, agency: 'Sở Khoa học và Công nghệ' }, locale),
	guest: (locale: 'vi' | 'en') =>
		guestLetter({ ...INVITED, document: 'Nghị quyết về chuyển đổi số', organisation: 'Trường Đại học' }, locale),
	password: (locale: 'vi' | 'en') =>
		passwordLetter({ name: 'Lê Văn Nam', link: 'https://plenum.test/reset-password?token=k3y' }, locale)
};

test.each(Object.keys(LETTERS) as (keyof typeof LETTERS)[])('the letter "%s" reads the same as text and as HTML', (name) => {
	for (const locale of ['vi', 'en'] as const) {
		const { subject, text, html } = LETTERS[name](locale);
		expect(`${subject}\n\n${text}`).toMatchSnapshot(`${locale} text`);
		expect(html).toMatchSnapshot(`${locale} html`);
		for (const paragraph of text.split('\n\n').filter((part) => !/https?:|^--/.test(part)))
			expect(html).toContain(paragraph.trim());
	}
});

test('what people write is text in a letter, whatever it looks like', () => {
	const evil = '<img src=x onerror="alert(1)">\r\nBcc: all@plenum.test\u2028&';
	for (const { subject, html } of [
		memberLetter({ ...INVITED, workspace: evil, inviter: evil, agency: evil }, 'vi'),
		guestLetter({ ...INVITED, workspace: evil, inviter: evil, document: evil, organisation: evil }, 'en'),
		passwordLetter({ name: evil, link: LINK }, 'vi')
	]) {
		expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
		expect(html).not.toContain('<img');
		expect(html).toContain('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;');
	}
});

test('an inviter whose account is gone is not named', () => {
	expect(memberLetter({ ...INVITED, inviter: null, agency: 'Văn phòng' }, 'en').text).toMatch(/^You are invited/);
});
