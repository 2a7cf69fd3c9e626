import { applyAction, deserialize } from '$app/forms';
import { m } from '$lib/i18n/paraglide/messages.js';
import { lookAgain } from '$lib/ui/frame/page-data.ts';
import { toast } from '$lib/ui/overlays/toast.svelte.ts';
import { sentenceOf } from './form-state.svelte.ts';
import type { FormRefusal } from '../server/edge/acting.ts';

/**
 * Sends a small form to an action without a form on the page: for menus, switches, "Undo". Afterwards the page's data is fresh.
 * A refusal is shown as a toast. Answers what the action answered, or null when it was refused.
 */
export async function post(action: string, values: Record<string, string>): Promise<Record<string, unknown> | null> {
	const body = new FormData();
	for (const [name, value] of Object.entries(values)) body.set(name, value);
	try {
		const response = await fetch(action, { method: 'POST', headers: { 'x-sveltekit-action': 'true' }, body });
		const result = deserialize<Record<string, unknown>, Partial<FormRefusal>>(await response.text());
		if (result.type === 'success') {
			await lookAgain();
			return result.data ?? {};
		}
		if (result.type === 'redirect') await applyAction(result);
		else {
			const refusal = result.type === 'failure' ? result.data : undefined;
			toast({ tone: 'error', text: refusal?.message ?? Object.values(refusal?.errors ?? {})[0] ?? sentenceOf(response.status) });
		}
	} catch {
		toast({ tone: 'error', text: m.accounts_refused_unknown() });
	}
	return null;
}
