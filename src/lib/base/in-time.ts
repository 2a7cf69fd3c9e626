/** What was waited for came too late, or never. */
export class TooLate extends Error {
	override name = 'TooLate';
}

/** The same as `work`, or, when that takes longer than so many ms, a rejection: TooLate with this message. */
export async function inTime<T>(work: Promise<T>, ms: number, message: string): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new TooLate(message)), ms);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Waits for `work`, but no longer than so many ms. Rejects when it does, unless that is too late. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
	await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
