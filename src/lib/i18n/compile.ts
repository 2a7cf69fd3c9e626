import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');

/**
 * Compiles the message files when one of them is newer than the compiled output, so that tests and type checks see the
 * current texts without a bundler. Vitest calls it once per run as its global set-up, npm before it starts a process whose
 * modules import them; `node src/lib/i18n/compile.ts` does the same by hand.
 */
export default function compileMessages(): void {
	const output = join(here, 'paraglide/messages/_index.js');
	const sources = readdirSync(join(here, 'messages')).map((file) => join(here, 'messages', file));
	sources.push(join(root, 'project.inlang/settings.json'), join(root, 'project.inlang/paraglide.config.js'));
	const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
	if (existsSync(output) && statSync(output).mtimeMs > newest) return;
	const cli = join(root, 'node_modules/@inlang/paraglide-js/bin/run.js');
	execFileSync(process.execPath, [cli, 'compile', '--project', './project.inlang', '--silent'], {
		cwd: root,
		stdio: 'inherit'
	});
	// The compiler leaves unchanged files alone; the time says "checked", so that the next run need not compile again.
	utimesSync(output, new Date(), new Date());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) compileMessages();
