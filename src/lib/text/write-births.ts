/** Writes that something exists (rule EX1), which nobody takes back. */
import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { newUid } from '../base/ids.ts';
import type { Birth } from './births.ts';
import type { PlacedLeaf } from './changed-leaves.ts';
import type { Leaf } from './leaves.ts';
import type { TextModel } from './model.ts';
import { type LineValue, ownAttrs } from './nodes.ts';
import type { TableWriter } from './write-table.ts';

/** What nobody takes back: that something exists. Ranges of clocks of this session. */
export interface Born {
	clock: number;
	length: number;
}

export class BirthWriter {
	readonly #model: TextModel;
	#born: Born[] = [];

	constructor(model: TextModel) {
		this.#model = model;
	}

	/** What came to be since the last time this was asked, and must not be undone. */
	take(): Born[] {
		const born = this.#born;
		this.#born = [];
		return born;
	}

	/** The birth of a block as the editor has it, without a place. */
	of({ node, kind, attrs }: Leaf): Birth {
		const own = ownAttrs(node.type, attrs);
		const birth: Birth = { kind };
		if (Object.keys(own).length > 0) birth.attrs = own;
		if (node.firstChild?.type.name === 'headerField') birth.fields = node.children.map((field) => field.attrs.name as string);
		return birth;
	}

	/** Inline elements, and rows and columns, that are new. */
	inside(now: readonly PlacedLeaf[], old: readonly PlacedLeaf[], tables: TableWriter): void {
		const known = new Set(old.map(({ node }) => node));
		const shown = new Set(old.flatMap(({ node }) => elementsIn(node).map(({ attrs }) => attrs.uid as string)));
		this.within(() => {
			for (const { node, uid, kind } of now) {
				if (known.has(node)) continue;
				for (const element of elementsIn(node)) if (!shown.has(element.attrs.uid as string)) this.#bearElement(element);
				this.#model.takeKeys();
				if (kind === 'table') tables.bear(uid, node);
			}
		});
	}

	/** An element that is put in again says what it says now. */
	#bearElement({ type, attrs: { uid, ...attrs } }: Node): void {
		const { entries } = this.#model;
		if (!entries.births.has(uid as string))
			return this.#model.bear(uid as string, { kind: type.name, attrs: ownAttrs(type, attrs) } satisfies Birth);
		for (const name of Object.keys(attrs)) {
			const value = entries.attribute(uid as string, type.name, name) ?? type.spec.attrs?.[name]?.default ?? null;
			if (value !== attrs[name]) this.#model.set(uid as string, `@${name}`, attrs[name]);
		}
	}

	/** The separator in front of a line of a cell; returns its uid. */
	line({ kind, attrs }: LineValue): string {
		const uid = newUid();
		this.within(() => this.#model.bear(uid, { kind, ...(Object.keys(attrs).length > 0 ? { attrs } : {}) } satisfies Birth));
		this.#model.takeKeys();
		return uid;
	}

	/** What is written here is not undone: not that something exists, only that it is there. */
	within(write: () => void): void {
		const { store, clientID } = this.#model.doc;
		const clock = Y.getState(store, clientID);
		write();
		const length = Y.getState(store, clientID) - clock;
		if (length === 0) return;
		const last = this.#born.at(-1);
		if (last && last.clock + last.length === clock) last.length += length;
		else this.#born.push({ clock, length });
	}
}

/** The elements among letters that have a uid, in a block and all that is in it. */
function elementsIn(node: Node): Node[] {
	const found: Node[] = [];
	node.descendants((inner) => {
		if (inner.isInline && inner.isAtom && typeof inner.attrs.uid === 'string') found.push(inner);
		return !inner.isText;
	});
	return found;
}
