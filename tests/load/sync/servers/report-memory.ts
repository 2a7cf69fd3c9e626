import { setTimeout as pause } from 'node:timers/promises';

const SETTLE_MS = 300;

/** Tells the bench the port, and on its request what is held after garbage was collected. The same in every server. */
export function serveBench(port: number): void {
	process.on('disconnect', () => process.exit());
	process.on('message', async () => {
		for (let round = 0; round < 3; round++) {
			(globalThis as { gc?: () => void }).gc?.();
			await pause(SETTLE_MS);
		}
		const { rss, heapUsed, external } = process.memoryUsage();
		process.send!({ rss, used: heapUsed + external });
	});
	process.send!({ port });
}
