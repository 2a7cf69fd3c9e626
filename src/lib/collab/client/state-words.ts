import { m } from '$lib/i18n/paraglide/messages.js';
import type { ClosedReason, SyncState } from './sync-state.ts';

/** How a state is said on screen: the short line, a sentence that says what to do, how serious it is, what can be pressed. */
export interface StateWords {
	label: string;
	detail: string | null;
	tone: 'calm' | 'busy' | 'warning' | 'danger';
	action: 'reload' | 'reconnect' | 'sign-in' | 'open-afresh' | null;
}

/** The words for a state, in the person's language. */
export function wordsFor(state: SyncState): StateWords {
	const n = state.pending;
	switch (state.kind) {
		case 'connecting':
			return { label: m.collab_connecting(), detail: null, tone: 'busy', action: null };
		case 'saved':
			return { label: m.collab_saved(), detail: m.collab_saved_detail(), tone: 'calm', action: null };
		case 'saving':
			return { label: m.collab_saving(), detail: null, tone: 'busy', action: null };
		case 'offline':
			return {
				label: n > 0 ? m.collab_offline_pending({ n }) : m.collab_offline(),
				detail: m.collab_offline_detail(),
				tone: 'warning',
				action: 'reconnect'
			};
		case 'read-only':
			return {
				label: m.collab_read_only(),
				detail: n > 0 ? m.collab_read_only_pending({ n }) : m.collab_read_only_detail(),
				tone: n > 0 ? 'danger' : 'calm',
				action: null
			};
		case 'full':
			return { label: m.collab_full(), detail: m.collab_full_detail({ n }), tone: 'danger', action: null };
		case 'not-saved':
			return { label: m.collab_not_saved(), detail: m.collab_not_saved_detail({ n }), tone: 'danger', action: 'reconnect' };
		case 'closed': {
			const why = closedWords(state.reason);
			return {
				label: m.collab_closed(),
				detail: n > 0 ? `${why} ${m.collab_closed_pending({ n })}` : why,
				tone: 'danger',
				action: actionAfter(state.reason)
			};
		}
	}
}

function closedWords(reason: ClosedReason): string {
	switch (reason) {
		case 'signed-out':
			return m.collab_closed_signed_out();
		case 'no-access':
			return m.collab_closed_no_access();
		case 'no-document':
			return m.collab_closed_no_document();
		case 'old-schema':
			return m.collab_closed_old_schema();
		case 'replaced':
			return m.collab_closed_replaced();
		case 'too-large':
			return m.collab_closed_too_large();
		case 'invalid':
			return m.collab_closed_invalid();
		case 'refused':
			return m.collab_closed_refused();
	}
}

function actionAfter(reason: ClosedReason): StateWords['action'] {
	if (reason === 'signed-out') return 'sign-in';
	if (reason === 'invalid') return 'open-afresh';
	if (reason === 'no-access' || reason === 'no-document') return null;
	return 'reload';
}
