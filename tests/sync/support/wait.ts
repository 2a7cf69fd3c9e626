/** Resolves with the first truthy answer; throws, naming what it waited for, when none comes in time. */
export async function until<T>(what: string, ask: () => T | Promise<T>, withinMs = 8_000): Promise<NonNullable<T>> {
	const end = Date.now() + withinMs;
	for (;;) {
		const answer = await ask();
		if (answer) return answer as NonNullable<T>;
		if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
