import { cpus } from 'node:os';
import type { BenchOptions } from './options.ts';
import { CORES } from './server-process.ts';

/** Under which conditions the figures came about. */
export interface Conditions {
	date: string;
	node: string;
	cpu: string;
	cores: number;
	pinned: boolean;
	runs: number;
	seconds: number;
	sentence: string;
}

export function conditionsOf({ runs, seconds }: BenchOptions): Conditions {
	const date = new Date().toISOString().slice(0, 10);
	const cores = cpus().length;
	const pinned = CORES !== null;
	return {
		date,
		node: process.version,
		cpu: cpus()[0]?.model ?? 'unknown',
		cores,
		pinned,
		runs,
		seconds,
		sentence: `${date}, ${cores} cores, Node ${process.version}, ${runs === 1 ? 'one run' : `median of ${runs} runs`} of ${seconds} s.`
	};
}

/** What a reader of the terminal has to know. */
export function describe(conditions: Conditions): string {
	const place = CORES
		? `each server on core ${CORES.server}, the load generator on core ${CORES.generator}; Postgres is not pinned and shares both`
		: 'NOT PINNED: servers, load generator and Postgres share all cores, so latencies are worse than on cores of their own';
	return `${conditions.sentence}\n${conditions.cpu}; ${place}`;
}
