import { navigating } from '$app/state';
import { m } from '$lib/i18n/paraglide/messages.js';
import { assertIsLocale, overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';
import { patientFetch } from '$lib/ui/frame/patient-fetch.ts';
import { toast } from '$lib/ui/overlays/toast.svelte.ts';

// The server wrote the language into the page. Reading the cookie for every message instead costs 0.1 ms a time in
// Chromium, which is much of a keystroke. A change of language loads the page anew.
const locale = assertIsLocale(document.documentElement.lang);
overwriteGetLocale(() => locale);

window.fetch = patientFetch(window.fetch, {
	isAwaited: () => navigating.to !== null,
	onUnreachable: () => toast({ tone: 'error', text: m.errors_unreachable() }),
	pause: (ms) =>
		new Promise((resolve) => {
			const wake = () => {
				clearTimeout(timer);
				removeEventListener('online', wake);
				resolve();
			};
			const timer = setTimeout(wake, ms);
			addEventListener('online', wake);
		})
});
