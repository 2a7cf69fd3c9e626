export async function load() {
	return { Sample: import.meta.env.DEV ? (await import('../ShellSample.svelte')).default : null };
}
