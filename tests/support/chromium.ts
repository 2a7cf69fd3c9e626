import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium on this machine: `CHROMIUM_PATH`, the system's, or Playwright's own; null when there is none. */
export function findChromium(): string | null {
	const named = process.env.CHROMIUM_PATH;
	if (named) return named;
	for (const command of COMMANDS) {
		try {
			return execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim();
		} catch {
			// not this one
		}
	}
	const own = chromium.executablePath();
	return own && existsSync(own) ? own : null;
}
