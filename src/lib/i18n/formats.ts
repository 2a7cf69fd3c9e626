import { m } from './paraglide/messages.js';
import { getLocale } from './paraglide/runtime.js';

export type Locale = 'vi' | 'en';

/** Every date is shown in Vietnam's time, so that server and browser, and two readers of one page, see the same day. */
const TIME_ZONE = 'Asia/Ho_Chi_Minh';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const TAGS = { vi: 'vi-VN', en: 'en-GB' } as const;
const ENGLISH_MONTHS = 'January February March April May June July August September October November December'.split(' ');

/**
 * A short date: `05/3/2026`, in English `5 Mar 2026`. In Vietnamese days below 10 and the months 1 and 2 carry a zero,
 * the way official texts write them (Decree 30/2020, appendix I).
 */
export function formatDate(date: Date | string, locale: Locale = getLocale()): string {
	const { day, month, year } = partsOf(date);
	if (locale === 'en') return `${day} ${ENGLISH_MONTHS[month - 1].slice(0, 3)} ${year}`;
	return `${padDay(day)}/${padMonth(month)}/${year}`;
}

/** A date in words: `ngày 05 tháng 3 năm 2026`, in English `5 March 2026`. */
export function formatLongDate(date: Date | string, locale: Locale = getLocale()): string {
	const { day, month, year } = partsOf(date);
	if (locale === 'en') return `${day} ${ENGLISH_MONTHS[month - 1]} ${year}`;
	return `ngày ${padDay(day)} tháng ${padMonth(month)} năm ${year}`;
}

/** A time of day: `14:05`. */
export function formatTime(date: Date | string): string {
	const { hour, minute } = partsOf(date);
	return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** A time of day to the second: `14:05:09`. */
export function formatClock(date: Date | string): string {
	return `${formatTime(date)}:${String(new Date(date).getUTCSeconds()).padStart(2, '0')}`;
}

/** Time and date: `14:05, 05/3/2026`. */
export function formatDateTime(date: Date | string, locale: Locale = getLocale()): string {
	return `${formatTime(date)}, ${formatDate(date, locale)}`;
}

/**
 * How long ago (or ahead) a moment is: `vừa xong`, `2 phút trước`, `hôm qua`; from a week on, the date. Put the exact
 * time beside it in a title or tooltip.
 */
export function formatRelative(date: Date | string, now: Date = new Date(), locale: Locale = getLocale()): string {
	const then = new Date(date);
	const difference = then.getTime() - now.getTime();
	const size = Math.abs(difference);
	if (size < MINUTE) return m.common_just_now({}, { locale });
	const relative = new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'auto' });
	if (size < HOUR) return relative.format(Math.trunc(difference / MINUTE), 'minute');
	const days = dayNumber(then) - dayNumber(now);
	if (days === 0 || size < 6 * HOUR) return relative.format(Math.trunc(difference / HOUR), 'hour');
	if (Math.abs(days) < 7) return relative.format(days, 'day').toLocaleLowerCase(TAGS[locale]);
	return formatDate(then, locale);
}

/** How long something takes: `340 ms`, `1,2 giây`, `4 phút 5 giây`, `3 ngày 4 giờ`; the two largest units. */
export function formatDuration(ms: number, locale: Locale = getLocale()): string {
	if (ms < 999.5) return `${formatNumber(ms, locale, 0)} ms`;
	const unit = (value: number, name: string, decimals = 0) =>
		new Intl.NumberFormat(TAGS[locale], {
			style: 'unit',
			unit: name,
			unitDisplay: 'long',
			maximumFractionDigits: decimals
		}).format(value);
	if (ms < 10_000) return unit(ms / 1000, 'second', 1);
	const seconds = Math.floor(ms / 1000);
	const parts: [number, string][] = [
		[Math.floor(seconds / 86_400), 'day'],
		[Math.floor(seconds / 3600) % 24, 'hour'],
		[Math.floor(seconds / 60) % 60, 'minute'],
		[seconds % 60, 'second']
	];
	const first = parts.findIndex(([value]) => value > 0);
	return parts
		.slice(first, first + 2)
		.filter(([value]) => value > 0)
		.map(([value, name]) => unit(value, name))
		.join(' ');
}

/** A number with the language's separators: `1.234,5`, in English `1,234.5`; at most `decimals` places (2 if not said). */
export function formatNumber(value: number, locale: Locale = getLocale(), decimals = 2): string {
	return new Intl.NumberFormat(TAGS[locale], { maximumFractionDigits: decimals }).format(value);
}

/** A share between 0 and 1 as `62%`. */
export function formatPercent(share: number, locale: Locale = getLocale()): string {
	return new Intl.NumberFormat(TAGS[locale], { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** Bytes as `512 B`, `1,2 MB`; steps of 1024, one decimal place from MB on. */
export function formatFileSize(bytes: number, locale: Locale = getLocale()): string {
	const units = ['B', 'KB', 'MB', 'GB', 'TB'];
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit += 1;
	}
	return `${formatNumber(value, locale, unit < 2 ? 0 : 1)} ${units[unit]}`;
}

/** Names joined as a sentence would: `Sở Tài chính, Sở Nội vụ và Văn phòng`. */
export function formatList(items: readonly string[], locale: Locale = getLocale()): string {
	return new Intl.ListFormat(TAGS[locale], { type: 'conjunction' }).format(items);
}

const collators = new Map<Locale, Intl.Collator>();

/** Order of the language's alphabet (a ă â … d đ …), digits by value: `Điều 2` before `Điều 10`. */
export function collator(locale: Locale = getLocale()): Intl.Collator {
	let found = collators.get(locale);
	if (!found) {
		found = new Intl.Collator(TAGS[locale], { numeric: true });
		collators.set(locale, found);
	}
	return found;
}

const calendar = new Intl.DateTimeFormat('en-GB', {
	timeZone: TIME_ZONE,
	year: 'numeric',
	month: 'numeric',
	day: 'numeric',
	hour: 'numeric',
	minute: 'numeric',
	hourCycle: 'h23'
});

function partsOf(date: Date | string) {
	const parts: Record<string, number> = {};
	for (const { type, value } of calendar.formatToParts(new Date(date))) parts[type] = Number(value);
	return parts as { day: number; month: number; year: number; hour: number; minute: number };
}

function dayNumber(date: Date): number {
	const { day, month, year } = partsOf(date);
	return Date.UTC(year, month - 1, day) / DAY;
}

function padDay(day: number): string {
	return String(day).padStart(2, '0');
}

function padMonth(month: number): string {
	return month < 3 ? `0${month}` : String(month);
}

/** A number for a message that chooses its words by it and shows it as the language writes it: `1.166`. */
export function counted(n: number): { n: number; shown: string } {
	return { n, shown: formatNumber(n) };
}
