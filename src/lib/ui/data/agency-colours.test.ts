import { expect, test } from 'vitest';
import { AGENCY_COLOURS, agencyColour, agencyLetters, distinctInitials, initials } from './agency-colours.ts';

test.each([
	['Nguyễn Thị Lan', 'TL'],
	['Trần Minh', 'TM'],
	['Đỗ Thị Ánh', 'TÁ'],
	['An', 'AN'],
	['  ', '?']
])('initials of "%s" are %s', (name, letters) => {
	expect(initials(name)).toBe(letters);
});

test('people in one room who have the same initials are told apart, by everybody in the same way', () => {
	const room = [
		{ personId: 'd', name: 'Nguyễn Thị Lan' },
		{ personId: 'a', name: 'Trần Thu Liên' },
		{ personId: 'c', name: 'Phạm Văn An' },
		{ personId: 'b', name: 'Nguyễn Thúy Linh' },
		{ personId: 'c', name: 'Phạm Văn An' }
	];
	const marks = { a: 'TTL', b: 'NTL1', c: 'VA', d: 'NTL2' };
	expect(Object.fromEntries(distinctInitials(room))).toEqual(marks);
	expect(Object.fromEntries(distinctInitials(room.toReversed()))).toEqual(marks);
});

test.each([
	['Sở Tài chính', 'TC'],
	['Sở Khoa học và Công nghệ', 'KC'],
	['Sở KHCN', 'KH'],
	['VP UBND', 'VP'],
	['Văn phòng UBND', 'VP'],
	['Văn phòng Ủy ban nhân dân', 'VỦ'],
	['UBND phường', 'UB'],
	['Học viện', 'HV'],
	['KC', 'KC'],
	['', '?']
])('letters of the agency "%s" are %s', (name, shown) => {
	expect(agencyLetters(name)).toBe(shown);
});

test('white letters can be read on every agency colour', () => {
	const unreadable = AGENCY_COLOURS.filter((colour) => 1.05 / (luminance(colour) + 0.05) < 4.5);
	expect(unreadable).toEqual([]);
});

test('colours repeat after the last one', () => {
	expect(agencyColour(AGENCY_COLOURS.length)).toBe(AGENCY_COLOURS[0]);
	expect(agencyColour(-1)).toBe(AGENCY_COLOURS[AGENCY_COLOURS.length - 1]);
});

function luminance(hex: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => {
		const value = parseInt(hex.slice(at, at + 2), 16) / 255;
		return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
