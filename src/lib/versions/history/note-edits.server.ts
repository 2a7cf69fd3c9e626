import type { Sql } from '../../server/sql.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import { keepHistory } from './keep-history.server.ts';
import type { readStretch } from './read-stretch.server.ts';
import { readKnown, readLog, type StretchLog } from './stretch-log.server.ts';

/** Other nodes may write the history of the same text at the same time; one that was overtaken so often leaves the rest to them. */
const MOST_TRIES = 5;

/**
 * Writes into the history of a text what was edited since it was last written, whoever did it on whatever node. Called where
 * edits are indexed, on each node that took one: what was read is compared with what the database remembers of the text, and
 * of two nodes that did so at once one writes and the other looks again. What a crash left is found by the next call. System
 * door: it reads the log, and says who did what.
 */
export async function noteEdits(sql: Sql, documentId: string): Promise<void> {
	for (let tries = 0; tries < MOST_TRIES; tries++) {
		const log = await readLog(sql, documentId);
		if (!log || !hasNews(log)) return;
		const isFirst = log.mark === null;
		const uptoBefore = isFirst ? lastIndexed(log) : log.mark!.upto;
		const isOtherEpoch = log.mark !== null && log.mark.epoch !== log.epoch;
		const before = isOtherEpoch ? [] : log.updates.filter(({ id }) => id <= uptoBefore);
		// A text without a mark is first remembered as it was; what was written since is news then.
		const updates = isFirst ? [] : isOtherEpoch ? log.updates : log.updates.filter(({ id }) => id > uptoBefore);
		const read = await inThread<typeof readStretch>('versions/history/read-stretch.server.ts', 'readStretch', {
			profile: log.profile,
			before: [...(log.snapshot ? [log.snapshot] : []), ...before.map(({ bytes }) => bytes)],
			updates: updates.map(({ bytes, person, at }) => ({ bytes, person, at })),
			isWhole: log.mark?.snapshotVersion === log.snapshotVersion && !isOtherEpoch,
			known: isFirst ? [] : await readKnown(sql, documentId, log.mark!.uids),
			otherwise: { person: log.editedBy, first: log.now, last: log.now }
		});
		const isKept = await keepHistory(sql, documentId, {
			round: log.mark?.round ?? 0,
			epoch: log.epoch,
			upto: isFirst ? uptoBefore : Math.max(isOtherEpoch ? 0 : uptoBefore, ...updates.map(({ id }) => id)),
			snapshotVersion: log.snapshotVersion,
			...read,
			edits: isFirst ? [] : read.edits
		});
		if (isKept && !isFirst) return;
	}
}

function hasNews({ mark, epoch, snapshotVersion, updates }: StretchLog): boolean {
	if (!mark || mark.epoch !== epoch || mark.snapshotVersion !== snapshotVersion) return true;
	return updates.some(({ id }) => id > mark.upto);
}

/** The last update that was indexed when no history was written yet; all of them where nothing is known of that. */
function lastIndexed({ updates, indexedAt }: StretchLog): number {
	return Math.max(0, ...updates.filter(({ at }) => indexedAt === null || at <= indexedAt).map(({ id }) => id));
}
