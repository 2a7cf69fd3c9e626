/**
 * Order keys (rule PL3). A key is a row of components of six characters: a tag (three, of the session that made it) and
 * a number (three, base 62). Keys are compared as plain strings, so what one person puts at one place in one go stays
 * together, and two people never make the same key.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const WIDTH = 6;
const LEAST = 0;
const MIDDLE = 119_164;
const GREATEST = 62 ** 3 - 1;
/** Below every session's tag: a stepping stone where nothing fits in front of a stranger's key. */
const LOWEST_TAG = '000';
/** Of keys and marks of a first content: before every session's. */
export const FIRST_TAG = '001';
/** Longer keys are not taken from anybody; honest ones stay far below. */
const LONGEST = 100 * WIDTH;
const SHAPE = /^(?:[0-9A-Za-z]{6})+$/;

/** Nobody writes a key as long as this: one that is taken grows by two components at most. */
const LONGER_THAN_ANY = LONGEST + 3 * WIDTH;

/** Whether a value looks like an order key and is longer than any that this or another page can have written. */
export function isImpossibleKey(value: unknown): boolean {
	return typeof value === 'string' && value.length >= LONGER_THAN_ANY && SHAPE.test(value);
}

/** Whether a value is an order key. */
export function isKey(value: unknown): value is string {
	return typeof value === 'string' && value.length <= LONGEST && SHAPE.test(value);
}

/** The tag of a session, from the Yjs client id. */
export function tagOf(clientId: number): string {
	const digit = (nth: number) => DIGITS[Math.floor(clientId / 62 ** nth) % 62];
	// Never the lowest tag.
	return (digit(0) === '0' ? '1' : digit(0)) + digit(1) + digit(2);
}

/** A key between two neighbours; null when there is none on that side. */
export function keyBetween(left: string | null, right: string | null, tag: string): string {
	const before = left ?? '';
	if (right?.startsWith(before) && right.length > before.length)
		return before + inFrontOf(right.slice(before.length, before.length + WIDTH), tag);
	const key = behind(before, right, tag) ?? before + component(tag, MIDDLE);
	return key.length > LONGEST ? (shorter(before, right, tag) ?? key) : key;
}

/** A key behind `left` that leaves its last components out, after many have added beside one another; null where none fits. */
function shorter(left: string, right: string | null, tag: string): string | null {
	for (let end = WIDTH; end < left.length; end += WIDTH) {
		const above = left.slice(0, end);
		const last = above.slice(-WIDTH);
		const key = behind(above, right, tag) ?? behind(above, right, last.slice(0, 3))?.concat(component(tag, MIDDLE));
		if (key && (right === null || key < right)) return key;
	}
	return null;
}

/** What comes before a component and may be followed by more. */
function inFrontOf(next: string, tag: string): string {
	const nextTag = next.slice(0, 3);
	if (tag < nextTag) return component(tag, MIDDLE);
	const number = numberOf(next);
	if (number === LEAST) return component(LOWEST_TAG, MIDDLE) + component(tag, MIDDLE);
	return tag === nextTag ? component(tag, number - 1) : component(nextTag, number - 1) + component(tag, MIDDLE);
}

/** The next key beside `left`, of the same length; null where that does not fit before `right`. */
function behind(left: string, right: string | null, tag: string): string | null {
	if (!left) return null;
	const last = left.slice(-WIDTH);
	const lastTag = last.slice(0, 3);
	if (lastTag > tag || (lastTag === tag && numberOf(last) === GREATEST)) return null;
	const key = left.slice(0, -WIDTH) + component(tag, lastTag === tag ? numberOf(last) + 1 : MIDDLE);
	return right === null || key < right ? key : null;
}

function component(tag: string, number: number): string {
	return tag + DIGITS[Math.floor(number / 3844)] + DIGITS[Math.floor(number / 62) % 62] + DIGITS[number % 62];
}

function numberOf(part: string): number {
	return DIGITS.indexOf(part[3]) * 3844 + DIGITS.indexOf(part[4]) * 62 + DIGITS.indexOf(part[5]);
}
