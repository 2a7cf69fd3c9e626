import type { Sql } from '../sql.ts';

/** A job as whoever does it sees it. */
export interface Job<Payload = unknown> {
	id: string;
	kind: string;
	key: string;
	workspaceId: string | null;
	payload: Payload;
	/** 1 for the first. */
	attempt: number;
	/** Aborted when an owner gives the job up, another node has taken it over, or the process stops. */
	signal: AbortSignal;
	/** Says how much is done, from 0 to 1. */
	progress(share: number): Promise<void>;
	/**
	 * Ends the job in one transaction with what it amounts to, so that both happen or neither. Without it the job ends
	 * when its function returns. Throws LeaseLost, and `effects` leaves no trace, when the job is not this node's any more.
	 */
	complete(effects: (tx: Sql) => Promise<void>): Promise<void>;
}

/** Does the jobs of one kind. May run twice for a job whose process was killed: its effects belong into `complete`. */
export type JobHandler<Payload = never> = (job: Job<Payload>) => Promise<void>;

/** Trying again would not help. The message is shown to owners: no personal text in it. */
export class PermanentFailure extends Error {
	override readonly name = 'PermanentFailure';
}

/** The job belongs to another node by now, or was given up. */
export class LeaseLost extends Error {
	override readonly name = 'LeaseLost';
}
