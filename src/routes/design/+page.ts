import { dev } from '$app/environment';

/** The condition is known when building, so a production build carries nothing of this page. */
export async function load() {
	return { Showcase: dev ? (await import('./Showcase.svelte')).default : null };
}
