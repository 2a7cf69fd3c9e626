const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const LENGTH = 12;
/** The largest multiple of 36 that fits a byte: higher bytes are drawn again so that no letter is favoured. */
const CEILING = 252;

/** A new stable identifier for a block of a document: 12 random base-36 characters (about 62 bits). */
export function newUid(): string {
	let uid = '';
	while (uid.length < LENGTH) {
		for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH * 2))) {
			if (byte < CEILING && uid.length < LENGTH) uid += ALPHABET[byte % 36];
		}
	}
	return uid;
}

/** Whether the value has the shape that `newUid` gives. */
export function isUid(value: unknown): value is string {
	return typeof value === 'string' && /^[0-9a-z]{12}$/.test(value);
}

/** Whether the value has the shape of a row's id. */
export function isUuid(value: unknown): value is string {
	return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
