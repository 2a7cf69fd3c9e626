import type { App } from '../server/app.ts';
import type { Client } from '../server/client.ts';
import { citationsOf } from '../versions/versions.server.ts';
import type { Anchor, LastStanding } from './threads.ts';

/** In so many versions, the newest first, it is looked for what is deleted now. */
const LOOKED_AT = 12;

/** The same anchors; one that is deleted says in which frozen version its block stood last, and how it was cited there. */
export async function withLastStanding(
	supabase: Client,
	{ sql }: Pick<App, 'sql'>,
	documentId: string,
	anchors: Anchor[]
): Promise<Anchor[]> {
	const gone = new Set(anchors.filter(({ state }) => state === 'deleted').map(blockOf));
	if (gone.size === 0) return anchors;
	const { data: versions } = await supabase
		.from('document_versions')
		.select('id, label')
		.eq('document_id', documentId)
		.eq('kind', 'frozen')
		.order('number', { ascending: false })
		.limit(LOOKED_AT)
		.throwOnError();
	const found = new Map<string, LastStanding>();
	for (const { id, label } of versions) {
		const citations = await citationsOf(sql, id);
		for (const uid of gone) {
			const number = citations.get(uid);
			if (number === undefined) continue;
			found.set(uid, { versionId: id, label, number });
			gone.delete(uid);
		}
		if (gone.size === 0) break;
	}
	return anchors.map((anchor) =>
		anchor.state === 'deleted' ? { ...anchor, lastStanding: found.get(blockOf(anchor)) ?? null } : anchor
	);
}

/** Of a cell its row, of a field its block. */
function blockOf({ uid }: Anchor): string {
	return uid.split(':')[0];
}
