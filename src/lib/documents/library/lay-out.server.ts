import type { App } from '../../server/app.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { profileOf } from '../schema/profiles.ts';
import { followProfile } from '../templates/follow-profile.ts';
import { refreshText } from './text-index.server.ts';

/**
 * Lets the text of a document, and what search finds of it, follow the profile that it has by now, for the person who chose
 * it. The process holds one, since pages have classes of their own for what texts consist of.
 */
export type LayOut = (documentId: string, personId: string) => Promise<void>;

/**
 * System door: the database has let the person choose the profile before. The choice holds whatever becomes of the text: a
 * text that takes no edits now is printed in the new way all the same, so that a failure is only logged.
 */
export function createLayOut({ sql, log, sync }: Pick<App, 'sql' | 'log' | 'sync'>): LayOut {
	return async (documentId, personId) => {
		try {
			const [found] = await sql.query<{ profile: ProfileId }>('select profile from public.documents where id = $1', [documentId]);
			if (!found) return;
			const profile = profileOf(found.profile);
			await sync.applyServerEdit(documentId, (edit) => followProfile(edit, profile), { personId });
			await refreshText(sql, documentId, (id) => sync.readUpdates(id));
		} catch (error) {
			const { name, code } = error as { name?: string; code?: string };
			log.error({ documentId, name, code }, 'the text did not follow its profile');
		}
	};
}
