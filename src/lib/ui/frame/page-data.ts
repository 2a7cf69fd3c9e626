import { invalidate, invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';

/** What a page can look at again by itself; the loads name it with `depends`. */
export type PageData = 'plenum:document' | 'plenum:documents' | 'plenum:proposals' | 'plenum:versions' | 'plenum:waiting';

/**
 * Loads what the page shows anew: what is named, or everything. The one way to do it: SvelteKit's own would call off the
 * navigation that is under way, so that somebody who just pressed "back" would stay where they were.
 */
export async function lookAgain(at?: PageData): Promise<void> {
	if (navigating.to) await navigating.complete?.catch(() => {});
	await (at ? invalidate(at) : invalidateAll());
}
