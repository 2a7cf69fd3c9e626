import type { Editor } from '@tiptap/core';
import { type Command, type EditorState, Plugin, TextSelection } from '@tiptap/pm/state';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Gap } from '../gaps/gaps.ts';
import type { TextModel } from '../../text/model.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { toast } from '../../ui/overlays/toast.svelte.ts';
import type { ProfileId } from '../schema/profiles.ts';
import type { Frame } from '../templates/facts.ts';
import { historyOf, sharedTextOf } from './shared-text/history.ts';
import { createEditor, type EditorWording } from './create-editor.ts';
import { type Digest, digestOf } from './digest.ts';
import { findKey, findPlugin, type FindState } from './find/find.ts';
import { selectGap } from './gaps/walk-gaps.ts';
import { type Peer, peersOf, people, placeOf } from './live/peers.ts';
import { type FramePart, missingParts } from './frame/places.ts';
import { LayerPainter } from './layers/layer-painter.ts';
import type { TextLayer } from './layers/text-layer.ts';
import { numberingOf } from './numbers/numbering-state.ts';
import { blockBeingRead } from './reading-place.ts';
import { selectionFacts, type SelectionFacts } from './selection-facts.ts';
import { keepNumber, type Renumbered, renumberedPlugin } from './structure/renumbered.ts';
import { type Suggestion, suggestKey, suggestPlugin } from './suggest/suggest.ts';
import { SpellingWatch } from './spelling/spelling-watch.svelte.ts';
import { keepLaidOut } from './view/laid-out.ts';

/** The outline and the counts wait for a pause in typing of this length, but never longer than the second, in milliseconds. */
const DIGEST_AFTER_MS = 180;
const DIGEST_AT_LATEST_MS = 900;
/** Where colleagues are is looked up at most this often, in milliseconds. */
const PLACES_EVERY_MS = 300;

export interface SessionOptions {
	ydoc: Y.Doc;
	awareness: Awareness;
	profile: ProfileId;
	wording: EditorWording;
	/** What a new document of this kind and profile has around its text. */
	frame: () => Frame;
	/** Whether the browser underlines what it takes for misspelt. */
	spellcheck: boolean;
	/** Where the cursor is at first; none: at the beginning. */
	caret?: number | null;
	/** Plugins that need more than the editor: paste and images. */
	plugins?: Plugin[];
}

/** Where the parts of the page are that the editor writes into. */
export interface Places {
	element: HTMLElement;
	caretLayer: HTMLElement;
	scroller: HTMLElement;
}

/**
 * One open document on a page: the editor, and what the panels around it show. Everything here is refreshed at most once
 * per frame after a keystroke and never during it.
 */
export class EditorSession {
	readonly awareness: Awareness;
	readonly ydoc: Y.Doc;
	readonly profile: ProfileId;
	readonly frame: () => Frame;
	/** What is mistyped. */
	readonly spelling = new SpellingWatch();
	readonly #wording: EditorWording;
	readonly #plugins: Plugin[];
	readonly #caret: number | null;
	#spellcheck = $state(false);
	#editor = $state.raw<Editor | null>(null);
	#isEditable = $state(false);
	#digest = $state.raw<Digest | null>(null);
	#selection = $state.raw<SelectionFacts | null>(null);
	#suggestion = $state.raw<Suggestion | null>(null);
	#find = $state.raw<FindState | null>(null);
	#peers = $state.raw<Peer[]>([]);
	#whereabouts = $state.raw<ReadonlyMap<string, Peer[]>>(new Map());
	#followed = $state<string | null>(null);
	#read = $state<string | null>(null);
	#history = $state.raw({ canUndo: false, canRedo: false });
	/** A key while a list of suggestions is open; the list sets it. */
	onSuggestionKey: ((event: KeyboardEvent) => boolean) | null = null;
	#scroller: HTMLElement | null = null;
	#covered = 0;
	#painter: LayerPainter | null = null;
	#frame = 0;
	#scrollFrame = 0;
	#digestTimer: ReturnType<typeof setTimeout> | undefined;
	#digestDueSince = 0;
	#editedAt = 0;
	#placesTimer: ReturnType<typeof setTimeout> | undefined;
	#digested: unknown = null;
	#attributes: Record<string, string> = {};

	constructor(options: SessionOptions) {
		this.ydoc = options.ydoc;
		this.awareness = options.awareness;
		this.profile = options.profile;
		this.frame = options.frame;
		this.#wording = options.wording;
		this.#spellcheck = options.spellcheck;
		this.#caret = options.caret ?? null;
		this.#plugins = options.plugins ?? [];
	}

	get editor(): Editor | null {
		return this.#editor;
	}
	get isEditable(): boolean {
		return this.#isEditable;
	}
	/** Outline and counts; null until the text is shown. */
	get digest(): Digest | null {
		return this.#digest;
	}
	/** The parts of the frame that are not there; none until the text is shown. */
	get missing(): FramePart[] {
		return this.#digest && this.#editor ? missingParts(this.#editor.state.doc) : [];
	}
	get selection(): SelectionFacts | null {
		return this.#selection;
	}
	/** The provision in which the cursor is or, where one has scrolled away from it, the one that is read; null before the first. */
	get here(): string | null {
		return this.#read ?? this.#selection?.uid ?? null;
	}
	get suggestion(): Suggestion | null {
		return this.#suggestion;
	}
	get find(): FindState | null {
		return this.#find;
	}
	get history(): { canUndo: boolean; canRedo: boolean } {
		return this.#history;
	}
	/** Everybody else who is here, one entry for each person. */
	get people(): Peer[] {
		return people(this.#peers);
	}
	/** Colleagues by the uid of the provision in which their cursor is. */
	get whereabouts(): ReadonlyMap<string, Peer[]> {
		return this.#whereabouts;
	}
	/** The person who is followed; null when nobody is. */
	get followed(): Peer | null {
		return this.#peers.find((peer) => peer.personId === this.#followed) ?? null;
	}

	/** Shows the text. Returns what takes it away again. */
	mount({ element, caretLayer, scroller }: Places, isEditable: boolean): () => void {
		this.#scroller = scroller;
		this.#isEditable = isEditable;
		const { ydoc, awareness, profile } = this;
		const editor = createEditor({
			element,
			caretLayer,
			scroller,
			ydoc,
			awareness,
			profile,
			isEditable,
			spellcheck: this.#spellcheck,
			wording: this.#wording,
			plugins: [
				suggestPlugin({ onKey: (event) => this.onSuggestionKey?.(event) ?? false }),
				findPlugin(),
				renumberedPlugin((renumbered) => this.#sayRenumbered(renumbered)),
				...this.#plugins,
				new Plugin({ view: () => ({ update: (view, before) => this.#updated(view.state, before) }) })
			]
		});
		this.#attributes = { ...(editor.options.editorProps.attributes as Record<string, string>) };
		this.#editor = editor;
		if (this.#caret !== null) this.#putCaret(this.#caret);
		this.#makeDigest();
		this.#showSelection();
		this.#showPeers();
		this.awareness.on('change', this.#peersChanged);
		const stop = () => this.follow(null);
		for (const type of ['wheel', 'touchmove', 'keydown'] as const) scroller.addEventListener(type, stop, { passive: true });
		scroller.addEventListener('scroll', this.#scrolled, { passive: true });
		const stopLayingOut = keepLaidOut(editor.view);
		return () => {
			stopLayingOut();
			scroller.removeEventListener('scroll', this.#scrolled);
			cancelAnimationFrame(this.#scrollFrame);
			for (const type of ['wheel', 'touchmove', 'keydown'] as const) scroller.removeEventListener(type, stop);
			this.awareness.off('change', this.#peersChanged);
			cancelAnimationFrame(this.#frame);
			clearTimeout(this.#digestTimer);
			clearTimeout(this.#placesTimer);
			this.spelling.stop();
			editor.destroy();
			this.#editor = null;
			this.#digest = null;
			this.#digested = null;
		};
	}

	/** Where the cursor is; null until the text is shown. */
	get caret(): number | null {
		return this.#editor?.state.selection.head ?? null;
	}
	/** Whether an input method is composing a word at this moment. */
	get isComposing(): boolean {
		return this.#editor?.view.composing ?? false;
	}

	#putCaret(caret: number): void {
		const { view, state } = this.#editor!;
		const near = state.doc.resolve(Math.min(caret, state.doc.content.size));
		view.dispatch(state.tr.setSelection(TextSelection.near(near)));
		requestAnimationFrame(() => this.show(Math.min(caret, view.state.doc.content.size)));
	}

	/** May the person write? Takes effect at once, without losing the text or the place. */
	setEditable(isEditable: boolean): void {
		this.#isEditable = isEditable;
		const editor = this.#editor;
		if (editor && editor.isEditable !== isEditable) editor.setEditable(isEditable, false);
		this.#tellReaders();
	}

	get spellcheck(): boolean {
		return this.#spellcheck;
	}

	/** Whether the browser underlines what it takes for misspelt: at once, and when the text is shown again. */
	setSpellcheck(spellcheck: boolean): void {
		this.#spellcheck = spellcheck;
		this.#attributes.spellcheck = String(spellcheck);
		// Tiptap sets its own again when the right to write changes.
		const own = this.#editor?.options.editorProps.attributes as Record<string, string> | undefined;
		if (own) own.spellcheck = String(spellcheck);
		this.announceOption(null, null);
	}

	/** Carries a command out and brings the keyboard back to the text. False when it does not apply. */
	run(command: Command, { focus = true } = {}): boolean {
		const editor = this.#editor;
		if (!editor || !editor.isEditable) return false;
		const applies = command(editor.state, editor.view.dispatch, editor.view);
		if (focus) editor.view.focus();
		return applies;
	}

	/** Whether a command applies where the cursor is. */
	can(command: Command): boolean {
		return !!this.#editor && this.#editor.isEditable && command(this.#editor.state);
	}

	/** The same for what changes nothing in the text, such as search: allowed to readers. */
	look(command: Command): boolean {
		const editor = this.#editor;
		return !!editor && command(editor.state, editor.view.dispatch, editor.view);
	}

	/** Brings the keyboard back to the text; who only reads scrolls with it. */
	focus(): void {
		if (this.#isEditable) this.#editor?.view.focus();
		else this.#scroller?.focus({ preventScroll: true, focusVisible: false });
	}

	/** Tells screen readers which line of an open list the keys act on; null when none is open. */
	announceOption(list: string | null, option: string | null): void {
		const attributes: Record<string, string> = list && option ? { 'aria-controls': list, 'aria-activedescendant': option } : {};
		this.#tellReaders(attributes);
	}

	#tellReaders(more: Record<string, string> = {}): void {
		const attributes = { ...this.#attributes, ...(!this.#isEditable && { 'aria-readonly': 'true' }), ...more };
		this.#editor?.view.setProps({ attributes });
	}

	/** The text as Yjs has it; null until it is shown. */
	get model(): TextModel | null {
		return (this.#editor && sharedTextOf(this.#editor.state)?.model) ?? null;
	}

	/** Marks letters for something above the editor. Returns what ends it. */
	showLayer(layer: TextLayer): () => void {
		const [view, scroller, model] = [this.#editor?.view, this.#scroller, this.model];
		if (!view || !scroller || !model) return () => {};
		const painter = (this.#painter = new LayerPainter({ view, scroller, model, layer }));
		// An attribute of letters that the editor does not show changes no node.
		const heard = ({ local }: { local: boolean }) => !local && painter.layerChanged();
		this.ydoc.on('afterTransaction', heard);
		return () => {
			this.ydoc.off('afterTransaction', heard);
			painter.destroy();
			this.#painter = null;
		};
	}

	/** What the layer marks has changed. */
	layerChanged(): void {
		this.#painter?.layerChanged();
	}

	/** Scrolls to a top-level block and, if asked, puts the cursor at its beginning. */
	reveal(index: number, { cursor = true } = {}): void {
		const editor = this.#editor;
		if (!editor || index >= editor.state.doc.childCount) return;
		let position = 0;
		for (let at = 0; at < index; at++) position += editor.state.doc.child(at).nodeSize;
		if (cursor) {
			const { state, view } = editor;
			const near = state.doc.resolve(Math.min(position + 1, state.doc.content.size));
			view.dispatch(state.tr.setSelection(TextSelection.near(near)));
			if (this.#isEditable) view.focus();
		}
		const dom = editor.view.nodeDOM(position);
		if (dom instanceof HTMLElement) bringIntoView(dom);
	}

	/** Selects what stands at a place, so that what is typed replaces it, and brings it on screen. */
	goTo(place: Pick<Gap, 'from' | 'to'>): void {
		if (!this.look(selectGap(place))) return;
		if (this.#isEditable) this.focus();
		this.show(place.from);
		// Blocks far away have only a guessed height until they are laid out.
		requestAnimationFrame(() => this.show(place.from));
	}

	/** Brings a position on screen and leaves cursor and keyboard where they are. */
	show(position: number): void {
		const editor = this.#editor;
		const scroller = this.#scroller;
		if (!editor || !scroller || position > editor.state.doc.content.size) return;
		const { node } = editor.view.domAtPos(position);
		const dom = node instanceof HTMLElement ? node : node.parentElement;
		const place = dom?.getBoundingClientRect();
		const shown = scroller.getBoundingClientRect();
		const bottom = shown.bottom - this.#covered - 20;
		if (place && (place.top < shown.top + 70 || place.bottom > bottom)) dom?.scrollIntoView({ block: 'center' });
	}

	/** Something lies over so many pixels of the text from below: what is shown stands above it. */
	cover(pixels: number): void {
		this.#covered = pixels;
		if (!this.#scroller) return;
		this.#scroller.style.scrollPaddingBottom = `${pixels}px`;
		this.#scroller.style.paddingBottom = pixels > 0 ? `${pixels}px` : '';
	}

	/** Goes to the provision with this uid; false when there is none. */
	revealUid(uid: string): boolean {
		const entry = this.#editor && numberingOf(this.#editor.state).byUid.get(uid);
		if (entry) this.reveal(entry.index);
		return !!entry;
	}

	/** Keeps a colleague's cursor on screen until one types or scrolls; null ends it. */
	follow(personId: string | null): void {
		if (this.#followed === personId) return;
		this.#followed = personId;
		if (personId !== null) this.#showFollowed();
	}

	#sayRenumbered({ uid, typed, printed, number }: Renumbered): void {
		toast({
			text: m.editor_renumbered({ typed, printed }),
			action: { label: m.editor_renumbered_keep({ number }), run: () => void this.run(keepNumber(uid, number)) }
		});
	}

	#updated(state: EditorState, before: EditorState): void {
		if (state.doc !== before.doc) {
			this.#painter?.textChanged(before.doc);
			this.#digestSoon();
		}
		if (state.doc === before.doc && state.selection.eq(before.selection) && state.storedMarks === before.storedMarks) {
			if (suggestKey.getState(state) === this.#suggestion && findKey.getState(state) === this.#find) return;
		}
		this.#frame ||= requestAnimationFrame(() => {
			this.#frame = 0;
			this.#showSelection();
		});
	}

	/** What is typed for an open list, also where the frame that shows the last letters has not come yet. */
	readSuggestion(): Suggestion | null {
		const suggestion = (this.#editor && suggestKey.getState(this.#editor.state)) ?? null;
		if (suggestion !== this.#suggestion) this.#suggestion = suggestion;
		return suggestion;
	}

	#showSelection(): void {
		const editor = this.#editor;
		if (!editor) return;
		const { state } = editor;
		const facts = selectionFacts(state);
		if (facts.uid !== this.#selection?.uid) this.#read = null;
		if (!isSameFacts(facts, this.#selection)) this.#selection = facts;
		this.readSuggestion();
		const found = findKey.getState(state) ?? null;
		if (found !== this.#find) this.#find = found;
		const history = historyOf(state);
		if (history.canUndo !== this.#history.canUndo || history.canRedo !== this.#history.canRedo) this.#history = history;
	}

	/** One timer, looked at again when it rings: setting it anew at every keystroke costs more than all of this. */
	#digestSoon(): void {
		this.#editedAt = performance.now();
		if (this.#digestTimer) return;
		this.#digestDueSince = this.#editedAt;
		const ring = () => {
			const now = performance.now();
			const wait = Math.min(this.#editedAt + DIGEST_AFTER_MS, this.#digestDueSince + DIGEST_AT_LATEST_MS) - now;
			this.#digestTimer = wait > 1 ? setTimeout(ring, wait) : undefined;
			if (!this.#digestTimer) this.#makeDigest();
		};
		this.#digestTimer = setTimeout(ring, DIGEST_AFTER_MS);
	}

	#makeDigest(): void {
		const editor = this.#editor;
		if (!editor) return;
		const { state } = editor;
		if (this.#digested === state.doc) return;
		this.#digested = state.doc;
		this.#digest = digestOf(state.doc, numberingOf(state), this.#digest);
		this.spelling.look(state.doc);
		this.#placesSoon();
	}

	readonly #peersChanged = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>): void => {
		const own = this.awareness.clientID;
		if ([...added, ...updated, ...removed].every((clientId) => clientId === own)) return;
		this.#placesSoon();
		if (this.#followed) this.#showFollowed();
	};

	#placesSoon(): void {
		this.#placesTimer ??= setTimeout(() => {
			this.#placesTimer = undefined;
			this.#showPeers();
		}, PLACES_EVERY_MS);
	}

	#showPeers(): void {
		const peers = peersOf(this.awareness);
		this.#peers = peers;
		const state = this.#editor?.state;
		if (!state || (peers.length === 0 && this.#whereabouts.size === 0)) return;
		const { entries } = numberingOf(state);
		const here = new Map<string, Peer[]>();
		for (const peer of peers) {
			const place = placeOf(peer, state);
			if (!place) continue;
			const index = state.doc.resolve(place.head).index(0);
			const entry = entries.findLast((each) => each.index <= index);
			if (entry) here.set(entry.uid, [...(here.get(entry.uid) ?? []), peer]);
		}
		this.#whereabouts = here;
	}

	readonly #scrolled = (): void => {
		this.#scrollFrame ||= requestAnimationFrame(() => {
			this.#scrollFrame = 0;
			this.#showReading();
		});
	};

	#showReading(): void {
		const view = this.#editor?.view;
		const scroller = this.#scroller;
		if (!view || !scroller) return;
		const { selection, doc } = view.state;
		const shown = scroller.getBoundingClientRect();
		const own = selection.$head.depth > 0 ? view.nodeDOM(selection.$head.before(1)) : null;
		const place = own instanceof HTMLElement ? own.getBoundingClientRect() : null;
		if (place && place.bottom > shown.top && place.top < shown.bottom) {
			this.#read = null;
			return;
		}
		const block = blockBeingRead(view.dom, scroller);
		if (!block) return;
		const index = doc.resolve(view.posAtDOM(block, 0)).index(0);
		this.#read = numberingOf(view.state).entries.findLast((entry) => entry.index <= index)?.uid ?? null;
	}

	#showFollowed(): void {
		const editor = this.#editor;
		const scroller = this.#scroller;
		const peer = peersOf(this.awareness).find((each) => each.personId === this.#followed && each.cursor);
		const place = editor && peer ? placeOf(peer, editor.state) : null;
		if (!editor || !scroller || !place) return;
		const head = editor.state.doc.resolve(place.head);
		const dom = editor.view.nodeDOM(head.depth ? head.before(1) : place.head);
		if (!(dom instanceof HTMLElement)) return;
		const rect = dom.getBoundingClientRect();
		const shown = scroller.getBoundingClientRect();
		if (rect.top < shown.top + 60 || rect.bottom > shown.bottom - 60) bringIntoView(dom, 'center');
	}
}

/** Blocks far away have only a guessed height, so the way there is corrected once they are laid out. */
function bringIntoView(dom: HTMLElement, block: ScrollLogicalPosition = 'start'): void {
	dom.scrollIntoView({ block });
	requestAnimationFrame(() =>
		requestAnimationFrame(() => {
			if (!dom.isConnected) return;
			dom.scrollIntoView({ block });
			const flash = { backgroundColor: ['#dcecea', 'transparent'] };
			dom.animate(flash, { duration: 1200, easing: 'ease-out' });
		})
	);
}

function isSameFacts(a: SelectionFacts, b: SelectionFacts | null): boolean {
	if (!b) return false;
	return (Object.keys(a) as (keyof SelectionFacts)[]).every((key) => a[key] === b[key]);
}
