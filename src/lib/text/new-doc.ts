import * as Y from 'yjs';

/**
 * An empty Y.Doc for a text. Use it wherever one is made: each block is a root type of its own, and of a plain Y.Doc Yjs
 * looks at all of them for the name of each, which for a table of 30,000 cells takes seconds.
 */
export function newDoc(): Y.Doc {
	const doc = new Y.Doc();
	doc.share = new RootTypes();
	return doc;
}

type Root = [name: string, type: Y.AbstractType<Y.YEvent<any>>];

/** Texts come one after the other, with the map between them. */
const REMEMBERED = 2;

/**
 * Root types by name. When Yjs encodes a document it looks for the name of each by going through `entries()` until it comes
 * to it (`findRootTypeKey`), for texts in about the order in which they came to be, and for the map again and again. So a
 * search begins with those found last and goes on from where the one before ended, once around. For that only: it may come
 * to an entry twice.
 */
class RootTypes extends Map<string, Root[1]> {
	#next = super.entries();
	/** Those that searches ended with, the last one first. */
	#found: Root[] = [];
	#seen: Root | null = null;

	override entries(): MapIterator<Root> {
		const found = this.#remember();
		let nth = 0;
		const search = {
			next: (): IteratorResult<Root, undefined> => {
				if (nth >= found.length + this.size) return { done: true, value: undefined };
				this.#seen = found[nth] ?? this.#goOn();
				nth++;
				return { done: false, value: this.#seen };
			},
			[Symbol.iterator]: () => search
		};
		return search as unknown as MapIterator<Root>;
	}

	#remember(): readonly Root[] {
		const last = this.#seen;
		if (last && last !== this.#found[0])
			this.#found = [last, ...this.#found.filter(([name]) => name !== last[0])].slice(0, REMEMBERED);
		return this.#found;
	}

	#goOn(): Root {
		let next = this.#next.next();
		if (next.done) next = (this.#next = super.entries()).next();
		return next.value!;
	}
}
