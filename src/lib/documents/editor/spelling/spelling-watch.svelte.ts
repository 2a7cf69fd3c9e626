import type { Node } from '@tiptap/pm/model';
import { type Finding, findingsOf, foundIn } from '../../spelling/findings.ts';

/** Blocks are looked through for so long at a time, in milliseconds: shorter than a frame, so that no key waits. */
const SLICE_MS = 6;

/** The findings of the text that is open: looked for while nothing else is to be done, and kept until the next ones are there. */
export class SpellingWatch {
	#findings = $state.raw<readonly Finding[]>([]);
	#words: ReadonlySet<string> | null = null;
	#seen: Node | null = null;
	#cancel: (() => void) | null = null;

	get findings(): readonly Finding[] {
		return this.#findings;
	}

	/** The words of the workspace, once they are known or others. */
	know(words: ReadonlySet<string>): void {
		this.#words = words;
		if (this.#seen) this.look(this.#seen);
	}

	/** Looks through what it has not seen yet of a document. A later document takes the place of one that is not done. */
	look(doc: Node): void {
		this.stop();
		this.#seen = doc;
		let next = 0;
		const goOn = () => {
			const end = performance.now() + SLICE_MS;
			while (next < doc.childCount && performance.now() < end) foundIn(doc.child(next++));
			if (next < doc.childCount) this.#cancel = whenIdle(goOn);
			else {
				this.#cancel = null;
				this.#findings = findingsOf(doc, this.#words);
			}
		};
		this.#cancel = whenIdle(goOn);
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = null;
	}
}

/** Safari has no idle callbacks. */
function whenIdle(act: () => void): () => void {
	if (typeof requestIdleCallback !== 'function') {
		const timer = setTimeout(act, 50);
		return () => clearTimeout(timer);
	}
	const idle = requestIdleCallback(act, { timeout: 1_000 });
	return () => cancelIdleCallback(idle);
}
