import { callApi } from '../../documents/library/document-requests.ts';
import type { ChangedPassage, HistoryEntry } from './history.ts';

/** How many rows one request brings. */
const PAGE = 30;

/** What others changed in a document since a moment. @throws RequestRefused */
export async function loadChanges(documentId: string, since: string): Promise<ChangedPassage[]> {
	const path = `/api/documents/${documentId}/changes?${new URLSearchParams({ since })}`;
	return (await callApi<{ items: ChangedPassage[] }>('GET', path)).items;
}

/** The history of a document, or of one of its provisions, the newest first; the rows after those before. @throws RequestRefused */
export function loadHistory(
	documentId: string,
	uid: string | null,
	after: string | null
): Promise<{ items: HistoryEntry[]; next: string | null }> {
	const search = new URLSearchParams({ limit: String(PAGE), ...(uid && { uid }), ...(after && { after }) });
	return callApi('GET', `/api/documents/${documentId}/history?${search}`);
}
