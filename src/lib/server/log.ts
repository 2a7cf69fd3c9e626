import pino from 'pino';

export type Logger = pino.Logger;

/** Structured log on standard output. Never pass it typed text, names or addresses: ids, counts and reasons only. */
export function createLog(level: string): Logger {
	return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } });
}
