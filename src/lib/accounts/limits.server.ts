import { Refusal } from '../server/edge/refusal.ts';
import { networkOf } from '../server/network-of.ts';
import { RateLimit } from '../server/rate-limit.ts';

const MINUTE = 60_000;

/** Failed or attempted sign-ins per address and, separately, per account at that address: who guesses shuts nobody else out. */
export const signInLimit = new RateLimit(30, 5 * MINUTE, networkOf);
export const accountSignInLimit = new RateLimit(10, 5 * MINUTE);
/** Requests for a new password per account or address. */
export const passwordResetLimit = new RateLimit(5, 30 * MINUTE, networkOf);
/** Invitations made per person, and links tried per address. */
export const invitationLimit = new RateLimit(60, 60 * MINUTE);
export const linkLimit = new RateLimit(30, 5 * MINUTE, networkOf);
/** Requests with a body from an address, before anybody is known; counted before the body is read. An office shares one. */
export const strangerBodyLimit = new RateLimit(300, MINUTE, networkOf);

/** Notes an attempt. @throws Refusal 429 that says for how long to wait */
export function claim(limit: RateLimit, who: string): void {
	const seconds = limit.attempt(who);
	if (seconds > 0) throw tooOften(seconds);
}

export function tooOften(seconds: number): Refusal {
	return new Refusal(429, { key: 'accounts_wait', params: { seconds } });
}
