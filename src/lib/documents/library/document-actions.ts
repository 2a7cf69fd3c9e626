import { m } from '../../i18n/paraglide/messages.js';
import { toast } from '../../ui/overlays/toast.svelte.ts';
import { RequestRefused, restoreDocument, trashDocument } from './document-requests.ts';
import type { ListedDocument } from './documents.ts';

/** Acts that need no dialog: each says what happened and can be undone. `after` brings the page up to date. */
export function documentActions(after: () => Promise<void>) {
	return {
		trash: (document: ListedDocument) => {
			void act(() => trashDocument(document.id), after, {
				text: m.library_trashed({ title: document.title }),
				undo: () => restoreDocument(document.id)
			});
		}
	};
}

/** Runs the act, then says so with a way back; a refusal is said instead. Answers whether it was done. */
export async function act(
	work: () => Promise<unknown>,
	after: () => Promise<void>,
	done: { text: string; undo?: () => Promise<unknown> }
): Promise<boolean> {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof RequestRefused)) throw error;
		toast({ text: error.message, tone: 'error' });
		return false;
	}
	const { undo } = done;
	toast({
		text: done.text,
		tone: undo ? 'neutral' : 'success',
		action: undo
			? { label: m.common_undo(), run: () => act(undo, after, { text: m.library_undone() }).then(() => {}) }
			: undefined
	});
	await after();
	return true;
}
