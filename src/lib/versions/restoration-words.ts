import { m } from '../i18n/paraglide/messages.js';
import type { Restoration } from './restorations.ts';
import { versionName } from './version-words.ts';

/** What happened longer ago is no news, in milliseconds. */
const NEWS_MS = 30_000;

/**
 * What others have just restored or taken back in a document, as a sentence for who has it open; null when there is nothing
 * new. An announcement may stand for several things at once, so it is looked for what is new by the server's clock and was not
 * `told` before.
 */
export async function restorationSaid(documentId: string, personId: string, told: Set<string>): Promise<string | null> {
	const response = await fetch(`/api/documents/${documentId}/restorations`);
	if (!response.ok) return null;
	const now = Date.parse(response.headers.get('date') ?? '') || Date.now();
	const { items } = (await response.json()) as { items: Restoration[] };
	const isNew = ({ id, restoredAt, takenBack }: Restoration) =>
		now - Date.parse(takenBack?.at ?? restoredAt) < NEWS_MS && !told.has(id + (takenBack ? '-' : '+'));
	const news = items.find(isNew);
	if (!news) return null;
	const { id, version, citation, takenBack, restoredBy } = news;
	told.add(id + (takenBack ? '-' : '+'));
	const what = citation || m.versions_restored_what_whole();
	const name = versionName(version);
	if (takenBack) return m.versions_taken_back_by({ who: takenBack.by, what, name });
	return restoredBy.id === personId ? null : m.versions_restored_by({ who: restoredBy.name, what, name });
}
