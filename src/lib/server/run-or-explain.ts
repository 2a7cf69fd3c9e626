import { DataDirectoryHeld } from './backend/data-directory.ts';
import { ConfigError } from './config.ts';
import { takeConsole } from './console.ts';
import { createLog, type Logger } from './log.ts';

/** A sentence for the operator that ends a command; nothing went wrong inside Plenum. */
export class CommandRefused extends Error {}

/** The log of a command, which has only warnings, and what libraries print. */
export function commandLog(): Logger {
	const log = createLog('warn');
	takeConsole(log);
	return log;
}

/** Runs a command of the process. What the operator can mend is one sentence without a stack; the exit code tells scripts. */
export async function runOrExplain(command: () => Promise<void>): Promise<void> {
	try {
		await command();
	} catch (error) {
		const expected = error instanceof ConfigError || error instanceof DataDirectoryHeld || error instanceof CommandRefused;
		process.stderr.write(
			`${expected ? (error as Error).message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
		);
		process.exitCode = 1;
		setTimeout(() => process.exit(1), 100).unref();
	}
}
