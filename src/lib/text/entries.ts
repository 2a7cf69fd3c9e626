/** The map `blocks` as it stands, read once and kept up as it changes. */
import type * as Y from 'yjs';
import { type Birth, BLOCKS, entryName, type Into, type Place, readBirth, readInto, readPlace } from './births.ts';
import { allowed, ENTRIES, holds } from './kinds.ts';

export class Entries {
	readonly map: Y.Map<unknown>;
	readonly births = new Map<string, Birth>();
	readonly #changed = new Map<string, Record<string, unknown>>();

	constructor(doc: Y.Doc) {
		this.map = doc.getMap(BLOCKS);
	}

	/** Takes over what the map has under a name. Null when it is no entry. */
	take(name: string): { uid: string; key: string | null } | null {
		const entry = entryName(name);
		if (!entry) return null;
		const { uid, key } = entry;
		const value = this.map.get(name);
		if (key !== null) this.#note(uid, key, value);
		else {
			const birth = readBirth(uid, value);
			if (!birth) return this.births.has(uid) ? entry : null;
			this.births.set(uid, birth);
		}
		return entry;
	}

	/** Writes a value. */
	set(uid: string, key: string, value: unknown): void {
		this.map.set(`${uid}/${key}`, value);
		this.#note(uid, key, value);
	}

	/** What something is now: as it was changed, else as it was born. Attributes have keys that begin with `@`. */
	get(uid: string, key: string): unknown {
		const changed = this.#changed.get(uid)?.[key];
		if (changed !== undefined) return changed;
		const birth = this.births.get(uid);
		return key.startsWith('@') ? birth?.attrs?.[key.slice(1)] : birth?.[key as keyof Birth];
	}

	is(uid: string): boolean {
		return (this.#changed.get(uid)?.is ?? this.births.get(uid)?.is) === 1;
	}

	placeOf(uid: string): Place | null {
		return readPlace(this.#changed.get(uid)?.place) ?? this.births.get(uid)?.place ?? null;
	}

	intoOf(uid: string): Into | null {
		const into = readInto(this.get(uid, 'into'));
		const isText = (other: string) => holds(this.kindOf(other)) === 'text';
		return into && isText(uid) && (into === '<' || isText(into[0])) ? into : null;
	}

	/** The kind of a block. It may change, but never to one that consists of something else. */
	kindOf(uid: string): string {
		const born = this.births.get(uid)?.kind ?? 'paragraph';
		const kind = this.get(uid, 'kind');
		return typeof kind === 'string' && holds(kind) === holds(born) ? kind : born;
	}

	/** An attribute of a block or inline element; undefined when it is absent or not allowed. */
	attribute(uid: string, kind: string, name: string): unknown {
		const value = this.get(uid, `@${name}`);
		return value === undefined ? undefined : allowed(kind, name, value);
	}

	/** An attribute of a row or column. */
	entryAttribute(uid: string, kind: 'row' | 'col', name: string): unknown {
		return ENTRIES[kind][name](this.get(uid, `@${name}`));
	}

	#note(uid: string, key: string, value: unknown): void {
		let keys = this.#changed.get(uid);
		if (!keys) this.#changed.set(uid, (keys = Object.create(null) as Record<string, unknown>));
		keys[key] = value;
	}
}
