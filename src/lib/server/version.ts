import { readFileSync } from 'node:fs';

/** Version of this installation, from package.json; read by the process entry only. */
export const VERSION = (
	JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
