/**
 * A text without its history (SPEC.md, AN): the same document in an empty Y.Doc, by one author. Letters are carried over
 * as Yjs has them and entries of the map as they are, not as the editor shows them, so what no editor knows goes along.
 */
import type { Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { BLOCKS, entryName, type Place } from './births.ts';
import { FIRST_TAG, keyBetween } from './keys.ts';
import { isBlockKind, isElementKind } from './kinds.ts';
import { TextModel } from './model.ts';
import { newDoc } from './new-doc.ts';
import type { Part } from './parts.ts';
import { cellName } from './table.ts';

/** Letters or an element, with what marks them. */
interface Run {
	insert: string | object;
	attributes?: Record<string, unknown>;
}

/** The update that writes what a Y.Doc holds into an empty one. Changes nothing in it. */
export function writeAnew(doc: Y.Doc, schema: Schema): Uint8Array {
	const model = new TextModel(doc, schema);
	const anew = newDoc();
	const old = new OldText(model);
	anew.transact(() => {
		const map = anew.getMap(BLOCKS);
		for (const [name, value] of old.entries()) map.set(name, value);
		for (const [name, runs] of old.texts) anew.getText(name).applyDelta([...runs], { sanitize: false });
	});
	model.destroy();
	const update = Y.encodeStateAsUpdate(anew);
	anew.destroy();
	return update;
}

class OldText {
	readonly #model: TextModel;
	/** The blocks that are seen, and those of kinds that only a later version can judge, in order. */
	readonly #blocks: readonly string[];
	readonly #places = new Map<string, Place>();
	readonly #gone = new Set<string>();
	/** The letters of each block, and of all other texts, that there are to write. */
	readonly texts: ReadonlyMap<string, readonly Run[]>;

	constructor(model: TextModel) {
		this.#model = model;
		model.absorb();
		const { layout, entries } = model;
		const isKept = (uid: string) => layout.isShown(uid) || (layout.ownerOf(uid) === uid && !isBlockKind(entries.kindOf(uid)));
		this.#blocks = layout.all.filter(isKept);
		for (const uid of layout.all) if (!isKept(uid)) this.#gone.add(uid);
		this.#place();
		this.#letRowsGo();
		this.texts = this.#collect();
		this.#letElementsGo();
	}

	/** What the map holds. A block has a place and no more: it is split off from none, and goes on in none. */
	*entries(): Generator<[name: string, value: unknown]> {
		for (const [name, value] of this.#model.entries.map.entries()) {
			const entry = entryName(name);
			const place = entry ? this.#places.get(entry.uid) : undefined;
			if (entry && this.#isGone(entry.uid)) continue;
			if (!place) yield [name, value];
			else if (entry!.key === null) {
				const { in: _in, into: _into, ...birth } = value as Record<string, unknown>;
				yield [name, { ...birth, place }];
			} else if (entry!.key !== 'place' && entry!.key !== 'into') yield [name, value];
		}
	}

	/** Whether nothing is left of a block, row, column or element, of the block of a field, or of the row or column of a cell. */
	#isGone(name: string): boolean {
		const [uid, other] = name.split(':');
		return this.#gone.has(uid) || (this.#model.tableOf(name) !== undefined && this.#gone.has(other));
	}

	/** New places in the same order: each below the nearest block that is left of those it stood below. */
	#place(): void {
		const { layout } = this.#model;
		const last = new Map<string | null, string>();
		for (const uid of this.#blocks) {
			let parent = layout.parentOf(uid);
			while (parent !== null && this.#gone.has(parent)) parent = layout.parentOf(parent);
			const key = keyBetween(last.get(parent) ?? null, null, FIRST_TAG);
			last.set(parent, key);
			this.#places.set(uid, [parent, key]);
		}
	}

	/** Rows and columns that are taken out and empty; but for the first of a table (TA4), and those that a cell reaches to (TA5). */
	#letRowsGo(): void {
		const { entries, tables, hasLetters } = this.#model;
		const reached = new Set<unknown>();
		for (const [name, value] of entries.map.entries())
			if (entryName(name)?.key === 'to' && Array.isArray(value)) for (const uid of value) reached.add(uid);
		for (const [uid, { of, kind }] of entries.births) {
			if (of === undefined) continue;
			if (this.#gone.has(of)) this.#gone.add(uid);
			else if (kind === 'row' || kind === 'col') {
				const across = tables.all(of, kind === 'row' ? 'col' : 'row');
				const isEmpty = across.every((other) => !hasLetters(kind === 'row' ? cellName(uid, other) : cellName(other, uid)));
				if (isEmpty && !entries.is(uid) && !reached.has(uid) && tables.all(of, kind)[0] !== uid) this.#gone.add(uid);
			}
		}
	}

	/** Footnotes, references and lines of cells that stand in no text any more. */
	#letElementsGo(): void {
		const standing = new Set<unknown>();
		for (const runs of this.texts.values()) {
			for (const { insert } of runs)
				if (typeof insert === 'object') for (const value of Object.values(insert)) standing.add(value);
		}
		for (const [uid, { kind, place, of, in: text }] of this.#model.entries.births) {
			const isElement = place === undefined && of === undefined && text === undefined;
			if (isElement && !standing.has(uid) && (isElementKind(kind) || isBlockKind(kind))) this.#gone.add(uid);
		}
	}

	/** First the blocks, in order; then cells, fields, and whatever else there is. */
	#collect(): Map<string, readonly Run[]> {
		const { doc, texts, layout } = this.#model;
		const collected = new Map<string, readonly Run[]>();
		const add = (name: string, runs: readonly Run[]) => {
			if (runs.length > 0) collected.set(name, [...(collected.get(name) ?? []), ...runs]);
		};
		for (const uid of this.#blocks) for (const part of this.#model.pieces(uid)) add(uid, this.#runsOf(part));
		for (const name of [...doc.share.keys()]) {
			if (name === BLOCKS || this.#isGone(name)) continue;
			const parts = texts.get(name);
			if (!parts) add(name, runsIn(this.#model.text(name)));
			else for (const part of parts) if (layout.ownerOf(part.uid) === null) add(part.uid, this.#runsOf(part));
		}
		return collected;
	}

	#runsOf({ text, start, length }: Part): Run[] {
		let at = 0;
		return runsIn(this.#model.text(text)).filter(({ insert }) => {
			const from = at;
			at += typeof insert === 'string' ? insert.length : 1;
			// A part begins and ends at a marker, never within letters.
			return from >= start && from < start + length;
		});
	}
}

function runsIn(text: Y.Text): Run[] {
	return text.toDelta() as Run[];
}
