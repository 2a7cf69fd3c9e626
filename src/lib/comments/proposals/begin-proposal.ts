import { m } from '../../i18n/paraglide/messages.js';
import { toast } from '../../ui/overlays/toast.svelte.ts';
import type { CommentSession } from '../comment-session.svelte.ts';

/** Begins a proposal where the cursor is, or says where one can. Browser only. */
export function beginProposal(comments: CommentSession): void {
	if (!comments.propose()) toast({ text: m.proposals_not_here() });
}
