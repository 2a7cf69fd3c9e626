import type { PageOf } from '../base/page-of.ts';
import { callApi, RequestRefused } from '../documents/library/document-requests.ts';
import type { CommentRevision, DocumentPerson, Thread } from './threads.ts';
import type { Unsent } from './unsent.ts';

/** How many threads one request brings. */
const PAGE = 200;

/** Calls of the threads' API from the browser. All @throws RequestRefused; without a network its status is 0. */

/** All threads of a document, the newest first. */
export async function loadThreads(documentId: string): Promise<Thread[]> {
	const threads: Thread[] = [];
	for (let after: string | null = ''; after !== null;) {
		const path = `/api/documents/${documentId}/threads?limit=${PAGE}${after && `&after=${after}`}`;
		const page: PageOf<Thread> = await callApi<PageOf<Thread>>('GET', path);
		threads.push(...page.items);
		after = page.next;
	}
	return threads;
}

/** One thread; null when the person may not see it, or it is gone. */
export const loadThread = (id: string): Promise<Thread | null> =>
	callApi<Thread>('GET', `/api/threads/${id}`).catch((error: unknown) => {
		if (error instanceof RequestRefused && error.status === 404) return null;
		throw error;
	});

/** Sends what was written; answers the thread it is in. Sent again with the same key it is there once. */
export async function send(documentId: string, { key, threadId, ranges, body, proposal, assigneeId }: Unsent): Promise<string> {
	const options = { key };
	if (proposal && ranges[0]) {
		const { kind, content, after } = proposal;
		const hasContent = kind === 'replace' || kind === 'insert-after';
		const wording = { uid: ranges[0].uid, kind, reason: body, ...(hasContent && { content }), ...(kind === 'move' && { after }) };
		return (await callApi<{ threadId: string }>('POST', `/api/documents/${documentId}/proposals`, wording, options)).threadId;
	}
	if (threadId !== null) {
		await callApi('POST', `/api/threads/${threadId}/comments`, { body }, options);
		return threadId;
	}
	const { id } = await callApi<{ id: string }>(
		'POST',
		`/api/documents/${documentId}/threads`,
		{ ranges, body, ...(assigneeId && { assigneeId }) },
		options
	);
	return id;
}

/** Decides about the proposal of a thread. */
export const decideProposal = (id: string, verb: 'accept' | 'decline' | 'withdraw', words: object = {}): Promise<void> =>
	callApi<unknown>('POST', `/api/proposals/${id}/${verb}`, words).then(() => {});
/** Settles a thread, opens it again, hides or shows it; answers it as it is then. */
export const decideThread = (id: string, verb: 'resolve' | 'reopen' | 'hide' | 'show', words: object = {}): Promise<Thread> =>
	callApi<Thread>('POST', `/api/threads/${id}/${verb}`, words);
export const assignThread = (id: string, assigneeId: string | null): Promise<Thread> =>
	callApi<Thread>('PATCH', `/api/threads/${id}`, { assigneeId });
/** People and agencies who see a document, the first with these words in their names. */
export const findPeople = async (documentId: string, words: string, signal?: AbortSignal): Promise<DocumentPerson[]> =>
	(
		await callApi<Pick<PageOf<DocumentPerson>, 'items'>>(
			'GET',
			`/api/documents/${documentId}/people?${new URLSearchParams({ q: words })}`,
			undefined,
			{
				signal
			}
		)
	).items;
export const placeThread = (id: string, ranges: Unsent['ranges']): Promise<Thread> =>
	callApi<Thread>('PUT', `/api/threads/${id}/anchor`, { ranges });
export const changeComment = (id: string, body: string): Promise<void> => callApi('PATCH', `/api/comments/${id}`, { body });
export const deleteComment = (id: string): Promise<void> => callApi('DELETE', `/api/comments/${id}`);
/** What a comment said before, the last first. */
export const loadRevisions = async (id: string): Promise<CommentRevision[]> =>
	(await callApi<Pick<PageOf<CommentRevision>, 'items'>>('GET', `/api/comments/${id}/revisions`)).items;
