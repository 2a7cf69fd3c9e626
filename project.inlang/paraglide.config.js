import { defineConfig } from '@inlang/paraglide-js';

/** Read by the Vite plugin and by `paraglide-js compile` alike. */
export default defineConfig({
	outdir: './src/lib/i18n/paraglide',
	strategy: ['cookie', 'baseLocale'],
	cookieName: 'plenum_locale',
	cookieMaxAge: 60 * 60 * 24 * 400,
	// Also right in plain Node, where the sync engine and the mails use messages without a bundler.
	isServer: "typeof window === 'undefined'",
	emitPrettierIgnore: false,
	emitReadme: false
});
