import { error } from '@sveltejs/kit';
import { dev } from '$app/environment';

/** The whole folder is for developers. */
export function load() {
	if (!dev) error(404);
}
