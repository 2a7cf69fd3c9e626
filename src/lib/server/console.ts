import type { Logger } from './log.ts';

const LEVELS = { error: 'warn', warn: 'warn', info: 'debug', log: 'debug', debug: 'debug', trace: 'debug' } as const;
const FRAMES = 6;

/**
 * Gives what libraries print to the log, so that each line of the output is one of its own. They print what people typed and
 * sent: statements with their parameters, paths with line feeds in them. So the log has where it was printed and the kind
 * of an error, never the words. Answers how to give the console back.
 */
export function takeConsole(log: Logger): () => void {
	const before = { ...console };
	for (const [method, level] of Object.entries(LEVELS)) {
		console[method as keyof typeof LEVELS] = (...values: unknown[]) => {
			const error = values.find((value) => typeof value === 'object' && value !== null && ('stack' in value || 'code' in value));
			// A refused statement is told to whoever asked; it is no news.
			log[isRefusal(error) ? 'debug' : level](
				{ by: framesOf(new Error().stack).slice(1, 2), error: error && kindOf(error) },
				'a library printed something'
			);
		};
	}
	return () => Object.assign(console, before);
}

function kindOf(error: object): object {
	const { name, code, message, stack } = error as { name?: unknown; code?: unknown; message?: unknown; stack?: unknown };
	return { type: name, code, frames: framesOf(String(stack ?? '').replace(String(message), '')) }; // a message may look like a frame
}

function isRefusal(error: object | undefined): boolean {
	return /^[0-9A-Z]{5}$/.test(String((error as { code?: unknown } | undefined)?.code));
}

function framesOf(stack = ''): string[] {
	const frames = stack.split('\n').filter((line) => /^ {4}at \S/.test(line));
	return frames.slice(0, FRAMES).map((line) => line.trim());
}
