import { m } from '../../i18n/paraglide/messages.js';
import { saveFile } from '../../ui/save-file.ts';
import type { GapCounts } from '../gaps/gaps.ts';
import type { ProfileId } from '../schema/profiles.ts';
import type { DocumentState, ListedDocument } from './documents.ts';
import type { Export } from './exports.ts';
import { subjectKey, type Sharing, type Subject } from './sharing.ts';
import type { AccessRole } from './documents.ts';

/** A request that the server refused; the message is for the reader, in their language. */
export class RequestRefused extends Error {
	override readonly name = 'RequestRefused';
	readonly status: number;
	readonly field: string | null;
	/** The same can be had by a request to another address, which takes longer. */
	readonly hasWay: boolean;
	/** What it is now, when somebody changed it since it was read. */
	readonly present: ListedDocument | null;

	constructor(status: number, message: string, field: string | null, hasWay = false, present: ListedDocument | null = null) {
		super(message);
		this.status = status;
		this.field = field;
		this.hasWay = hasWay;
		this.present = present;
	}
}

/** Calls the document API from the browser. @throws RequestRefused; without a network its status is 0 */
const request = <T>(method: string, path: string, body?: unknown, signal?: AbortSignal, revision?: number) =>
	callApi<T>(method, `/api/documents${path}`, body, { signal, revision });

export interface CallOptions {
	signal?: AbortSignal;
	/** The one seen of what is changed. */
	revision?: number;
	/** Idempotency-Key: sent again with the same, it is done once. */
	key?: string;
}

/** Calls any address of the API as JSON. @throws as request */
export async function callApi<T>(
	method: string,
	path: string,
	body?: unknown,
	{ signal, revision, key }: CallOptions = {}
): Promise<T> {
	let response: Response;
	try {
		response = await fetch(path, {
			method,
			headers: {
				...(body !== undefined && { 'content-type': 'application/json' }),
				...(revision !== undefined && { 'if-match': `"${revision}"` }),
				...(key !== undefined && { 'idempotency-key': key })
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal
		});
	} catch (error) {
		if (signal?.aborted) throw error;
		throw new RequestRefused(0, m.library_error_network(), null);
	}
	if (!response.ok) throw await refusalIn(response);
	return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A document as somebody has read it. */
type Seen = Pick<ListedDocument, 'id' | 'revision'>;

async function refusalIn(response: Response): Promise<RequestRefused> {
	const answer = (await response.json().catch(() => ({}))) as {
		message?: string;
		field?: string | null;
		way?: object;
		present?: ListedDocument;
	};
	const isOurs = answer.field !== undefined && typeof answer.message === 'string';
	const message = isOurs ? (answer.message as string) : m.errors_refused_other();
	return new RequestRefused(response.status, message, answer.field ?? null, answer.way !== undefined, answer.present ?? null);
}

/** Whether the document is there for this person; false also when that cannot be found out now. */
export const mayStillSee = (id: string) =>
	request<ListedDocument>('GET', `/${id}`).then(
		() => true,
		() => false
	);
export const renameDocument = ({ id, revision }: Seen, title: string) =>
	request<ListedDocument>('PATCH', `/${id}`, { title }, undefined, revision);
export const moveDocument = ({ id, revision }: Seen, state: DocumentState, reason = '') =>
	request<ListedDocument>('PATCH', `/${id}`, { state, reason }, undefined, revision);
export const changeProfile = ({ id, revision }: Seen, profile: ProfileId) =>
	request<ListedDocument>('PATCH', `/${id}`, { profile }, undefined, revision);
export const trashDocument = (id: string) => request<void>('PUT', `/${id}/trash`);
export const restoreDocument = (id: string) => request<void>('DELETE', `/${id}/trash`);
export const visitDocument = (id: string) => request<{ previous: string | null }>('PUT', `/${id}/visit`);
/** Says that one leaves a document, also while the page goes. That it is not heard is no reason to stay. */
export const leaveDocument = (id: string) =>
	void fetch(`/api/documents/${id}/visit`, { method: 'DELETE', keepalive: true }).catch(() => {});
export const deleteForGood = (id: string, reason: string) => request<void>('DELETE', `/${id}`, { reason });
export const createDocument = (input: { workspace: string; kind: string; profile: string; title: string; agencyId: string }) =>
	request<{ id: string }>('POST', '', input);

export const findSharing = (id: string, signal?: AbortSignal) => request<Sharing>('GET', `/${id}/access`, undefined, signal);
export const findCandidates = (id: string, words: string, signal: AbortSignal) =>
	request<Subject[]>('GET', `/${id}/access?${new URLSearchParams({ candidates: words })}`, undefined, signal);
export const share = (id: string, subject: Pick<Subject, 'type' | 'id'>, role: AccessRole) =>
	request<Sharing>('PUT', `/${id}/access`, { ...subjectKey(subject), role });
export const unshare = (id: string, subject: Pick<Subject, 'type' | 'id'>) =>
	request<Sharing>('DELETE', `/${id}/access`, subjectKey(subject));

export const inviteGuest = (id: string, guest: { organisation: string; email: string; role: AccessRole; days: string }) =>
	request<{ link: string; mailed: boolean }>('POST', `/${id}/invitations`, guest);
export const revokeInvitation = (id: string, invitation: string) =>
	request<Sharing>('DELETE', `/${id}/invitations/${invitation}`);

/** What is unfinished in a document as it is stored at this moment. */
export const findGaps = (id: string, signal: AbortSignal) =>
	request<{ counts: GapCounts }>('GET', `/${id}/gaps`, undefined, signal);

export const findExports = (documentId: string) =>
	callApi<{ items: Export[] }>('GET', `/api/exports?${new URLSearchParams({ of: `document:${documentId}` })}`);
export const requestExport = (documentId: string, format: string) =>
	callApi<{ id: string }>('POST', '/api/exports', { of: `document:${documentId}`, format });
export const cancelExport = (id: string) => callApi<void>('DELETE', `/api/exports/${id}`);

/** Fetches a document as a file and hands it to the browser's downloads; answers with the file's name. */
export async function downloadDocument(
	id: string,
	format: string,
	signal: AbortSignal,
	{ withComments = false } = {}
): Promise<string> {
	let response: Response;
	try {
		response = await fetch(
			`/api/documents/${id}/export?${new URLSearchParams({ format, ...(withComments && { comments: '1' }) })}`,
			{ signal }
		);
	} catch (error) {
		if (signal.aborted) throw error;
		throw new RequestRefused(0, m.library_error_network(), null);
	}
	if (!response.ok) throw await refusalIn(response);
	const name = fileNameOf(response.headers.get('content-disposition') ?? '') ?? `document.${format}`;
	saveFile(await response.blob(), name);
	return name;
}

function fileNameOf(disposition: string): string | null {
	const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
	return encoded ? decodeURIComponent(encoded) : null;
}
