import { m } from '$lib/i18n/paraglide/messages.js';
import { toast } from './toast.svelte.ts';

const ADDRESS = /https?:\/\/\S+/;
let attempts = 0;

/**
 * Loads a part of the page that comes when it is needed. Null when it cannot be loaded, which the person is told; the next
 * call tries again. Browsers remember that a module could not be loaded, so that one comes by another address then.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T | null> {
	try {
		return await load().catch(againByAnotherAddress<T>);
	} catch {
		toast({ text: m.ui_part_missing(), tone: 'error', action: { label: m.errors_reload(), run: () => location.reload() } });
		return null;
	}
}

async function againByAnotherAddress<T>(failure: unknown): Promise<T> {
	const [address] = ADDRESS.exec(failure instanceof Error ? failure.message : '') ?? [];
	if (!address || new URL(address).origin !== location.origin) throw failure;
	return (await import(/* @vite-ignore */ `${address.split('?')[0]}?again=${++attempts}`)) as T;
}
