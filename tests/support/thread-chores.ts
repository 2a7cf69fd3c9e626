import { isMainThread, threadId } from 'node:worker_threads';
import type { Ask } from '../../src/lib/server/threads/in-thread.ts';

// What the tests have threads do.

export function describe({ bytes, text }: { bytes: Uint8Array; text: string }): {
	bytes: Uint8Array;
	text: string;
	isMainThread: boolean;
} {
	return { bytes, text, isMainThread };
}

/** Holds its thread until the first number is no longer 0. */
export function blockUntilOpened(gate: Int32Array): string {
	return Atomics.wait(gate, 0, 0, 30_000) === 'timed-out' ? 'in vain' : 'opened';
}

export function threadNumber(_: unknown): number {
	return threadId;
}

export function refuse(reason: string): void {
	throw Object.assign(new Error(reason), { name: 'Refused', code: '22001' });
}

export async function askFor(words: readonly string[], ask: Ask): Promise<unknown[]> {
	const answers: unknown[] = [];
	for (const word of words) answers.push(await ask(word as never));
	return answers;
}

export function runForEver(_: unknown): void {
	for (;;);
}

export function fillMemory(_: unknown): number {
	const kept: number[][] = [];
	for (;;) kept.push(new Array<number>(1_000_000).fill(kept.length + 0.5));
}

export function print(text: string): void {
	process.stdout.write(text);
	process.stderr.write(text);
}
