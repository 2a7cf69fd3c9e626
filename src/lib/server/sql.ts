/** The system door: direct SQL for the sync engine's log and for background work, never for what a user asks to see. */
export interface Sql {
	/** Runs one statement with `$1, $2 …`. Times come back as text, int8 as number, bytea as Uint8Array. */
	query<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
	/** Runs `run` in one transaction; a throw rolls back. */
	transaction<T>(run: (tx: Sql) => Promise<T>): Promise<T>;
	/** Runs several statements without parameters. */
	script(text: string): Promise<void>;
	/**
	 * Calls `onNotice` with the payload of each NOTIFY on the channel; answers how to stop. `onGap` is called when notices may
	 * have been missed: the connection that hears them was lost, and is there again.
	 */
	listen(channel: string, onNotice: (payload: string) => void, onGap?: () => void): Promise<() => Promise<void>>;
	close(): Promise<void>;
}
