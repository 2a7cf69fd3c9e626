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

/**
 * Root types by name. When Yjs encodes a document it looks for the name of each by going through `entries()` until it comes
 * to it (`findRootTypeKey`). It asks in about the order in which they came to be, so looking from where the last search
 * ended finds nearly every one at once. A search that has begun elsewhere goes once around.
 */
class RootTypes extends Map<string, Y.AbstractType<Y.YEvent<any>>> {
	#next = super.entries();

	override entries(): MapIterator<[string, Y.AbstractType<Y.YEvent<any>>]> {
		let left = this.size;
		const search = {
			next: () => {
				if (left-- <= 0) return { done: true as const, value: undefined };
				let found = this.#next.next();
				if (found.done) found = (this.#next = super.entries()).next();
				return found;
			},
			[Symbol.iterator]: () => search
		};
		return search as unknown as MapIterator<[string, Y.AbstractType<Y.YEvent<any>>]>;
	}
}
