import type { SubmitFunction } from '@sveltejs/kit';
import { tick } from 'svelte';
import { m } from '../i18n/paraglide/messages.js';
import type { FormRefusal } from '../server/edge/acting.ts';

interface Options {
	/** The page's `form` when it was refused before scripts ran. */
	refused?: () => Partial<FormRefusal> | null | undefined;
	/** After a success, with what the action answered; the page's data is fresh by then. */
	ondone?: (answer: Record<string, unknown>) => void | Promise<void>;
}

/** What to say of a form that the server did not even read. */
export function sentenceOf(status: number | undefined): string {
	if (status === 413) return m.errors_413_text();
	return status === 429 ? m.errors_429_text() : m.accounts_refused_unknown();
}

/** One form on a page: whether it is being sent, what was refused and why. Nothing typed is lost by an error. */
export class FormState {
	working = $state(false);
	errors = $state.raw<Record<string, string>>({});
	message = $state<string | null>(null);
	#ondone: Options['ondone'];

	constructor({ refused, ondone }: Options = {}) {
		this.errors = refused?.()?.errors ?? {};
		this.message = refused?.()?.message ?? null;
		this.#ondone = ondone;
	}

	/** Forgets the last refusal: when a dialog opens again. */
	reset(): void {
		this.errors = {};
		this.message = null;
	}

	/** For `use:enhance`. */
	submit: SubmitFunction = ({ formElement, cancel }) => {
		if (this.working) return cancel();
		this.working = true;
		return async ({ result, update }) => {
			if (result.type === 'failure') {
				const refusal = result.data as Partial<FormRefusal> | undefined;
				this.errors = refusal?.errors ?? {};
				this.message = refusal?.message ?? null;
				this.working = false;
				await tick();
				formElement.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
				return;
			}
			const lostSession = result.type === 'redirect' && result.location.startsWith('/sign-in?next=');
			if (result.type === 'error' || lostSession) {
				// Another page would throw away what was typed.
				this.message = lostSession ? m.accounts_session_ended() : sentenceOf(result.status);
				this.working = false;
				return;
			}
			this.reset();
			await update({ reset: false });
			this.working = false;
			if (result.type === 'success') await this.#ondone?.(result.data ?? {});
		};
	};
}
