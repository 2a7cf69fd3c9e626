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
// What a data exception (22…) says quotes the value; what supabase-js throws is no Error, and its words may, too.
function describeError(error: unknown): object {
	const { name, message, stack, code } = (error ?? {}) as { name?: string; message?: string; stack?: string; code?: unknown };
	if (!(error instanceof Error)) return { type: typeof error, code };
	return String(code).startsWith('22') ? { type: name, code } : { type: name, code, message, stack };
}
