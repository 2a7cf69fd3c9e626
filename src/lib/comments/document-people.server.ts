import { getDocument } from '../documents/library/documents.server.ts';
import type { Client } from '../server/client.ts';
import type { DocumentPerson } from './threads.ts';

/** People and agencies who see a document, the first 50 with these words in their names. @throws Refusal 404 */
export async function listDocumentPeople(
	supabase: Client,
	documentId: string,
	query: string
): Promise<{ items: DocumentPerson[]; next: null }> {
	const document = await getDocument(supabase, documentId);
	const { data } = await supabase.rpc('document_people', { document: document.id, query }).throwOnError();
	return {
		items: data.map(({ can_answer, ...person }) => ({ ...person, canAnswer: can_answer })) as DocumentPerson[],
		next: null
	};
}
