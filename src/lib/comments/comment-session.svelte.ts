import type { EditorSession } from '../documents/editor/editor-session.svelte.ts';
import { numberingOf } from '../documents/editor/numbers/numbering-state.ts';
import { findText } from '../text/edits.ts';
import { letterPlace } from '../text/positions.ts';
import { keepOnDevice, recallOnDevice } from '../ui/frame/device-cookie.ts';
import { AnchorFinder } from './anchors.ts';
import { DocumentThreads } from './document-threads.svelte.ts';
import { passagesIn } from './passages.ts';
import { jsonOf } from './proposals/given.ts';
import { placeThread } from './thread-requests.ts';
import { OPENING, ThreadPlaces } from './thread-places.svelte.ts';
import { standsInText } from './thread-words.ts';
import type { ChosenPassage, Thread } from './threads.ts';

/** Somebody wants to settle or hide a thread, and to say why. */
export type Decide = (thread: Thread, verb: 'resolve' | 'hide' | 'decline') => void;

/** Where comments are shown on a wide screen: beside their passages, as a list, or nowhere. */
export type CommentView = 'margin' | 'list' | 'hidden';

/** From this width of the window on there is room for them beside the text, in pixels. */
export const WIDE_PX = 1200;
const VIEWS: readonly CommentView[] = ['margin', 'list', 'hidden'];
const COOKIE = 'plenum_comments';

/** What a page shows of the comments on its document, and what the person does with them. Browser only. */
export class CommentSession {
	readonly threads: DocumentThreads;
	readonly places: ThreadPlaces;
	readonly session: EditorSession;
	/** On a narrow screen: whether the sheet from below is up. */
	isSheetUp = $state(false);
	/** The thread that gets another place: the person is choosing words for it. */
	placing = $state.raw<Thread | null>(null);
	#view = $state<CommentView>('margin');

	constructor(documentId: string, personId: string, session: EditorSession) {
		this.session = session;
		this.threads = new DocumentThreads(documentId, personId);
		this.places = new ThreadPlaces(this.threads, session, (id) => (id === null ? this.close() : this.select(id)));
		const kept = recallOnDevice(COOKIE);
		this.#view = VIEWS.find((view) => view === kept) ?? 'margin';
	}

	get view(): CommentView {
		return this.#view;
	}
	set view(view: CommentView) {
		this.#view = view;
		keepOnDevice(COOKIE, view);
	}

	/** Shows them on the text. Returns what ends it. */
	start(): () => void {
		const stop = this.session.showLayer(this.places);
		return () => {
			stop();
			this.threads.destroy();
		};
	}

	/** Chooses a thread: its passage is marked, its card is open. `reveal`: the text goes there. */
	select(id: string | null, { reveal = false } = {}): void {
		this.threads.active = id;
		const thread = id === null ? undefined : this.threads.all.get(id);
		if (!thread) return;
		this.isSheetUp = true;
		if (this.view === 'hidden') this.view = 'margin';
		if (!reveal) return;
		// What stands nowhere in the text stands in the list.
		if (standsInText(this.places.anchorsOf(thread))) this.places.reveal(thread);
		else this.view = 'list';
	}

	/** Closes what is chosen. */
	close(): void {
		this.threads.active = null;
		this.isSheetUp = false;
	}

	/** The open thread behind the chosen one in the text, or in front of it, round and round; in the list also those without a place. */
	walk(by: 1 | -1): void {
		const isShown = (thread: Thread) => this.view === 'list' || standsInText(this.places.anchorsOf(thread));
		const shown = this.threads.open.filter((thread) => !thread.isHidden && isShown(thread));
		const open = this.places.sorted(shown);
		if (open.length === 0) return;
		const at = open.findIndex(({ id }) => id === this.threads.active);
		const next = at < 0 ? (by > 0 ? 0 : open.length - 1) : (at + by + open.length) % open.length;
		this.select(open[next].id, { reveal: true });
	}

	/** Begins a thread about what is selected; without a place in the text, about the whole document. */
	begin({ whole = false } = {}): void {
		const passages = whole ? [] : this.#selected();
		this.threads.outgoing.begin(passages, this.#numberOf(passages));
		this.#showNew();
	}

	/** The block with the cursor; where one has scrolled away from it, the provision that is read. */
	#blockToWord(): string | null {
		const { editor, here } = this.session;
		if (!editor) return null;
		const name = letterPlace(editor.state.doc, editor.state.selection.from)?.name ?? null;
		if (!editor.state.selection.empty || here === null) return name;
		const own = name === null ? null : (this.#finder()?.provisionOf(name) ?? null);
		return own === here ? name : here;
	}

	#showNew(): void {
		this.threads.active = null;
		this.isSheetUp = true;
		if (this.view === 'hidden') this.view = 'margin';
	}

	/** Begins a proposal for the block in which the cursor is. False where nothing can be proposed: in a table, or outside the text. */
	propose(): boolean {
		const { editor } = this.session;
		const uid = this.#blockToWord();
		const block = uid !== null && editor ? findText(editor.state.doc, uid) : null;
		if (uid === null || !block) return false;
		const passages = [{ uid, quote: null, prefix: '', suffix: '' }];
		const was = jsonOf(block.node.content);
		this.threads.outgoing.begin(passages, this.#numberOf(passages), { kind: 'replace', was, content: was, after: '' });
		this.#showNew();
		return true;
	}

	/** Gives the thread that is being placed the words that are selected. */
	async place(): Promise<void> {
		const thread = this.placing;
		const passages = this.#selected();
		if (!thread || passages.length === 0) return;
		if (await this.threads.change(thread.id, () => placeThread(thread.id, passages))) {
			this.placing = null;
			this.select(thread.id, { reveal: true });
		}
	}

	/** The threads at the cursor. */
	atCursor(): Thread[] {
		const { editor, model } = this.session;
		const place = editor && model ? letterPlace(editor.state.doc, editor.state.selection.head) : null;
		if (!place || !model) return [];
		return this.places
			.markedIn(place.name, model)
			.filter(({ id, from, to }) => id !== OPENING && from <= place.offset && place.offset <= to)
			.flatMap(({ id }) => this.threads.all.get(id) ?? []);
	}

	#selected(): ChosenPassage[] {
		const { editor, model } = this.session;
		return editor && model ? passagesIn(editor.state.doc, editor.state.selection, model) : [];
	}

	#numberOf([passage]: readonly ChosenPassage[]): string {
		return (passage && this.#finder()?.numberOf(passage.uid)) ?? '';
	}

	#finder(): AnchorFinder | null {
		const { editor, model } = this.session;
		if (!editor || !model) return null;
		const numbering = numberingOf(editor.state);
		return new AnchorFinder(model, () => numbering);
	}
}
