import { formatDate } from '../i18n/formats.ts';
import { m } from '../i18n/paraglide/messages.js';
import type { Restoration } from './restorations.ts';

/** What somebody has just restored or taken back in a document, as a sentence for those who have it open; null for the person themselves. */
export async function restorationSaid(documentId: string, id: string | undefined, personId: string): Promise<string | null> {
	const response = await fetch(`/api/documents/${documentId}/restorations`);
	if (!response.ok) return null;
	const { items } = (await response.json()) as { items: Restoration[] };
	const restoration = items.find((item) => item.id === id) ?? items[0];
	if (!restoration) return null;
	const { version, citation, takenBack, restoredBy } = restoration;
	const what = citation || m.versions_restored_what_whole();
	const name = version.label || m.versions_restore_point_of({ date: formatDate(version.createdAt) });
	if (takenBack) return m.versions_taken_back_by({ who: takenBack.by, what, name });
	return restoredBy.id === personId ? null : m.versions_restored_by({ who: restoredBy.name, what, name });
}
