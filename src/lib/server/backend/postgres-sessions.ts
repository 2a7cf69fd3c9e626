import type postgres from 'postgres';
import { inTime } from '../../base/in-time.ts';
import type { HeldSession } from './session-dialect.ts';
import { Turnstile } from './turnstile.ts';

const MOST = 8;
const CLOSE_SECONDS = 5;
const WRITES = /^(INSERT|UPDATE|DELETE|MERGE)$/;

/**
 * Sessions of a Postgres, each for one caller at a time. The pool of postgres.js is not used for that: it connects a
 * session anew that was lost in the middle of a transaction, and what its holder says next would be said outside of the
 * transaction and its role, or inside of somebody else's. Here a lost session answers nothing more.
 */
export class PostgresSessions {
	/** Opens a client of one connection that calls `onClosed` when it is lost. */
	readonly #open: (onClosed: () => void) => postgres.Sql;
	readonly #answerWithinMs: number;
	readonly #sessions = new Set<Session>();
	#idle: Session[] = [];
	readonly #turnstile = new Turnstile(MOST);

	/** A session that does not answer within `answerWithinMs` is lost: a machine may vanish without a word. */
	constructor(open: (onClosed: () => void) => postgres.Sql, answerWithinMs: number) {
		this.#open = open;
		this.#answerWithinMs = answerWithinMs;
	}

	/** Resolves when a session is free. */
	async take(): Promise<HeldSession> {
		const leave = await this.#turnstile.enter();
		const session = this.#idle.pop() ?? this.#start();
		return {
			query: (text, params) => session.query(text, params),
			script: async (text) => void (await session.query(text, [])),
			giveBack: () => {
				if (this.#sessions.has(session)) this.#idle.push(session);
				leave();
			}
		};
	}

	/** Waits a little for what was asked. */
	async close(): Promise<void> {
		await Promise.all([...this.#sessions].map((session) => session.end(CLOSE_SECONDS)));
	}

	#start(): Session {
		const session = new Session(this.#open, this.#answerWithinMs, () => {
			this.#sessions.delete(session);
			this.#idle = this.#idle.filter((other) => other !== session);
		});
		this.#sessions.add(session);
		return session;
	}
}

class Session {
	readonly #sql: postgres.Sql;
	readonly #answerWithinMs: number;
	readonly #onLost: () => void;
	#isLost = false;

	constructor(open: (onClosed: () => void) => postgres.Sql, answerWithinMs: number, onLost: () => void) {
		this.#answerWithinMs = answerWithinMs;
		this.#onLost = onLost;
		this.#sql = open(() => this.#lose());
	}

	async query<T>(text: string, params: unknown[]): Promise<{ rows: T[]; affectedRows?: number }> {
		if (this.#isLost) throw new Error('the connection to the database was lost');
		try {
			const result = await inTime(
				this.#sql.unsafe(text, params as never[]),
				this.#answerWithinMs,
				'the database did not answer in time'
			);
			return { rows: [...result] as unknown as T[], affectedRows: WRITES.test(result.command) ? result.count : undefined };
		} catch (error) {
			// What is wrong with a statement the database says; anything else is wrong with the session.
			if ((error as { severity?: string }).severity !== 'ERROR') this.#lose();
			throw error;
		}
	}

	end(withinSeconds: number): Promise<void> {
		return this.#sql.end({ timeout: withinSeconds });
	}

	#lose(): void {
		if (this.#isLost) return;
		this.#isLost = true;
		this.#onLost();
		this.end(0).catch(() => {});
	}
}
