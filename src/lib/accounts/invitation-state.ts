import { m } from '../i18n/paraglide/messages.js';
import type { Tone } from '../ui/icon.ts';
import type { InvitationState } from './invitations.ts';

/** The word for a link's state. */
export function invitationStateName(state: InvitationState): string {
	return {
		open: m.accounts_invitation_state_open,
		used: m.accounts_invitation_state_used,
		revoked: m.accounts_invitation_state_revoked,
		expired: m.accounts_invitation_state_expired
	}[state]();
}

/** How a link's state feels. */
export function invitationTone(state: InvitationState): Tone {
	return ({ open: 'teal', used: 'green', revoked: 'red', expired: 'neutral' } as const)[state];
}
