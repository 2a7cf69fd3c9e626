import type { ServerName } from '../servers.ts';
import type { Storage } from '../storage.ts';

/** What every measurement is given. */
export interface Bench {
	storage: Storage;
	/** Length of a measured window. */
	seconds: number;
}

/** One server under one load in one run. */
export interface Sample {
	load: string;
	server: ServerName;
	/** By key of the row's columns; NaN or absent when not measured. */
	figures: Record<string, number>;
	/** What the server failed to do, in words; empty when it did everything. */
	broken: string[];
	/** Why the figures cannot be trusted although the server did everything. */
	doubts: string[];
	/** What a reader should know although nothing is wrong. */
	remarks?: string[];
}

interface Column {
	key: string;
	title: string;
	/** Digits after the point. */
	digits: number;
}

/** One table of the report. */
export interface Row {
	name: string;
	title: string;
	servers: ServerName[];
	columns: Column[];
	/** Keys of the columns that the documentation shows; in all of them less is better. */
	short: string[];
	/** The servers' figures mean the same. */
	isComparable: boolean;
	/** Why servers are left out, and other notes under the table. */
	notes: string[];
	/** Each entry is measured on its own, and may give samples of several loads. */
	loads: RowLoad[];
}

export interface RowLoad {
	name: string;
	measure(server: ServerName, bench: Bench): Promise<Sample[]>;
}

/** What has not arrived this long after the last edit counts as not delivered. */
const DRAIN_MS = 4_000;

/** A timer that fires this late at the 99th percentile means that the generator, not the server, was measured. */
const LARGEST_LAG_MS = 15;
/** When others used this share of the server's core, Postgres and the kernel included, the server was not alone. */
const LARGEST_SHARE_OF_OTHERS = 0.35;

/** Why a measurement is in doubt: the generator's lag in milliseconds, and what others took of the server's core. */
export function doubtsOf(lagMs: number, others: number): string[] {
	const doubts: string[] = [];
	if (lagMs > LARGEST_LAG_MS) doubts.push(`the generator was ${Math.round(lagMs)} ms late`);
	if (others > LARGEST_SHARE_OF_OTHERS) doubts.push(`others took ${Math.round(others * 100)} % of the server's core`);
	return doubts;
}

/** Waits until `done`, but no longer than a reader would; false when it did not come to that. */
export async function drain(done: () => boolean, patienceMs = DRAIN_MS): Promise<boolean> {
	const until = performance.now() + patienceMs;
	while (!done()) {
		if (performance.now() > until) return false;
		await new Promise((resume) => setTimeout(resume, 10));
	}
	return true;
}
