import { appendFileSync } from 'node:fs';

/** Says what a test has done, and notes it for the summary of a soak. */
export function tally(what: string, figures: Record<string, unknown>): void {
	console.info(`${what}: ${JSON.stringify(figures)}`);
	if (process.env.TALLY) appendFileSync(process.env.TALLY, `${JSON.stringify({ what, ...figures })}\n`);
}
