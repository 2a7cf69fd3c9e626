import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
const config = {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		csp: {
			// 'auto' puts a nonce on SvelteKit's own start script, so no inline script of anybody else ever runs.
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				// Widths of table columns and colours of agencies are style attributes, which no nonce can cover.
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				// 'self' also covers ws: and wss: of the same host (CSP level 3).
				'connect-src': ['self'],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		// The framework's check refuses scripts that send a form with a Bearer token; hooks.server.ts has a stricter one.
		csrf: { trustedOrigins: ['*'] },
		typescript: {
			config(generated) {
				generated.include.push('../tests/**/*.ts', '../supabase/**/*.ts', '../svelte.config.js');
			}
		}
	}
};

export default config;
