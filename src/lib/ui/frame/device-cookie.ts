const YEAR_SECONDS = 400 * 86_400;

/** Keeps a choice of this device in a cookie for the next visit, so that the server can draw the page as it was left. Browser only. */
export function keepOnDevice(cookie: string, value: string): void {
	document.cookie = `${cookie}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
