import { keepOnDevice, recallOnDevice } from '../../ui/frame/device-cookie.ts';

/** How large the sheet can be shown: shares of its usual size. */
export const ZOOM_STEPS = [0.75, 0.9, 1, 1.1, 1.25, 1.5];

/** Cookie of this device: how large one reads depends on the screen, not on the document. */
const ZOOM_COOKIE = 'plenum_zoom';

/** The size last chosen on this device; 1 for who has not chosen. Browser only. */
export function recallZoom(): number {
	const zoom = Number(recallOnDevice(ZOOM_COOKIE));
	return ZOOM_STEPS.includes(zoom) ? zoom : 1;
}

/** Keeps the choice for the next document. Browser only. */
export function rememberZoom(zoom: number): void {
	keepOnDevice(ZOOM_COOKIE, String(zoom));
}
