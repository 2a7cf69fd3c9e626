import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret for a link: 32 random bytes as base64url. Kept nowhere; only its hash is. */
export function newToken(): string {
	return randomBytes(32).toString('base64url');
}

/** SHA-256 of a link's token in hexadecimal, as the database keeps it. */
export function hashToken(token: string): string {
	return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Compares in a time that does not depend on where two secrets differ. */
export function sameSecret(given: string, expected: string): boolean {
	return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest());
}
