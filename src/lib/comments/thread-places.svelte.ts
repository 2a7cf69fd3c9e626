import { lettersIn } from '../text/edits.ts';
import type { EditorSession } from '../documents/editor/editor-session.svelte.ts';
import type { MarkedLetters, MarkedPlace, TextLayer } from '../documents/editor/layers/text-layer.ts';
import { numberingOf } from '../documents/editor/numbers/numbering-state.ts';
import type { TextModel } from '../text/model.ts';
import { positionOf, positionOfLetter } from '../text/positions.ts';
import { ANCHOR, AnchorFinder, findQuote } from './anchors.ts';
import type { DocumentThreads } from './document-threads.svelte.ts';
import type { Anchor, Passage, Thread } from './threads.ts';

/** The thread that is being written, among what is marked. */
export const OPENING = 'opening';

interface Place {
	anchors: Anchor[];
	/** The provision in which it stands; null outside of all. */
	provision: string | null;
	/** Orders threads as they stand in the text; those that stand nowhere come last. */
	order: number;
}

/** Where the threads of a page stand in the live text, and what of it is marked. Looked at anew after a pause in typing. */
export class ThreadPlaces implements TextLayer {
	readonly #threads: DocumentThreads;
	readonly #session: EditorSession;
	#places = $state.raw<ReadonlyMap<string, Place>>(new Map());
	/** Open threads by the provision in which they stand. */
	counts = $state.raw<ReadonlyMap<string, number>>(new Map());
	/** What is marked near the screen, from top to bottom. */
	#onScreen = $state.raw<readonly MarkedPlace[]>([]);
	isBeside = false;
	/** The thread of each passage. */
	#threadOf = new Map<string, Thread>();
	/** Passages by the block they stand in, whose letters are not tied to them: found by their words. */
	#untied = new Map<string, { id: string; passage: Passage }[]>();
	readonly #select: (id: string | null) => void;

	constructor(threads: DocumentThreads, session: EditorSession, select: (id: string | null) => void) {
		this.#threads = threads;
		this.#session = session;
		this.#select = select;
	}

	get onScreen(): readonly MarkedPlace[] {
		return this.#onScreen;
	}

	onMoved(places: readonly MarkedPlace[]): void {
		const isSame =
			places.length === this.#onScreen.length &&
			places.every(({ id, top }, nth) => id === this.#onScreen[nth].id && top === this.#onScreen[nth].top);
		if (!isSame) this.#onScreen = places;
	}

	/** From now on it is known how high what is marked stands. Returns what ends it. */
	keepBeside(): () => void {
		this.isBeside = true;
		this.#session.layerChanged();
		return () => (this.isBeside = false);
	}

	/** Where a thread's passages are now; as the server said until that is known here. */
	anchorsOf(thread: Thread): Anchor[] {
		return this.#places.get(thread.id)?.anchors ?? thread.anchors;
	}

	/** The uid of the provision in which a thread stands; null when in none, or nowhere. */
	provisionOf(threadId: string): string | null {
		return this.#places.get(threadId)?.provision ?? null;
	}

	/** Threads in the order of the text. */
	sorted(threads: Iterable<Thread>): Thread[] {
		const order = ({ id }: Thread) => this.#places.get(id)?.order ?? Infinity;
		return [...threads].sort((a, b) => order(a) - order(b) || a.openedAt.localeCompare(b.openedAt));
	}

	/** Looks where everything stands in the text as it is. */
	look(): void {
		const { model, editor } = this.#session;
		if (!model || !editor) return;
		const numbering = numberingOf(editor.state);
		const finder = new AnchorFinder(model, () => numbering);
		const places = new Map<string, Place>();
		this.#threadOf = new Map();
		this.#untied = new Map();
		const counts = new Map<string, number>();
		for (const thread of this.#threads.all.values()) {
			const anchors = thread.anchors.map((range) => finder.find(range));
			const here = anchors.find(({ state }) => state !== 'deleted');
			const provision = here ? finder.provisionOf(here.uid) : null;
			places.set(thread.id, { anchors, provision, order: orderOf(model, anchors) });
			if (provision !== null && thread.state === 'open') counts.set(provision, (counts.get(provision) ?? 0) + 1);
			for (const anchor of anchors) {
				this.#threadOf.set(anchor.id, thread);
				if (anchor.state !== 'deleted' && !finder.isTied(anchor.id)) this.#mark(thread.id, anchor);
			}
		}
		for (const passage of this.#threads.outgoing.newThread?.ranges ?? []) this.#mark(OPENING, passage);
		this.#places = places;
		this.counts = counts;
		this.#session.layerChanged();
	}

	#mark(id: string, passage: Passage): void {
		this.#untied.set(passage.uid, [...(this.#untied.get(passage.uid) ?? []), { id, passage }]);
	}

	markedIn(name: string, model: TextModel): MarkedLetters[] {
		const marked: MarkedLetters[] = [];
		for (const { name: tag, from, to } of model.tagsIn(name, ANCHOR)) {
			const thread = this.#threadOf.get(tag.slice(ANCHOR.length));
			if (thread) this.#add(marked, thread.id, { from, to });
		}
		for (const { id, passage } of this.#untied.get(name) ?? []) {
			const letters = lettersIn({ doc: model.node, model }, name);
			const { quote, prefix, suffix } = passage;
			const found = quote === null ? { from: 0, to: letters.length } : findQuote(letters, quote, prefix, suffix);
			if (found) this.#add(marked, id, found);
		}
		return marked;
	}

	/** Settled threads and hidden ones are marked only when they are chosen. */
	#add(marked: MarkedLetters[], id: string, letters: { from: number; to: number }): void {
		const isActive = id === OPENING || id === this.#threads.active;
		const thread = this.#threads.all.get(id);
		if (isActive) marked.push({ id, ...letters, look: 'active' });
		else if (thread?.state === 'open' && !thread.isHidden)
			marked.push({ id, ...letters, look: thread.proposal ? 'proposal' : 'open' });
	}

	onSelect([id]: readonly string[]): void {
		if (id !== OPENING) this.#select(id ?? null);
	}

	/** Brings the passage of a thread on screen; false when it stands nowhere. */
	reveal(thread: Thread): boolean {
		const { model } = this.#session;
		const anchor = this.anchorsOf(thread).find(({ state }) => state !== 'deleted');
		if (!model || !anchor) return false;
		const position = positionIn(model, anchor);
		if (position !== null) this.#session.show(position);
		return position !== null;
	}
}

/** Where the letters of a passage begin; the beginning of its block when they are not found. */
function positionIn(model: TextModel, { id, uid, quote, prefix, suffix }: Anchor): number | null {
	const block = uid.includes(':') ? null : positionOf(model, uid);
	if (block && !block.node.isTextblock) return block.position;
	const tied = [...model.tagsIn(uid, ANCHOR)].find(({ name }) => name === ANCHOR + id);
	const found = tied ?? (quote === null ? null : findQuote(lettersIn({ doc: model.node, model }, uid), quote, prefix, suffix));
	return positionOfLetter(model, { name: uid, offset: found?.from ?? 0 });
}

function orderOf(model: TextModel, anchors: readonly Anchor[]): number {
	const here = anchors.find(({ state }) => state !== 'deleted');
	return here ? (positionIn(model, here) ?? Infinity) : anchors.length === 0 ? -1 : Infinity;
}
