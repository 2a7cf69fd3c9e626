import type { Logger } from 'pino';
import { inThread } from '../../server/threads/in-thread.ts';
import type { Sql } from '../../server/sql.ts';
import { bringIn, type BroughtIn } from '../../text/bring-in.ts';
import type { LateWork } from '../../text/late-work.ts';
import { TextFull } from '../rooms/room.server.ts';
import type { SyncEngine } from '../sync-engine.server.ts';
import { type Claim, LateWorkLog } from './late-work-log.server.ts';
import type { readLateWork } from './read-late-work.server.ts';

/** A hostile update is given up after this. */
const LONGEST_READ_MS = 60_000;

/** What a device did to the text of an epoch that is over. */
interface HandedOver {
	documentId: string;
	epoch: number;
	personId: string;
	/** Everything that the device has of that text, as one update. */
	update: Uint8Array;
	/** What stands in front of what is kept beside the text, from the time at which the epoch was over (ISO). */
	said: (replacedAt: string) => string;
}

/** `full`: the text has no room for it. `busy`: work of that epoch is being brought in at this moment. */
type HandOverOutcome =
	({ kind: 'done' } & BroughtIn) | { kind: 'not-kept' | 'busy' | 'full' } | { kind: 'unreadable'; reason: string };

export type HandOver = (late: HandedOver) => Promise<HandOverOutcome>;

const NOTHING: HandOverOutcome = { kind: 'done', applied: 0, beside: 0 };

/**
 * Brings late work in (EP6): applied to the body that is kept of its epoch, read before and after, and the difference done
 * to the text as it is now, as one edit of the person. Resolves when that is durable. What is brought again is done once.
 */
export function createHandOver({
	sql,
	log,
	sync
}: {
	sql: Sql;
	log: Logger;
	sync: Pick<SyncEngine, 'applyServerEdit'>;
}): HandOver {
	const late = new LateWorkLog(sql);

	return async (handed) => {
		const { documentId, epoch, personId } = handed;
		const claim = await late.claim(documentId, epoch, personId);
		if (typeof claim === 'string') return { kind: claim };
		let isPlanned = false;
		try {
			const { parts, schemaVersion, replacedAt } = await late.readBody(documentId, epoch);
			const read = await inThread<typeof readLateWork>(
				'collab/late-work/read-late-work.server.ts',
				'readLateWork',
				{ parts, schemaVersion, update: handed.update },
				{ longestMs: LONGEST_READ_MS }
			);
			if ('fault' in read || !read.work) {
				await late.giveUp(claim);
				return 'fault' in read ? { kind: 'unreadable', reason: read.fault } : NOTHING;
			}
			await late.willEdit(claim, read.news);
			isPlanned = true;
			const brought = await edit(handed, claim, read.work, handed.said(replacedAt));
			await late.done(claim);
			log.info({ documentId, epoch, personId, ...brought }, 'late work brought in');
			return { kind: 'done', ...brought };
		} catch (error) {
			const isFull = error instanceof TextFull;
			// Otherwise the edit may be on its way into the log; the next attempt finds out.
			if (isFull || !isPlanned) await late.giveUp(claim);
			if (isFull) return { kind: 'full' };
			throw error;
		}
	};

	async function edit({ documentId, personId }: HandedOver, { client }: Claim, work: LateWork, said: string): Promise<BroughtIn> {
		let brought: BroughtIn = { applied: 0, beside: 0 };
		await sync.applyServerEdit(documentId, (plan) => void (brought = bringIn(plan, work, said)), { personId, client });
		return brought;
	}
}
