import type { Writable } from 'node:stream';
import pino from 'pino';

export type Logger = pino.Logger;

/**
 * Structured log on standard output, or into `stream`. Never pass it typed text, names or addresses: ids, counts and
 * reasons only.
 */
export function createLog(level: string, stream?: Writable): Logger {
	return pino(
		{
			level,
			base: undefined,
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			serializers: { err: describeError }
		},
		stream ?? pino.destination(1)
	);
}

// Drivers hang the parameters of the failed statement on their errors, and those of the update log are what people typed.
function describeError(error: unknown): object {
	if (!(error instanceof Error)) return { type: typeof error };
	const { name, message, stack, code } = error as Error & { code?: unknown };
	return { type: name, code, message, stack };
}
