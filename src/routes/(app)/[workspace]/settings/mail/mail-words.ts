import { formatDateTime } from '$lib/i18n/formats.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { ListedMail, MailState } from '$lib/server/outbox/mail-list.ts';
import type { Tone } from '$lib/ui/icon.ts';

export const STATES: Record<MailState, { label: () => string; tone: Tone }> = {
	queued: { label: m.outbox_state_queued, tone: 'blue' },
	sent: { label: m.outbox_state_sent, tone: 'green' },
	failed: { label: m.outbox_state_failed, tone: 'red' },
	cancelled: { label: m.outbox_state_cancelled, tone: 'neutral' }
};

const TEMPLATES: Record<string, () => string> = {
	invitation: m.outbox_template_invitation,
	'password-reset': m.outbox_template_password_reset,
	notices: m.outbox_template_notices
};

/** What kind of mail it is, in words. */
export function templateName(template: string): string {
	return (TEMPLATES[template] ?? m.outbox_template_other)();
}

/** What went wrong with the last attempt, and when the next one is; empty when nothing did. */
export function troubleOf({ state, reason, nextAttemptAt }: ListedMail): string {
	if (reason === null) return '';
	const trouble = state === 'failed' && reason.startsWith('5') ? m.outbox_refused({ reason }) : m.outbox_unreachable({ reason });
	return nextAttemptAt ? `${trouble} ${m.outbox_next({ time: formatDateTime(nextAttemptAt) })}` : trouble;
}
