import { leaveDocument, visitDocument } from '$lib/documents/library/document-requests.ts';
import type { ChangedPassage } from '$lib/versions/history/history.ts';
import { loadChanges } from '$lib/versions/history/history-requests.ts';

/**
 * A visit to a document: it begins when the page is shown and ends when it is hidden or left. What others changed since the
 * visit before this one is new to the person, until the next one.
 */
export class Visit {
	readonly #documentId: string;
	#since = $state<string | null>(null);
	#changes = $state.raw<readonly ChangedPassage[]>([]);

	constructor(documentId: string) {
		this.#documentId = documentId;
	}

	/** When the visit before this one ended; null at the first. */
	get since(): string | null {
		return this.#since;
	}
	/** What others changed since; what was changed last comes first. */
	get changes(): readonly ChangedPassage[] {
		return this.#changes;
	}

	/** Returns what ends it. */
	begin(): () => void {
		const onchange = () => (document.visibilityState === 'hidden' ? leaveDocument(this.#documentId) : void this.#come());
		document.addEventListener('visibilitychange', onchange);
		void this.#come();
		return () => {
			document.removeEventListener('visibilitychange', onchange);
			leaveDocument(this.#documentId);
		};
	}

	/** Looks again at what others changed. @throws RequestRefused */
	async look(): Promise<void> {
		if (this.#since !== null) this.#changes = await loadChanges(this.#documentId, this.#since);
	}

	// That it is not among the recent documents, or not said what is new, is no reason not to show it.
	async #come(): Promise<void> {
		try {
			({ previous: this.#since } = await visitDocument(this.#documentId));
			await this.look();
		} catch {
			// Asked again when the page is shown the next time.
		}
	}
}
