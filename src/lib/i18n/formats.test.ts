import { describe, expect, test } from 'vitest';
import {
	collator,
	formatClock,
	formatDate,
	formatDateTime,
	formatDuration,
	formatFileSize,
	formatList,
	formatLongDate,
	formatNumber,
	formatPercent,
	formatRelative
} from './formats.ts';

const march = '2026-03-05T02:05:00Z';

describe('dates', () => {
	test('are written the way official texts write them', () => {
		expect(formatDate(march, 'vi')).toBe('05/3/2026');
		expect(formatDate('2026-02-15T02:00:00Z', 'vi')).toBe('15/02/2026');
		expect(formatDate('2026-11-12T02:00:00Z', 'vi')).toBe('12/11/2026');
		expect(formatLongDate(march, 'vi')).toBe('ngày 05 tháng 3 năm 2026');
		expect(formatDateTime(march, 'vi')).toBe('09:05, 05/3/2026');
	});

	test('in English name the month', () => {
		expect(formatDate(march, 'en')).toBe('5 Mar 2026');
		expect(formatLongDate(march, 'en')).toBe('5 March 2026');
	});

	test("are Vietnam's, also late in the evening in Greenwich", () => {
		expect(formatDate('2026-12-31T20:00:00Z', 'vi')).toBe('01/01/2027');
	});
});

test('a clock shows seconds', () => {
	expect(formatClock('2026-03-05T02:05:09.900Z')).toBe('09:05:09');
});

test.each([
	[0, '0 ms', '0 ms'],
	[18.4, '18 ms', '18 ms'],
	[1_240, '1,2 giây', '1.2 seconds'],
	[42_900, '42 giây', '42 seconds'],
	[245_000, '4 phút 5 giây', '4 minutes 5 seconds'],
	[7_200_000, '2 giờ', '2 hours'],
	[273_600_000, '3 ngày 4 giờ', '3 days 4 hours'],
	[86_400_000 + 59_000, '1 ngày', '1 day']
])('%d ms last %s', (ms, vi, en) => {
	expect(formatDuration(ms, 'vi')).toBe(vi);
	expect(formatDuration(ms, 'en')).toBe(en);
});

describe('relative time', () => {
	const now = new Date('2026-11-21T08:00:00Z');
	const cases: [string, string, string][] = [
		['2026-11-21T07:59:40Z', 'vừa xong', 'just now'],
		['2026-11-21T07:58:00Z', '2 phút trước', '2 minutes ago'],
		['2026-11-21T07:00:00Z', '1 giờ trước', '1 hour ago'],
		['2026-11-20T08:00:00Z', 'hôm qua', 'yesterday'],
		['2026-11-18T08:00:00Z', '3 ngày trước', '3 days ago'],
		['2026-11-12T08:00:00Z', '12/11/2026', '12 Nov 2026']
	];
	test.each(cases)('%s', (date, vi, en) => {
		expect(formatRelative(date, now, 'vi')).toBe(vi);
		expect(formatRelative(date, now, 'en')).toBe(en);
	});
});

test('numbers, shares and sizes follow the language', () => {
	expect(formatNumber(1234.5, 'vi')).toBe('1.234,5');
	expect(formatNumber(1234.5, 'en')).toBe('1,234.5');
	expect(formatPercent(0.625, 'vi')).toBe('62,5%');
	expect(formatFileSize(512, 'vi')).toBe('512 B');
	expect(formatFileSize(1_258_291, 'vi')).toBe('1,2 MB');
	expect(formatFileSize(1_258_291, 'en')).toBe('1.2 MB');
	expect(formatFileSize(51_200, 'vi')).toBe('50 KB');
});

test('lists end in the word for "and"', () => {
	expect(formatList(['Sở Tài chính', 'Sở Nội vụ', 'Văn phòng'], 'vi')).toBe('Sở Tài chính, Sở Nội vụ và Văn phòng');
	expect(formatList(['Finance', 'Home Affairs'], 'en')).toBe('Finance and Home Affairs');
});

test('sorting follows the Vietnamese alphabet and counts numbers', () => {
	const words = ['Điều 10', 'đ', 'ê', 'Điều 2', 'e', 'd', 'ă', 'â', 'a'];
	expect(words.sort(collator('vi').compare)).toEqual(['a', 'ă', 'â', 'd', 'đ', 'Điều 2', 'Điều 10', 'e', 'ê']);
});
