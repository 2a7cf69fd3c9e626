import { SqlStore } from '../../collab/persistence/sql-store.server.ts';
import { partsOf } from '../../collab/persistence/store.server.ts';
import { updatesToJson } from '../../documents/schema/body.ts';
import type { ProfileId } from '../../documents/schema/profiles.ts';
import type { Sql } from '../../server/sql.ts';
import { firstDraft } from '../sample-first-draft.ts';
import { keepHistory } from './keep-history.server.ts';
import { wordedPassages } from './known-passages.server.ts';
import { compareKnown } from './read-stretch.server.ts';
import type { Authorship } from './who-wrote.server.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

interface Main {
	id: string;
	profile: ProfileId;
	epoch: number;
	author: string;
	secretary: string | null;
	upto: number;
}

/**
 * How the sample's main document became what it is from its first draft, a day ago, by those who manage it; who drafts with
 * them has not been there since. System door: a command has no session.
 */
export async function addSampleHistory(sql: Sql, workspaceId: string): Promise<void> {
	const [main] = await sql.query<Main>(
		`select d.id, d.profile, d.epoch, d.created_by::text as author,
			(select p.id::text from public.people p where p.email = 'secretary@sample.test') as secretary,
			(select coalesce(max(u.id), 0) from public.document_updates u where u.document_id = d.id) as upto
		from public.documents d where d.workspace_id = $1 and d.kind = 'resolution' limit 1`,
		[workspaceId]
	);
	const content = updatesToJson(partsOf((await new SqlStore(sql).load(main.id))!));
	const { profile, epoch, upto } = main;
	const earlier = wordedPassages({ content: firstDraft(content), profile });
	const now = wordedPassages({ content, profile });
	const mark = { epoch, upto, snapshotVersion: 0 };
	const uids = earlier.map(({ uid }) => uid);
	await keepHistory(sql, main.id, { ...mark, round: 0, uids, kept: earlier, gone: [], edits: [] });
	await keepHistory(sql, main.id, { ...mark, round: 1, ...compareKnown(earlier, now, inTurn(main)) });
	await sql.query(
		`update public.document_visits set visited_at = now() - interval '2 days'
		where document_id = $1 and person_id in (select id from public.people where email = 'codrafter@sample.test')`,
		[main.id]
	);
}

/** One after the other, some minutes apart. */
function inTurn({ author, secretary }: Main): () => Authorship {
	const people = secretary === null ? [author] : [author, secretary];
	let nth = 0;
	return () => {
		const first = Date.now() - 26 * HOUR + nth * 7 * MINUTE;
		return { person: people[nth++ % people.length], first, last: first + 2 * MINUTE };
	};
}
