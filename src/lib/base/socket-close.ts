/** Close codes that every socket of ours uses. 4400–4499 are final: the page stops and says why. Every other code means "try again". */
export const SOCKET_CLOSE = {
	restart: 1012,
	tryAgain: 1013,
	malformed: 1007,
	unsupported: 1003,
	tooLarge: 1009,
	unauthenticated: 4401
} as const;

/** True when reconnecting cannot help. */
export function isFinal(code: number): boolean {
	return code >= 4400 && code <= 4499;
}

/** Longest pause between two attempts to connect, in milliseconds, before jitter. */
const BACKOFF_MAX_MS = 15_000;
/** After a restart of the server everybody comes back; the first pause then is as long as after this many failures. */
export const RESTART_ATTEMPT = 3;

/** Milliseconds to wait before an attempt: doubled each time, and somewhere in the last three quarters of that. */
export function pauseAfter(attempt: number): number {
	return Math.min(100 * 2 ** attempt, BACKOFF_MAX_MS) * (0.25 + 0.75 * Math.random());
}
