/** How the library shows documents where the window is wide enough for a choice. */
export type Layout = 'table' | 'cards';

/** Cookie, so that the server draws the page as the person left it. */
export const LAYOUT_COOKIE = 'plenum_library';

const YEAR_SECONDS = 400 * 86_400;

export function parseLayout(value: string | null | undefined): Layout {
	return value === 'cards' ? 'cards' : 'table';
}

/** Keeps the choice for the next visit. Browser only. */
export function rememberLayout(layout: Layout): void {
	document.cookie = `${LAYOUT_COOKIE}=${layout}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
