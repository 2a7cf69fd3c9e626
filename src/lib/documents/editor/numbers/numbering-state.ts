import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { type Numbering, numberProvisions } from '../../numbering/numbering.ts';
import type { ProfileId } from '../../schema/profiles.ts';
import { sameSequence } from './sequence.ts';

/** The numbers of the current document. They are computed when somebody asks, and again only when the sequence changed. */
export interface NumberingState {
	/** Counts changes of the sequence: equal versions have equal numbers. */
	readonly version: number;
	readonly numbering: Numbering;
	/** Articles at which Roman sections start again, which the counters of the style sheet cannot tell. */
	readonly marks: DecorationSet;
}

export const numberingKey = new PluginKey<NumberingState>('numbering');

/** The numbering of an editor's document. */
export function numberingOf(state: EditorState): Numbering {
	return (numberingKey.getState(state) as NumberingState).numbering;
}

/** Keeps the numbering beside the document, off the path of a keystroke. */
export function numberingPlugin(profile: ProfileId): Plugin<NumberingState> {
	return new Plugin<NumberingState>({
		key: numberingKey,
		state: {
			init: (_config, state) => new Counted(1, state.doc, profile),
			apply: (transaction, value, before, after) => {
				if (!transaction.docChanged) return value;
				if (!sameSequence(before.doc, after.doc)) return new Counted(value.version + 1, after.doc, profile);
				const marks = value.marks;
				return marks === DecorationSet.empty ? value : new Moved(value, marks.map(transaction.mapping, after.doc));
			}
		},
		props: { decorations: (state) => numberingKey.getState(state)?.marks }
	});
}

class Counted implements NumberingState {
	readonly version: number;
	readonly marks: DecorationSet;
	#doc: Node;
	#profile: ProfileId;
	#numbering: Numbering | null = null;

	constructor(version: number, doc: Node, profile: ProfileId) {
		this.version = version;
		this.#doc = doc;
		this.#profile = profile;
		this.marks = romanRestarts(doc, () => this.numbering);
	}

	get numbering(): Numbering {
		this.#numbering ??= numberProvisions(this.#doc.content.content, this.#profile);
		return this.#numbering;
	}
}

class Moved implements NumberingState {
	readonly marks: DecorationSet;
	#origin: NumberingState;

	constructor(origin: NumberingState, marks: DecorationSet) {
		this.#origin = origin;
		this.marks = marks;
	}

	get version(): number {
		return this.#origin.version;
	}

	get numbering(): Numbering {
		return this.#origin.numbering;
	}
}

/**
 * Roman sections that stand inside articles start again at each of them; the counters of the style sheet cannot tell, so
 * such articles get a mark: those after which the next Roman section is the first. Few documents have any.
 */
function romanRestarts(doc: Node, numbering: () => Numbering): DecorationSet {
	if (!doc.content.content.some((block) => block.attrs.level === 'section')) return DecorationSet.empty;
	const restarting = new Set<number>();
	let nextIsFirst = false;
	for (const entry of numbering().entries.toReversed()) {
		if (entry.level === 'section' && entry.short.startsWith('mục')) nextIsFirst = entry.number === 'I';
		else if (entry.level === 'article' && nextIsFirst) restarting.add(entry.index);
	}
	if (restarting.size === 0) return DecorationSet.empty;
	const marks: Decoration[] = [];
	doc.forEach((block, position, index) => {
		if (restarting.has(index)) {
			marks.push(Decoration.node(position, position + block.nodeSize, { class: 'restarts-roman' }));
		}
	});
	return DecorationSet.create(doc, marks);
}
