import { keepOnDevice } from './device-cookie.ts';

/** How the rail shows its places: a picture each, or a picture and its word. */
export type Rail = 'words' | 'icons';

/** Cookie, so that the server draws the page as the person left it. */
export const RAIL_COOKIE = 'plenum_rail';

/** What a cookie says; words for who has not chosen. */
export function parseRail(value: string | null | undefined): Rail {
	return value === 'icons' ? 'icons' : 'words';
}

/** Keeps the choice for the next visit. Browser only. */
export function rememberRail(rail: Rail): void {
	keepOnDevice(RAIL_COOKIE, rail);
}
