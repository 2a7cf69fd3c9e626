import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

// Tests need runes and $lib but no pages; the full plugin set would keep file watchers open after the last test.
const underTest = process.env.VITEST !== undefined;

export default defineConfig({
	plugins: underTest
		? [svelte({ configFile: false })]
		: [
				tailwindcss(),
				// Options (output folder, cookie, strategy) are in project.inlang/paraglide.config.js, which the command line reads too.
				paraglideVitePlugin({ project: './project.inlang' }),
				sveltekit()
			],
	resolve: underTest ? { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } } : undefined,
	test: {
		globalSetup: ['src/lib/i18n/compile.ts'],
		// As `npm start` has it (docs/operations.md): the tests open hundreds of embedded databases.
		execArgv: ['--no-wasm-code-gc'],
		// Lite prints the statements that tests have refused; the process has its console (src/lib/server/console.ts).
		onConsoleLog: (text) => (/\bcode: \S*'([0-9A-Z]{5})'/.test(text) ? false : undefined),
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['src/**/*.test.ts', 'tests/text/**/*.test.ts', 'tests/*.test.ts'],
					// Some hold a database each, on two cores that others use as well.
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'sync',
					environment: 'node',
					include: ['tests/{sync,server,live}/**/*.test.ts', 'tests/load/sync/*.test.ts'],
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'sql',
					environment: 'node',
					include: ['supabase/tests/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 120_000
				}
			}
		]
	}
});
