import { keepOnDevice } from '../../ui/frame/device-cookie.ts';

/** How the library shows documents where the window is wide enough for a choice. */
export type Layout = 'table' | 'cards';

/** Cookie, so that the server draws the page as the person left it. */
export const LAYOUT_COOKIE = 'plenum_library';

export function parseLayout(value: string | null | undefined): Layout {
	return value === 'cards' ? 'cards' : 'table';
}

/** Keeps the choice for the next visit. Browser only. */
export function rememberLayout(layout: Layout): void {
	keepOnDevice(LAYOUT_COOKIE, layout);
}
