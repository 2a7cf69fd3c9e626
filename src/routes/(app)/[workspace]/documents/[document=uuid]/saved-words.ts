import CircleX from '@lucide/svelte/icons/circle-x';
import CloudAlert from '@lucide/svelte/icons/cloud-alert';
import CloudCheck from '@lucide/svelte/icons/cloud-check';
import CloudOff from '@lucide/svelte/icons/cloud-off';
import CloudUpload from '@lucide/svelte/icons/cloud-upload';
import Eye from '@lucide/svelte/icons/eye';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import type { SyncState } from '$lib/collab/client/sync-state.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Icon } from '$lib/ui/icon.ts';

interface SavedWords {
	icon: Icon;
	/** Class of its colour. */
	look: string;
	word: string;
	/** A sentence; empty where the word says all. */
	detail: string;
}

/** What a person is told about their work, in the status line and in answer to Ctrl S. */
export function savedWords(now: SyncState): SavedWords {
	const n = now.pending;
	switch (now.kind) {
		case 'saved':
			return { icon: CloudCheck, look: 'text-green', word: m.collab_saved(), detail: m.collab_saved_detail() };
		case 'saving':
			return { icon: CloudUpload, look: 'text-ink-soft', word: m.collab_saving(), detail: '' };
		case 'connecting':
			return { icon: LoaderCircle, look: 'text-ink-soft', word: m.collab_connecting(), detail: '' };
		case 'offline':
			return {
				icon: CloudOff,
				look: 'text-gold',
				word: n > 0 ? m.collab_offline_pending({ n }) : m.collab_offline(),
				detail: m.collab_offline_detail()
			};
		case 'read-only':
			return {
				icon: Eye,
				look: n > 0 ? 'text-red' : 'text-ink-soft',
				word: m.collab_read_only(),
				detail: n > 0 ? m.collab_read_only_pending({ n }) : m.collab_read_only_detail()
			};
		case 'full':
			return { icon: CloudAlert, look: 'text-red', word: m.collab_full(), detail: m.collab_full_detail({ n }) };
		case 'not-saved':
			return { icon: CloudAlert, look: 'text-red', word: m.collab_not_saved(), detail: m.collab_not_saved_detail({ n }) };
		case 'closed':
			return {
				icon: CircleX,
				look: 'text-red',
				word: m.collab_closed(),
				detail: n > 0 ? m.collab_closed_pending({ n }) : ''
			};
	}
}
