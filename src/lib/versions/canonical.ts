/**
 * JSON in one form only (RFC 8785), so that the same content always has the same bytes and the same hash: no spaces, keys in
 * the order of their UTF-16 units, numbers and strings as ECMAScript prints them, which is what the RFC asks for.
 * @throws RangeError for what JSON cannot say: no number, half a surrogate pair
 */
export function canonicalJson(value: unknown): string {
	if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} is no JSON`);
	if (typeof value === 'string') return quoted(value);
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	const entries = Object.entries(value).filter(([, held]) => held !== undefined);
	entries.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, held]) => `${quoted(key)}:${canonicalJson(held)}`).join(',')}}`;
}

/** The same value with every key and string in NFC: Vietnamese is typed in several ways that look alike. */
export function inNfc(value: unknown): unknown {
	if (typeof value === 'string') return value.normalize('NFC');
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(inNfc);
	return Object.fromEntries(Object.entries(value).map(([key, held]) => [key.normalize('NFC'), inNfc(held)]));
}

function quoted(text: string): string {
	if (!text.isWellFormed()) throw new RangeError('half a surrogate pair is no JSON');
	return JSON.stringify(text);
}
