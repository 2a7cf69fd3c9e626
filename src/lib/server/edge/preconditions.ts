import { Refusal } from './refusal.ts';

/** As a header may hold it. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** The revision that the one who asks has seen, from If-Match (`"3"` or `3`). @throws Refusal 428 without one, 422 for what is none */
export function revisionSeen({ headers }: Pick<Request, 'headers'>): number {
	const given = headers.get('if-match');
	if (given === null) throw new Refusal(428, { field: 'If-Match' });
	const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given.trim())?.[1];
	if (digits === undefined) throw new Refusal(422, { field: 'If-Match' });
	return Number(digits);
}

/** The same the other way: the header by which an answer says its revision. */
export const revisionHeader = (revision: number) => ({ etag: `"${revision}"` });

/** The key by which a POST may be sent again, from Idempotency-Key; null without one. @throws Refusal 422 */
export function idempotencyKey({ headers }: Pick<Request, 'headers'>): string | null {
	const key = headers.get('idempotency-key');
	if (key !== null && !KEY.test(key)) throw new Refusal(422, { field: 'Idempotency-Key' });
	return key;
}
