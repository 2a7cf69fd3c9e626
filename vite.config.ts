import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [
		tailwindcss(),
		// Options (output folder, cookie, strategy) are in project.inlang/paraglide.config.js, which the command line reads too.
		paraglideVitePlugin({ project: './project.inlang' }),
		sveltekit()
	],
	test: {
		projects: [
			{
				extends: true,
				test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts', 'tests/architecture.test.ts'] }
			},
			{
				extends: true,
				test: {
					name: 'sync',
					environment: 'node',
					include: ['tests/sync/**/*.test.ts'],
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
