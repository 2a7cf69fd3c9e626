import { pauseAfter } from '../../base/socket-close.ts';

/** What a proxy answers while the server behind it restarts, or the server when it has too much to do. */
const LATER = [429, 502, 503, 504];

export interface Patience {
	/** Whether somebody is on the way to another page and waits. */
	isAwaited(): boolean;
	/** Called once for a page that somebody waits for and that cannot be reached. */
	onUnreachable(): void;
	/** Ends after the pause (ms), earlier when the network comes back. */
	pause(ms: number): Promise<void>;
}

/**
 * A `fetch` that asks again, in growing pauses, for the data of a page while the server cannot be reached. SvelteKit puts an error
 * in the page's place when a load fails; for somebody who writes offline that would be their text gone from the screen because
 * the bell wanted to be counted. All other requests go through once, as ever.
 */
export function patientFetch(fetch: typeof globalThis.fetch, { isAwaited, onUnreachable, pause }: Patience): typeof fetch {
	return async (input, init) => {
		if (!isPageData(input)) return fetch(input, init);
		for (let attempt = 1; ; attempt++) {
			try {
				const response = await fetch(input, init);
				if (!LATER.includes(response.status) || isAwaited()) return response;
			} catch (error) {
				if (init?.signal?.aborted) throw error;
				if (attempt === 1 && isAwaited()) onUnreachable();
			}
			await pause(pauseAfter(attempt));
		}
	};
}

function isPageData(input: RequestInfo | URL): boolean {
	const address = input instanceof Request ? input.url : String(input);
	return new URL(address, 'http://page').pathname.endsWith('/__data.json');
}
