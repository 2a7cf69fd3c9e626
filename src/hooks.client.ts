import { assertIsLocale, overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';

// The server wrote the language into the page. Reading the cookie for every message instead costs 0.1 ms a time in
// Chromium, which is much of a keystroke. A change of language loads the page anew.
const locale = assertIsLocale(document.documentElement.lang);
overwriteGetLocale(() => locale);
