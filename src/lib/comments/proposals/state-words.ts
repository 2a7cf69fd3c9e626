import { m } from '../../i18n/paraglide/messages.js';
import type { ProposalKind, ProposalOfThread } from './proposals.ts';

const KINDS: Record<ProposalKind, () => string> = {
	replace: m.proposals_kind_replace,
	'insert-after': m.proposals_kind_insert_after,
	delete: m.proposals_kind_delete,
	move: m.proposals_kind_move
};

/** What a proposal does: "Sửa câu chữ". */
export function kindName(kind: ProposalKind): string {
	return KINDS[kind]();
}

/** What became of a proposal: "Tiếp thu, có sửa". */
export function stateName({ state, isChanged }: Pick<ProposalOfThread, 'state' | 'isChanged'>): string {
	if (state === 'accepted') return isChanged ? m.proposals_state_accepted_changed() : m.proposals_state_accepted();
	if (state === 'declined') return m.proposals_state_declined();
	return state === 'withdrawn' ? m.proposals_state_withdrawn() : m.proposals_state_open();
}

/** The colour of that word. */
export function stateTone({ state }: Pick<ProposalOfThread, 'state'>): string {
	return { open: 'text-gold', accepted: 'text-green', declined: 'text-red', withdrawn: 'text-ink-faint' }[state];
}

/** Where a move leads: "Chuyển ra sau khoản 2 Điều 5". */
export function moveWords({ afterNumber }: Pick<ProposalOfThread, 'afterNumber'>): string {
	return afterNumber ? m.proposals_moved_behind({ number: afterNumber }) : m.proposals_moved_front();
}

/** The page where one looks at a proposal and decides. */
export function proposalHref(slug: string, documentId: string, id: string): string {
	return `/${slug}/documents/${documentId}/proposals/${id}`;
}
