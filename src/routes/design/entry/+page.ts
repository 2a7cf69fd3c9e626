export async function load() {
	return { Sample: import.meta.env.DEV ? (await import('../EntrySample.svelte')).default : null };
}
