import type { HandOverAnswer, HandOverLate, StrandedReason } from './late-work.ts';

/** What the statuses of refusals mean; any other says that it may be tried again. */
const REASONS: Record<number, StrandedReason> = {
	403: 'not-allowed',
	404: 'not-allowed',
	410: 'not-kept',
	413: 'full',
	422: 'unreadable'
};

/** Hands late work of a document over to the server of this page. */
export function handOverLate(documentId: string): HandOverLate {
	return async (epoch, update, at): Promise<HandOverAnswer> => {
		const query = new URLSearchParams({ epoch: String(epoch), ...(at !== null && { at: new Date(at).toISOString() }) });
		try {
			const response = await fetch(`/api/documents/${documentId}/late-work?${query}`, {
				method: 'POST',
				body: update as Uint8Array<ArrayBuffer>,
				headers: { 'content-type': 'application/octet-stream' }
			});
			if (response.ok) return { kind: 'done', ...((await response.json()) as { applied: number; beside: number }) };
			return { kind: REASONS[response.status] ?? 'later' };
		} catch {
			return { kind: 'later' };
		}
	};
}
