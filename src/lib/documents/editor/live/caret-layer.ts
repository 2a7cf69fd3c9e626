import { type EditorState, Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import { cursorOf, type Peer, peersOf, placeOf } from './peers.ts';

/** The own cursor is told at most this often, in milliseconds. */
const TELL_EVERY_MS = 80;
/** Widest name, in pixels; on a phone half the page. */
const NAME_WIDTH = 260;
/** After a colleague's last movement the name shrinks to the initials, in milliseconds. */
const NAME_SHOWN_MS = 6_000;
/** Most rectangles drawn for one colleague's selection. */
const MOST_RECTS = 120;

/**
 * The carets and selections of colleagues, drawn on a layer above the sheet, once per frame at most and only where the
 * screen is. Not in the text: nothing of a colleague can come between an input method and the word that it composes, and
 * a keystroke does not pay for them.
 */
export class CaretLayer {
	readonly #awareness: Awareness;
	readonly #layer: HTMLElement;
	readonly #scroller: HTMLElement;
	readonly #drawn = new Map<number, { caret: HTMLElement; rects: HTMLElement[]; key: string; movedAt: number }>();
	#view: EditorView | null = null;
	#frame = 0;
	#tellTimer: ReturnType<typeof setTimeout> | undefined;
	#toldAt = 0;
	#told = '';
	#resize: ResizeObserver | null = null;

	constructor(options: { awareness: Awareness; layer: HTMLElement; scroller: HTMLElement }) {
		this.#awareness = options.awareness;
		this.#layer = options.layer;
		this.#scroller = options.scroller;
	}

	/** The plugin that tells the own cursor and draws those of the others. */
	plugin(): Plugin {
		return new Plugin({
			view: (view) => {
				this.#view = view;
				this.#awareness.on('change', this.#changed);
				this.#scroller.addEventListener('scroll', this.#draw, { passive: true });
				this.#resize = new ResizeObserver(this.#draw);
				this.#resize.observe(view.dom);
				const tell = () => this.#tellSoon();
				view.dom.addEventListener('focusin', tell);
				this.#draw();
				return {
					update: (current, before) => this.#updated(current, before),
					destroy: () => {
						view.dom.removeEventListener('focusin', tell);
						this.#stop();
					}
				};
			}
		});
	}

	#updated(view: EditorView, before: EditorState): void {
		const isMoved = !view.state.selection.eq(before.selection);
		const isChanged = view.state.doc !== before.doc;
		if (isMoved || isChanged) this.#tellSoon();
		if (isChanged && this.#awareness.getStates().size > 1) this.#draw();
	}

	#tellSoon(): void {
		if (this.#tellTimer || !this.#view?.hasFocus()) return;
		const wait = Math.max(0, this.#toldAt + TELL_EVERY_MS - performance.now());
		this.#tellTimer = setTimeout(() => {
			this.#tellTimer = undefined;
			this.#tell();
		}, wait);
	}

	#tell(): void {
		const view = this.#view;
		if (!view || view.isDestroyed) return;
		this.#toldAt = performance.now();
		const cursor = cursorOf(view.state);
		const told = JSON.stringify(cursor);
		if (told === this.#told) return;
		this.#told = told;
		this.#awareness.setLocalStateField('cursor', cursor);
	}

	readonly #changed = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>): void => {
		const own = this.#awareness.clientID;
		if ([...added, ...updated, ...removed].some((clientId) => clientId !== own)) this.#draw();
	};

	readonly #draw = (): void => {
		if (this.#frame) return;
		this.#frame = requestAnimationFrame(() => {
			this.#frame = 0;
			this.#drawNow();
		});
	};

	#drawNow(): void {
		const view = this.#view;
		if (!view || view.isDestroyed) return;
		const peers = peersOf(this.#awareness);
		for (const [clientId, { caret, rects }] of this.#drawn) {
			if (peers.some((peer) => peer.clientId === clientId)) continue;
			for (const element of [caret, ...rects]) element.remove();
			this.#drawn.delete(clientId);
		}
		if (peers.length === 0) return;
		// All reading before all writing, so the layout is asked for once.
		const origin = this.#layer.getBoundingClientRect();
		const shown = this.#scroller.getBoundingClientRect();
		const places = peers.map((peer) => ({ peer, place: this.#measure(view, peer, shown) }));
		for (const { peer, place } of places) this.#show(peer, place, origin);
	}

	#measure(view: EditorView, peer: Peer, shown: DOMRect): Place | null {
		const at = placeOf(peer, view.state);
		if (!at) return null;
		const from = Math.min(at.anchor, at.head);
		const to = Math.max(at.anchor, at.head);
		return {
			key: `${at.anchor}-${at.head}`,
			caret: isNear(view, at.head, shown) ? view.coordsAtPos(at.head) : null,
			rects: from === to ? [] : selectionRects(view, from, to, shown)
		};
	}

	#show(peer: Peer, place: Place | null, origin: DOMRect): void {
		let drawn = this.#drawn.get(peer.clientId);
		if (!drawn) {
			drawn = { caret: makeCaret(peer), rects: [], key: '', movedAt: 0 };
			this.#layer.append(drawn.caret);
			this.#drawn.set(peer.clientId, drawn);
		}
		const { caret } = drawn;
		caret.hidden = !place?.caret;
		if (caret.dataset.mark !== peer.mark) caret.dataset.mark = peer.mark;
		if (place?.caret) {
			const { left, top, bottom } = place.caret;
			caret.style.transform = `translate(${left - origin.left}px, ${top - origin.top}px)`;
			caret.style.height = `${bottom - top}px`;
			// Where it would reach over the right edge the name opens to the left.
			caret.classList.toggle('leftwards', left - origin.left > origin.width - Math.min(NAME_WIDTH, origin.width / 2));
		}
		if (place && place.key !== drawn.key) {
			drawn.key = place.key;
			const movedAt = (drawn.movedAt = performance.now());
			caret.classList.add('named');
			setTimeout(() => drawn.movedAt === movedAt && caret.classList.remove('named'), NAME_SHOWN_MS);
		}
		const rects = place?.rects ?? [];
		while (drawn.rects.length > rects.length) drawn.rects.pop()?.remove();
		rects.forEach((rect, index) => {
			const element = (drawn.rects[index] ??= this.#layer.appendChild(makeRect(peer)));
			element.style.transform = `translate(${rect.left - origin.left}px, ${rect.top - origin.top}px)`;
			element.style.width = `${rect.width}px`;
			element.style.height = `${rect.height}px`;
		});
	}

	#stop(): void {
		this.#awareness.off('change', this.#changed);
		this.#scroller.removeEventListener('scroll', this.#draw);
		this.#resize?.disconnect();
		cancelAnimationFrame(this.#frame);
		clearTimeout(this.#tellTimer);
		this.#layer.replaceChildren();
		this.#drawn.clear();
		this.#view = null;
	}
}

interface Place {
	key: string;
	caret: { left: number; top: number; bottom: number } | null;
	rects: DOMRect[];
}

/** Whether the block of a position is on screen: blocks elsewhere are not laid out and must not be asked. */
function isNear(view: EditorView, position: number, shown: DOMRect): boolean {
	const rect = blockElement(view, position)?.getBoundingClientRect();
	return !!rect && rect.bottom > shown.top - 40 && rect.top < shown.bottom + 40;
}

function blockElement(view: EditorView, position: number): HTMLElement | null {
	const $position = view.state.doc.resolve(position);
	const start = $position.depth > 0 ? $position.before(1) : position;
	const dom = view.nodeDOM(start);
	return dom instanceof HTMLElement ? dom : null;
}

/** The lines of a selection that are on screen. */
function selectionRects(view: EditorView, from: number, to: number, shown: DOMRect): DOMRect[] {
	const rects: DOMRect[] = [];
	view.state.doc.nodesBetween(from, to, (node, position, parent) => {
		if (rects.length >= MOST_RECTS) return false;
		if (parent === view.state.doc && !isNear(view, position + 1, shown)) return false;
		if (!node.isTextblock) return true;
		const start = view.domAtPos(Math.max(from, position + 1));
		const end = view.domAtPos(Math.min(to, position + node.nodeSize - 1));
		const range = document.createRange();
		range.setStart(start.node, start.offset);
		range.setEnd(end.node, end.offset);
		for (const rect of range.getClientRects()) if (rect.width > 0) rects.push(rect);
		return false;
	});
	return rects.slice(0, MOST_RECTS);
}

function makeCaret(peer: Peer): HTMLElement {
	const caret = document.createElement('span');
	caret.className = 'peer-caret';
	caret.style.setProperty('--peer', peer.colour);
	const name = document.createElement('span');
	name.className = 'peer-name';
	name.textContent = [peer.name, peer.agency].filter(Boolean).join(' · ');
	caret.append(name);
	return caret;
}

function makeRect(peer: Peer): HTMLElement {
	const rect = document.createElement('span');
	rect.className = 'peer-selection';
	rect.style.setProperty('--peer', peer.colour);
	return rect;
}
