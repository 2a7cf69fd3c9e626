import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const PEERS = join(import.meta.dirname, 'peers');

/** Installs a peer as its lock file says, unless that has been done. The application does not depend on any of them. */
export function installPeer(name: string): void {
	const folder = join(PEERS, name);
	const installed = join(folder, 'node_modules/.package-lock.json');
	if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs) return;
	process.stderr.write(`installing ${name} (once)\n`);
	const npm = process.env.npm_execpath;
	// Install scripts would compile what the packages already ship for common systems.
	const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	const run = (command: string) =>
		npm?.endsWith('.js')
			? spawnSync(process.execPath, [npm, command, ...options], { cwd: folder, stdio: ['ignore', 2, 2] })
			: spawnSync('npm', [command, ...options], { cwd: folder, stdio: ['ignore', 2, 2] });
	if (run('ci').status === 0 || run('install').status === 0) return;
	throw new Error(`${name} could not be installed; leave it out with --servers`);
}
