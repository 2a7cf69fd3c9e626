import type { KnipConfig } from 'knip';

const config: KnipConfig = {
	entry: [
		'src/{main,sample,backup,restore}.ts',
		// Run by path: threads, processes of tests and benches.
		'src/lib/server/backend/pglite-worker.ts',
		'src/lib/server/threads/worker.ts',
		'tests/{load,soak,text/fuzz}/**/{bench,run}.ts',
		'tests/load/bare-prosemirror.ts',
		'tests/load/sync/servers/{ours,relay}.ts',
		'tests/support/engine-deaths.ts'
	],
	project: ['src/**/*.{ts,svelte,css}', 'tests/**/*.ts', 'supabase/**/*.ts'],
	// Named in project.inlang/settings.json; started by tests/run.ts; part of Linux.
	ignoreDependencies: [/^@types\//, '@inlang/plugin-message-format', 'oxlint', 'oxlint-tsgolint', 'squawk-cli', 'svelte-check'],
	ignoreBinaries: ['taskset'],
	// The scripts of a page, whose exports are for who binds it, and what its template imports.
	compilers: {
		svelte: (text) => {
			const scripts = [...text.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes, script]) =>
				attributes.includes('module') ? script : script.replace(/^\texport /gm, '\t')
			);
			const lazy = [...text.replace(/<script[\s\S]*?<\/script>/g, '').matchAll(/\bimport\('[^']+'\)/g)].map(([call]) => call);
			return [...scripts, ...lazy].join(';\n');
		}
	}
};

export default config;
