import type { App } from '../../server/app.ts';
import type { Client } from '../../server/client.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import type { GapCounts } from '../gaps/gaps.ts';
import type { gapCountsOfUpdates } from '../gaps/gaps-of-updates.server.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { getDocument } from './documents.server.ts';

/** What is unfinished in a document as it is at this moment, for who may read it. */
export async function countDocumentGaps({ sync }: Pick<App, 'sync'>, supabase: Client, id: string): Promise<GapCounts> {
	const { profile } = await getDocument(supabase, id);
	return countGapsOf(await sync.readUpdates(id), profile);
}

/** The same of a document that is given as its updates, in a thread. */
export function countGapsOf(updates: readonly Uint8Array[], profile: ProfileId): Promise<GapCounts> {
	const order = { updates, profile };
	return inThread<typeof gapCountsOfUpdates>('documents/gaps/gaps-of-updates.server.ts', 'gapCountsOfUpdates', order);
}
