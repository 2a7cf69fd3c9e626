import { expect, test } from 'vitest';
import { noticesLetter } from './letters.ts';

const at = {
	workspace: 'Thành phố mẫu',
	link: 'https://plenum.test/tp/notices',
	choices: 'https://plenum.test/tp/settings/notices'
};
const shared = (title: string) => ({ kind: 'document-shared' as const, actor: 'Trần Thị Bình', title });

test('one notice is the subject of its mail', () => {
	const { subject, text } = noticesLetter({ ...at, notices: [shared('Nghị quyết')] }, 'vi');
	expect(subject).toBe('Trần Thị Bình đã chia sẻ với bạn văn bản “Nghị quyết”.');
	expect(text).toContain('https://plenum.test/tp/notices\n');
	expect(text).toContain('https://plenum.test/tp/settings/notices');
});

test('several are counted, and a long list ends', () => {
	const { subject, text } = noticesLetter(
		{ ...at, notices: Array.from({ length: 53 }, (_, nth) => shared(`Plan ${nth}`)) },
		'en'
	);
	expect(subject).toBe('53 new notices in Thành phố mẫu');
	expect(text).toContain('“Plan 49”');
	expect(text).not.toContain('“Plan 50”');
	expect(text).toContain('3 more');
});

test('what people wrote is text, also in HTML and in the subject', () => {
	const { subject, html } = noticesLetter({ ...at, notices: [shared('<img src=x>\r\nBcc: a@b.test')] }, 'vi');
	expect(html).not.toContain('<img');
	expect(subject).not.toMatch(/[\r\n]/);
});
