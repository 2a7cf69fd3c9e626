/** The condition is a constant of the build, so a production build carries nothing of this page. */
export async function load() {
	return { Showcase: import.meta.env.DEV ? (await import('./Showcase.svelte')).default : null };
}
