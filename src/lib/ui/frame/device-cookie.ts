const YEAR_SECONDS = 400 * 86_400;

/** Keeps a choice of this device in a cookie for the next visit, so that the server can draw the page as it was left. Browser only. */
export function keepOnDevice(cookie: string, value: string): void {
	document.cookie = `${cookie}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** What a cookie of this device says; null when nothing was chosen. Browser only. */
export function recallOnDevice(cookie: string): string | null {
	const kept = document.cookie.split('; ').find((each) => each.startsWith(`${cookie}=`));
	return kept ? kept.slice(cookie.length + 1) : null;
}

/** Forgets a choice of this device. Browser only. */
export function forgetOnDevice(cookie: string): void {
	document.cookie = `${cookie}=; path=/; max-age=0; samesite=lax`;
}
