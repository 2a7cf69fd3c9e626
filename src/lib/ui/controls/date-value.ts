import { type DateValue, parseDate, parseDateTime } from '@internationalized/date';

/** A day `2026-03-05`, or with a time of day `2026-03-05T14:05`, as a form sends it; undefined when it is neither. */
export function readDateValue(value: string | null | undefined): DateValue | undefined {
	if (!value) return undefined;
	try {
		return value.includes('T') ? parseDateTime(value) : parseDate(value);
	} catch {
		return undefined;
	}
}

/** The same, back; empty for no date. */
export function writeDateValue(value: DateValue | undefined): string {
	if (!value) return '';
	const text = value.toString();
	return text.includes('T') ? text.slice(0, 16) : text;
}
