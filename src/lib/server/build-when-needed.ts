import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'static', 'project.inlang', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];
const GENERATED = /^(paraglide|cache|node_modules)$/;

/** Builds the pages when `build/` is missing or older than a source. Throws when the build fails. */
export function buildWhenNeeded(root: string, say: (text: string) => void): void {
	const built = join(root, 'build/handler.js');
	if (existsSync(built) && statSync(built).mtimeMs > Math.max(...SOURCES.map((name) => newest(join(root, name))))) return;
	say('building the pages (once, about half a minute)…');
	const result = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
		cwd: root,
		// What goes wrong is said there; the rest is advice for who develops with Vite (`npm run preview`).
		stdio: ['inherit', 'ignore', 'inherit']
	});
	if (result.status !== 0) throw new Error('The pages could not be built; the messages above say why.');
}

/** Latest change below a path, in ms since 1970; 0 when it does not exist. */
function newest(path: string): number {
	if (!existsSync(path)) return 0;
	const { mtimeMs } = statSync(path);
	if (!statSync(path).isDirectory()) return path.endsWith('.test.ts') ? 0 : mtimeMs;
	return Math.max(
		0,
		...readdirSync(path)
			.filter((name) => !GENERATED.test(name))
			.map((name) => newest(join(path, name)))
	);
}
